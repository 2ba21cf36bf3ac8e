import { request } from 'node:http';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { type SigningKeys, signRequest } from '../../src-shared/sigv4/sign.ts';
import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';

/** A request as a test wants it on the wire. */
export interface RawRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: readonly Header[];
  body: string | Uint8Array;
}

export interface RawReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends a request just as it is. */
export function sendRaw(origin: string, { method, target, headers, body }: RawRequest): Promise<RawReply> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path: target, agent: false, headers: headers.flat() },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export interface Signing {
  service: string;
  region?: string;
  keys: SigningKeys;
  time?: number;
  /** Declared in `X-Amz-Content-Sha256` and signed; not declared when left out. */
  contentSha256?: string;
}

/** Signs a request for an origin. What a test changes afterwards was not signed. */
export function signed(origin: string, unsigned: RawRequest, signing: Signing): RawRequest {
  const { service, region = 'us-east-1', keys, time = Date.now(), contentSha256 } = signing;
  const [path = '/', query = ''] = unsigned.target.split('?');
  const headers: Header[] = [
    ...unsigned.headers,
    ['Host', new URL(origin).host],
    ['Content-Length', String(Buffer.byteLength(unsigned.body))],
    ...(contentSha256 === undefined ? [] : [['X-Amz-Content-Sha256', contentSha256] as const]),
  ];
  const scope = {
    service,
    region,
    time,
    payloadHash: contentSha256 ?? sha256Hex(Buffer.from(unsigned.body)),
    signedHeaders: ['content-type', 'x-amz-target', 'x-amz-content-sha256'],
  };
  return { ...unsigned, headers: signRequest({ method: unsigned.method, path, query, headers }, scope, keys) };
}

/** An unsigned request to DynamoDB. */
export function dynamoDbRequest(operation: string, input: unknown): RawRequest {
  return {
    method: 'POST',
    target: '/',
    headers: [
      ['Content-Type', 'application/x-amz-json-1.0'],
      ['X-Amz-Target', `DynamoDB_20120810.${operation}`],
    ],
    body: JSON.stringify(input),
  };
}
