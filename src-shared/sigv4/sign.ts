import type { Header } from '../contracts/aws-call.ts';
import { formatAmzDate } from './amz-date.ts';
import { algorithm } from './authorization.ts';
import { canonicalPaths, canonicalRequest } from './canonical-request.ts';
import { type CredentialScope, formatScope } from './credential-scope.ts';
import { expressTokenParameter, queryParameter, signatureParameter, tokenParameter } from './presigned.ts';
import { signatureOf, signingKey } from './signing-key.ts';

/** Keys to sign with. Times are milliseconds since the epoch. */
export interface SigningKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  /** The header that the token goes into, where it is not `X-Amz-Security-Token` (S3 Express has its own). */
  tokenHeader?: string | undefined;
}

export interface SignableRequest {
  method: string;
  path: string;
  query: string;
  /** Must hold `Host`; must hold no `Authorization`, `X-Amz-Date` or `X-Amz-Security-Token`. */
  headers: readonly Header[];
}

export interface SigningScope {
  service: string;
  region: string;
  /** Lower-case names to sign of those that the request has; `host` and what we add are always signed. */
  signedHeaders: readonly string[];
  payloadHash: string;
  time: number;
}

/** A signed request's headers, and what the signatures of its chunks go on from. */
export interface SignedHeaders {
  headers: Header[];
  /** The request's own signature, 64 hex digits. */
  signature: string;
}

/**
 * Signs a request with Signature Version 4, in its headers.
 *
 * @returns the request's headers with `X-Amz-Date`, the token (for temporary keys) and `Authorization` added
 */
export function signHeaders(request: SignableRequest, scope: SigningScope, keys: SigningKeys): SignedHeaders {
  const amzDate = formatAmzDate(scope.time);
  const headers = request.headers.slice();
  headers.push(['X-Amz-Date', amzDate]);
  if (keys.sessionToken !== undefined) headers.push([keys.tokenHeader ?? 'X-Amz-Security-Token', keys.sessionToken]);
  const signedHeaders = namesToSign(headers, scope.signedHeaders);
  const { method, path, query } = request;
  const signature = sign({ method, path, query, headers }, scope, keys, amzDate, signedHeaders);
  const credential = `${keys.accessKeyId}/${formatScope(credentialScopeOf(scope, amzDate))}`;
  headers.push([
    'Authorization',
    `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  ]);
  return { headers, signature };
}

/** {@link signHeaders}, for those who want the headers only. */
export function signRequest(request: SignableRequest, scope: SigningScope, keys: SigningKeys): Header[] {
  return signHeaders(request, scope, keys).headers;
}

/**
 * Presigns a request: Signature Version 4 in its query.
 *
 * @param request its query must hold no parameters of another signature
 * @param expires seconds
 * @returns the whole query
 */
export function presignQuery(
  request: SignableRequest,
  scope: SigningScope,
  keys: SigningKeys,
  expires: number,
): string {
  const amzDate = formatAmzDate(scope.time);
  const signedHeaders = namesToSign(request.headers, scope.signedHeaders);
  const parts = [
    ...(request.query === '' ? [] : [request.query]),
    queryParameter('X-Amz-Algorithm', algorithm),
    queryParameter('X-Amz-Credential', `${keys.accessKeyId}/${formatScope(credentialScopeOf(scope, amzDate))}`),
    queryParameter('X-Amz-Date', amzDate),
    queryParameter('X-Amz-Expires', String(expires)),
    ...(keys.sessionToken === undefined ? [] : [queryParameter(tokenParameterOf(keys), keys.sessionToken)]),
    queryParameter('X-Amz-SignedHeaders', signedHeaders.join(';')),
  ];
  const query = parts.join('&');
  const signature = sign({ ...request, query }, scope, keys, amzDate, signedHeaders);
  return `${query}&${signatureParameter}=${signature}`;
}

/** Where the token has a header of its own, that of S3 Express sessions, it has a parameter of its own too. */
function tokenParameterOf({ tokenHeader }: SigningKeys): string {
  return tokenHeader === undefined ? tokenParameter : expressTokenParameter;
}

function sign(
  request: SignableRequest,
  scope: SigningScope,
  keys: SigningKeys,
  amzDate: string,
  signedHeaders: readonly string[],
): string {
  const credentialScope = credentialScopeOf(scope, amzDate);
  const canonical = canonicalRequest({
    method: request.method,
    canonicalPath: canonicalPaths(request.path, scope.service)[0],
    query: request.query,
    headers: request.headers,
    signedHeaders,
    payloadHash: scope.payloadHash,
  });
  if (canonical === undefined) throw new TypeError('A header to be signed is missing from the request.');
  return signatureOf(signingKey(keys.secretAccessKey, credentialScope), amzDate, credentialScope, canonical);
}

function credentialScopeOf({ region, service }: SigningScope, amzDate: string): CredentialScope {
  return { date: amzDate.slice(0, 8), region, service };
}

const alwaysSigned = new Set(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-s3session-token']);

function namesToSign(headers: readonly Header[], wanted: readonly string[]): string[] {
  const names: string[] = [];
  for (const [name] of headers) {
    const key = name.toLowerCase();
    if ((alwaysSigned.has(key) || wanted.includes(key)) && !names.includes(key)) names.push(key);
  }
  return names.sort();
}
