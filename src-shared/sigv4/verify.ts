import type { Refusal } from '../aws/error-shape.ts';
import { type Header, headerValue } from '../contracts/aws-call.ts';
import { formatAmzDate, parseAmzDate } from './amz-date.ts';
import { type Authorization, parseAuthorization } from './authorization.ts';
import { canonicalPaths, canonicalRequest } from './canonical-request.ts';
import { equalSecrets, signatureOf, signingKey } from './signing-key.ts';

/** How far a request's clock may be off, in milliseconds (AWS's own limit). */
export const maxClockSkew = 5 * 60_000;

/** Why a request is not accepted, in a sentence for the person whose tool sent it. */
export interface Refused {
  ok: false;
  refusal: Refusal;
  message: string;
}

/** What is known of a request before its body has been read. */
export interface ReadAuthorization {
  ok: true;
  authorization: Authorization;
  /** As the string to sign has it. */
  amzDate: string;
  /** Milliseconds since the epoch. */
  time: number;
}

/**
 * Reads who signed a request and when, without checking any of it yet.
 *
 * @param headers raw headers, latin1
 */
export function readAuthorization(headers: readonly Header[]): ReadAuthorization | Refused {
  const header = headerValue(headers, 'authorization');
  if (header === undefined) {
    return refused('missing_authentication', 'The request is not signed: it has no Authorization header.');
  }
  const authorization = parseAuthorization(header);
  if (typeof authorization === 'string') return refused('incomplete_signature', authorization);
  const dateText = headerValue(headers, 'x-amz-date') ?? headerValue(headers, 'date');
  const time = dateText === undefined ? undefined : parseAmzDate(dateText);
  if (time === undefined) {
    return refused('incomplete_signature', 'The request has no readable X-Amz-Date or Date header.');
  }
  const amzDate = formatAmzDate(time);
  if (!amzDate.startsWith(authorization.scope.date)) {
    return refused('signature_mismatch', 'The date of the credential scope is not the date of the request.');
  }
  const unsigned = mustBeSigned(headers, authorization.signedHeaders);
  if (unsigned) return refused('signature_mismatch', `The header ${unsigned} must be among the signed headers.`);
  return { ok: true, authorization, amzDate, time };
}

/** Headers that decide where a request goes or whose it is: unsigned, anybody on the way could change them. */
function mustBeSigned(headers: readonly Header[], signedHeaders: readonly string[]): string | undefined {
  if (!signedHeaders.includes('host')) return 'host';
  for (const name of ['x-amz-target', 'x-amz-content-sha256']) {
    if (!signedHeaders.includes(name) && headerValue(headers, name) !== undefined) return name;
  }
  return undefined;
}

/**
 * Whether a request's time is near enough to the clock. A tool whose SDK corrects itself by AWS's `Date` header
 * follows AWS's clock instead of this machine's, so either will do.
 *
 * @param upstreamOffset AWS's clock less this machine's, in milliseconds, as last seen
 */
export function checkClock(time: number, now: number, upstreamOffset: number): Refused | undefined {
  if (Math.abs(time - now) <= maxClockSkew) return undefined;
  if (Math.abs(time - (now + upstreamOffset)) <= maxClockSkew) return undefined;
  const minutes = Math.round(Math.abs(time - now) / 60_000);
  return refused(
    'clock_skew',
    `Signature expired: the request was signed ${minutes} minutes ${time < now ? 'ago' : 'ahead'} by this machine's ` +
      `clock (${formatAmzDate(now)}), and 5 minutes are allowed. Check the clock of the machine that signs.`,
  );
}

export interface VerifiableRequest {
  method: string;
  path: string;
  query: string;
  headers: readonly Header[];
}

/**
 * Verifies the signature of a request that carries it in its headers.
 *
 * @param payloadHash the SHA-256 of the body that arrived, or the literal that the request declared instead
 */
export function verifySignature(
  request: VerifiableRequest,
  read: ReadAuthorization,
  secretAccessKey: string,
  payloadHash: string,
): Refused | undefined {
  const { scope, signedHeaders, signature } = read.authorization;
  const key = signingKey(secretAccessKey, scope);
  for (const canonicalPath of canonicalPaths(request.path, scope.service)) {
    const canonical = canonicalRequest({ ...request, canonicalPath, signedHeaders, payloadHash });
    if (canonical === undefined) {
      return refused('signature_mismatch', 'The request lacks a header that its signature covers.');
    }
    if (equalSecrets(signatureOf(key, read.amzDate, scope, canonical), signature)) return undefined;
  }
  return refused(
    'signature_mismatch',
    'The signature does not match. Either the secret access key is not the one that belongs to this access key, ' +
      'or the request was changed after it was signed.',
  );
}

function refused(refusal: Refusal, message: string): Refused {
  return { ok: false, refusal, message };
}
