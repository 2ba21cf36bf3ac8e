import type { AwsCall, Header } from '../../src-shared/contracts/aws-call.ts';
import { headerValue } from '../../src-shared/contracts/aws-call.ts';
import { headerNames } from '../../src-shared/http/header-names.ts';
import { formatAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { encodedLength } from '../../src-shared/sigv4/chunk-encoder.ts';
import type { ChunkSigning } from '../../src-shared/sigv4/chunk-signature.ts';
import { isSignedChunks } from '../../src-shared/sigv4/payload-literals.ts';
import { presignQuery, type SigningKeys, signHeaders } from '../../src-shared/sigv4/sign.ts';
import { emptyHash, sha256Hex, signingKey } from '../../src-shared/sigv4/signing-key.ts';
import type { Upstream } from './upstream.ts';

/** A request ready to be sent to AWS. */
export interface SignedRequest {
  origin: string;
  method: string;
  /** Path and query; those parts that do not belong to a signature are as the client wrote them. */
  target: string;
  headers: Header[];
  /** Set where the body is to be sent in signed chunks: how to sign them. */
  chunkSigning?: ChunkSigning;
}

/**
 * Headers that never reach AWS: ours to make (signature, date, token, host), of this connection only (RFC 9110
 * §7.6.1), or telling where a request has been.
 */
const isDropped = headerNames([
  'authorization',
  'x-amz-date',
  'x-amz-s3session-token',
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
const forwardedFor = /^x-forwarded-/i;

/**
 * Signs a verified call anew with an assumed role's keys. Only the headers that the client signed are signed, the
 * others go along unsigned; path, query and body are not touched. A presigned request is presigned again, and signed
 * chunks are prepared to be.
 */
export function resign(call: AwsCall, upstream: Upstream, keys: SigningKeys, time: number): SignedRequest {
  const headers: Header[] = [['Host', upstream.host]];
  for (const header of call.headers) {
    const [name] = header;
    if (!isDropped(name) && !forwardedFor.test(name)) headers.push(header);
  }
  const isChunked = isSignedChunks(call.payloadHash);
  const path = `${upstream.pathPrefix ?? ''}${call.path}`;
  const request = {
    method: call.method,
    path,
    query: call.query,
    headers: isChunked ? withEncodedLength(headers) : headers,
  };
  const scope = {
    service: call.service,
    region: call.region,
    signedHeaders: call.signedHeaders,
    payloadHash: call.payloadHash ?? hashOfBody(call),
    time,
  };
  const { origin } = upstream;
  if (call.presignedFor !== undefined) {
    const query = presignQuery(request, scope, keys, call.presignedFor);
    return { origin, method: call.method, target: `${path}?${query}`, headers: request.headers };
  }
  const signed = signHeaders(request, scope, keys);
  const target = call.query === '' ? path : `${path}?${call.query}`;
  const result: SignedRequest = { origin, method: call.method, target, headers: signed.headers };
  return isChunked ? { ...result, chunkSigning: chunkSigningOf(call, keys, time, signed.signature) } : result;
}

/** Chunks of our size need their own length; where it cannot be known, none is sent. */
function withEncodedLength(headers: readonly Header[]): Header[] {
  const decodedLength = Number(headerValue(headers, 'x-amz-decoded-content-length'));
  const trailers = (headerValue(headers, 'x-amz-trailer') ?? '').split(',').flatMap((name) => name.trim() || []);
  const length = encodedLength(decodedLength, trailers);
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  return length === undefined ? others : [...others, ['Content-Length', String(length)]];
}

function chunkSigningOf(call: AwsCall, keys: SigningKeys, time: number, seedSignature: string): ChunkSigning {
  const amzDate = formatAmzDate(time);
  const scope = { date: amzDate.slice(0, 8), region: call.region, service: call.service };
  return { key: signingKey(keys.secretAccessKey, scope), amzDate, scope, seedSignature };
}

function hashOfBody(call: AwsCall): string {
  if (call.body === null) return emptyHash;
  if (call.body instanceof Uint8Array) return sha256Hex(call.body);
  throw new TypeError('A body that streams needs a declared hash.');
}
