import type { AwsCall, Header } from '../../src-shared/contracts/aws-call.ts';
import { type SigningKeys, signRequest } from '../../src-shared/sigv4/sign.ts';
import { emptyHash, sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import type { Upstream } from './upstream.ts';

/** A request ready to be sent to AWS. */
export interface SignedRequest {
  origin: string;
  method: string;
  /** Path and query as the client wrote them. */
  target: string;
  headers: Header[];
}

/**
 * Headers that never reach AWS: ours to make (signature, date, token, host), of this connection only (RFC 9110
 * §7.6.1), or telling where a request has been.
 */
const dropped = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'date',
  'host',
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'forwarded',
  'via',
  'x-real-ip',
]);

/**
 * Signs a verified call anew with an assumed role's keys. Only the headers that the client signed are signed, the
 * others go along unsigned; path, query and body are not touched.
 */
export function resign(call: AwsCall, upstream: Upstream, keys: SigningKeys, time: number): SignedRequest {
  const headers: Header[] = [['Host', upstream.host]];
  for (const header of call.headers) {
    const name = header[0].toLowerCase();
    if (!dropped.has(name) && !name.startsWith('x-forwarded-')) headers.push(header);
  }
  const scope = {
    service: call.service,
    region: call.region,
    signedHeaders: call.signedHeaders,
    payloadHash: call.payloadHash ?? hashOfBody(call),
    time,
  };
  return {
    origin: upstream.origin,
    method: call.method,
    target: call.query === '' ? call.path : `${call.path}?${call.query}`,
    headers: signRequest({ method: call.method, path: call.path, query: call.query, headers }, scope, keys),
  };
}

function hashOfBody(call: AwsCall): string {
  if (call.body === null) return emptyHash;
  if (call.body instanceof Uint8Array) return sha256Hex(call.body);
  throw new TypeError('A body that streams needs a declared hash.');
}
