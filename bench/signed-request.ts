import { type Header, headerValue } from '../src-shared/contracts/aws-call.ts';
import { type SigningKeys, signRequest } from '../src-shared/sigv4/sign.ts';
import { sha256Hex } from '../src-shared/sigv4/signing-key.ts';

const body = JSON.stringify({ TableName: 'Music', Key: { Artist: { S: 'Nobody' }, SongTitle: { S: 'Nothing' } } });

/** A whole signed GetItem request as it stands on the wire. */
export function getItem(host: string, { accessKeyId, secretAccessKey }: SigningKeys): string {
  const headers: Header[] = [
    ['Host', host],
    ['Content-Type', 'application/x-amz-json-1.0'],
    ['X-Amz-Target', 'DynamoDB_20120810.GetItem'],
    ['Content-Length', String(body.length)],
    ['User-Agent', 'bench'],
  ];
  const scope = {
    service: 'dynamodb',
    region: 'us-east-1',
    signedHeaders: ['content-type', 'x-amz-target'],
    payloadHash: sha256Hex(body),
    time: Date.now(),
  };
  const signedHeaders = signRequest({ method: 'POST', path: '/', query: '', headers }, scope, {
    accessKeyId,
    secretAccessKey,
  });
  if (!headerValue(signedHeaders, 'authorization')) throw new Error('unsigned');
  return `POST / HTTP/1.1\r\n${signedHeaders.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
