import { type AwsCall, type Header, headerValue } from '../../../src-shared/contracts/aws-call.ts';
import { signRequest } from '../../../src-shared/sigv4/sign.ts';
import { sha256Hex } from '../../../src-shared/sigv4/signing-key.ts';
import type { KeyHolder } from '../key-holder.ts';

/** A key pair as an app session has it. */
export const holder: KeyHolder = {
  accessKeyId: 'RGTESTTESTTESTTESTTE',
  secretAccessKey: 'a-secret-of-this-machine',
  appSessionId: 'session-1',
  expiresAt: Date.now() + 3_600_000,
};

export interface ToSign {
  host: string;
  method?: string;
  path?: string;
  query?: string;
  body?: string;
  headers?: Header[];
  time?: number;
  keys?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  service?: string;
  region?: string;
}

/** The headers of a DynamoDB request as an SDK would send them. */
export function signedHeaders(request: ToSign): Record<string, string> {
  const { host, method = 'POST', path = '/', query = '', body = '{}', time = Date.now(), keys = holder } = request;
  const headers: Header[] = [
    ['Host', host],
    ['Content-Type', 'application/x-amz-json-1.0'],
    ['X-Amz-Target', 'DynamoDB_20120810.ListTables'],
    ...(request.headers ?? []),
  ];
  const scope = {
    service: request.service ?? 'dynamodb',
    region: request.region ?? 'us-east-1',
    signedHeaders: headers.map(([name]) => name.toLowerCase()),
    payloadHash: headerValue(headers, 'x-amz-content-sha256') ?? sha256Hex(Buffer.from(body)),
    time,
  };
  return Object.fromEntries(signRequest({ method, path, query, headers }, scope, keys));
}

/** Reads a call's body, whichever kind it is. */
export async function bodyOf(call: AwsCall): Promise<string> {
  if (call.body === null) return '';
  if (call.body instanceof Uint8Array) return Buffer.from(call.body).toString();
  const chunks: Buffer[] = [];
  for await (const chunk of call.body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
