import type { Header } from '../contracts/aws-call.ts';
import { formatAmzDate } from './amz-date.ts';
import { algorithm } from './authorization.ts';
import { canonicalPaths, canonicalRequest } from './canonical-request.ts';
import { formatScope } from './credential-scope.ts';
import { signatureOf, signingKey } from './signing-key.ts';

/** Keys to sign with. Times are milliseconds since the epoch. */
export interface SigningKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
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

/**
 * Signs a request with Signature Version 4.
 *
 * @returns the request's headers with `X-Amz-Date`, `X-Amz-Security-Token` (for temporary keys) and `Authorization`
 *   added
 */
export function signRequest(request: SignableRequest, scope: SigningScope, keys: SigningKeys): Header[] {
  const amzDate = formatAmzDate(scope.time);
  const credentialScope = { date: amzDate.slice(0, 8), region: scope.region, service: scope.service };
  const headers: Header[] = [...request.headers, ['X-Amz-Date', amzDate]];
  if (keys.sessionToken !== undefined) headers.push(['X-Amz-Security-Token', keys.sessionToken]);
  const signedHeaders = namesToSign(headers, scope.signedHeaders);
  const canonical = canonicalRequest({
    method: request.method,
    canonicalPath: canonicalPaths(request.path, scope.service)[0],
    query: request.query,
    headers,
    signedHeaders,
    payloadHash: scope.payloadHash,
  });
  if (canonical === undefined) throw new TypeError('A header to be signed is missing from the request.');
  const key = signingKey(keys.secretAccessKey, credentialScope);
  const signature = signatureOf(key, amzDate, credentialScope, canonical);
  headers.push([
    'Authorization',
    `${algorithm} Credential=${keys.accessKeyId}/${formatScope(credentialScope)}, ` +
      `SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  ]);
  return headers;
}

const alwaysSigned = new Set(['host', 'x-amz-date', 'x-amz-security-token']);

function namesToSign(headers: readonly Header[], wanted: readonly string[]): string[] {
  const names = new Set<string>();
  for (const [name] of headers) {
    const key = name.toLowerCase();
    if (alwaysSigned.has(key) || wanted.includes(key)) names.add(key);
  }
  return [...names].sort();
}
