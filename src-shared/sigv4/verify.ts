import type { Refusal } from '../aws/error-shape.ts';
import { type Header, headerValue } from '../contracts/aws-call.ts';
import { formatAmzDate, parseAmzDate } from './amz-date.ts';
import { type Authorization, parseAuthorization } from './authorization.ts';
import { canonicalPaths, canonicalRequest } from './canonical-request.ts';
import { expressTokenParameter, isPresigned, parsePresigned, signatureParameter, tokenParameter } from './presigned.ts';
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
  /** Where the signature stands: in headers, or in the query of a presigned request. */
  place: 'header' | 'query';
  authorization: Authorization;
  /** As the string to sign has it. */
  amzDate: string;
  /** Milliseconds since the epoch. */
  time: number;
  /** How long a presigned request holds from `time` on, in seconds. */
  expires?: number;
  /** The session token that came along, signed or not; that of an S3 Express session where there is one. */
  securityToken?: string | undefined;
  /** What the request says of its payload (`x-amz-content-sha256`): a hash, or a literal such as `UNSIGNED-PAYLOAD`. */
  declaredPayload?: string | undefined;
}

/**
 * Reads who signed a request and when, without checking any of it yet.
 *
 * @param headers raw headers, latin1
 * @param query as sent; a presigned request is signed there
 */
export function readAuthorization(headers: readonly Header[], query = ''): ReadAuthorization | Refused {
  const header = headerValue(headers, 'authorization');
  if (query !== '' && isPresigned(query)) {
    if (header === undefined) return readPresigned(headers, query);
    return refused('invalid_request', 'The request is signed twice, in its query and in its Authorization header.');
  }
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
  return checkRead(headers, {
    ok: true,
    place: 'header',
    authorization,
    amzDate: formatAmzDate(time),
    time,
    securityToken: tokenOf(headers, authorization.scope.service),
    declaredPayload: headerValue(headers, 'x-amz-content-sha256'),
  });
}

/** The token of an S3 Express session has a header of its own; a role's may be used there as well. */
function tokenOf(headers: readonly Header[], service: string): string | undefined {
  const express = service === 's3express' ? headerValue(headers, 'x-amz-s3session-token') : undefined;
  return express ?? headerValue(headers, 'x-amz-security-token');
}

function readPresigned(headers: readonly Header[], query: string): ReadAuthorization | Refused {
  const presigned = parsePresigned(query);
  if (typeof presigned === 'string') return refused('incomplete_signature', presigned);
  const { authorization, time, expires, securityToken, payloadHash } = presigned;
  return checkRead(headers, {
    ok: true,
    place: 'query',
    authorization,
    amzDate: formatAmzDate(time),
    time,
    expires,
    securityToken,
    declaredPayload: payloadHash ?? headerValue(headers, 'x-amz-content-sha256'),
  });
}

function checkRead(headers: readonly Header[], read: ReadAuthorization): ReadAuthorization | Refused {
  if (!read.amzDate.startsWith(read.authorization.scope.date)) {
    return refused('signature_mismatch', 'The date of the credential scope is not the date of the request.');
  }
  const unsigned = mustBeSigned(headers, read.authorization.signedHeaders);
  if (unsigned) return refused('signature_mismatch', `The header ${unsigned} must be among the signed headers.`);
  return read;
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
 * Whether a request's time is near enough to the clock, or a presigned request has not expired. A tool whose SDK
 * corrects itself by AWS's `Date` header follows AWS's clock instead of this machine's, so either will do.
 *
 * @param now milliseconds since the epoch
 * @param upstreamOffset AWS's clock less this machine's, in milliseconds, as last seen
 */
export function checkClock(
  { time, expires = 0 }: Pick<ReadAuthorization, 'time' | 'expires'>,
  now: number,
  upstreamOffset: number,
): Refused | undefined {
  const isWithin = (clock: number) =>
    time <= clock + maxClockSkew && clock <= time + Math.max(expires * 1000, expires > 0 ? 0 : maxClockSkew);
  if (isWithin(now) || isWithin(now + upstreamOffset)) return undefined;
  const minutes = Math.round(Math.abs(time - now) / 60_000);
  const clock = `this machine's clock (${formatAmzDate(now)})`;
  if (time > now) {
    return refused(
      'clock_skew',
      `Signature not yet current: it is ${minutes} minutes ahead of ${clock}. ${clockAdvice}`,
    );
  }
  if (expires > 0) {
    const date = formatAmzDate(time);
    return refused('expired_request', `Request has expired: it was presigned at ${date} for ${expires} seconds.`);
  }
  return refused('clock_skew', `Signature expired: it was made ${minutes} minutes ago by ${clock}. ${clockAdvice}`);
}

const clockAdvice = 'Five minutes are allowed; check the clock of the machine that signs.';

export interface VerifiableRequest {
  method: string;
  path: string;
  query: string;
  headers: readonly Header[];
}

/**
 * Verifies the signature of a request, wherever it stands.
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
  for (const exceptParameters of uncoveredParameters(read)) {
    for (const canonicalPath of canonicalPaths(request.path, scope.service)) {
      const { method, query, headers } = request;
      const parts = { method, canonicalPath, query, headers, signedHeaders, payloadHash, exceptParameters };
      const canonical = canonicalRequest(parts);
      if (canonical === undefined) {
        return refused('signature_mismatch', 'The request lacks a header that its signature covers.');
      }
      if (equalSecrets(signatureOf(key, read.amzDate, scope, canonical), signature)) return undefined;
    }
  }
  return refused(
    'signature_mismatch',
    'The signature does not match. Either the secret access key is not the one that belongs to this access key, ' +
      'or the request was changed after it was signed.',
  );
}

const nothingUncovered = [[]] as const;
const presignedUncovered = [[signatureParameter]] as const;
const presignedWithTokenUncovered = [
  [signatureParameter],
  [signatureParameter, tokenParameter, expressTokenParameter],
] as const;

/** The query parameters that a signature does not cover, as signers differ about it. */
function uncoveredParameters(read: ReadAuthorization): readonly (readonly string[])[] {
  if (read.place === 'header') return nothingUncovered;
  return read.securityToken === undefined ? presignedUncovered : presignedWithTokenUncovered;
}

function refused(refusal: Refusal, message: string): Refused {
  return { ok: false, refusal, message };
}
