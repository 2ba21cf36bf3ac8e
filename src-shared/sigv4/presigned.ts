import { parseAmzDate } from './amz-date.ts';
import { type Authorization, algorithm, parseSignedHeaders, signaturePattern } from './authorization.ts';
import { parseCredential } from './credential-scope.ts';
import { decodeText, encodeText } from './encoding.ts';

/**
 * Presigned requests: Signature Version 4 in the query instead of in headers.
 * Source: IAM User Guide, "Create a signed AWS API request", query parameters; S3 API Reference, "Authenticating
 * requests: using query parameters".
 */

/** The longest life of a presigned request, in seconds (S3's own limit). */
export const maxPresignedSeconds = 604_800;
/** What a presigned request lives that does not say, in seconds. */
const defaultPresignedSeconds = 300;

/** Parameters that belong to the signature; every one of them is made anew when a request is signed anew. */
const authParameters = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Security-Token',
  'X-Amz-S3session-Token',
  'X-Amz-Signature',
]);

/** The parameter that the signature stands in, which it cannot cover. */
export const signatureParameter = 'X-Amz-Signature';
/** Some services' signers add the token after they have signed. */
export const tokenParameter = 'X-Amz-Security-Token';
/** The token of an S3 Express session has a name of its own (S3 API Reference, `CreateSession`). */
export const expressTokenParameter = 'X-Amz-S3session-Token';

/** Whether a query carries a signature (of whatever kind), so that it is to be read as a presigned request. */
export function isPresigned(query: string): boolean {
  return /(?:^|&)(?:X-Amz-(?:Signature|Algorithm|Credential)|AWSAccessKeyId)=/i.test(query);
}

/** What the query of a presigned request says. */
export interface PresignedAuthorization {
  authorization: Authorization;
  /** Milliseconds since the epoch. */
  time: number;
  /** Seconds. */
  expires: number;
  securityToken?: string;
  /** The payload's hash or literal, where the query declares it. */
  payloadHash?: string;
}

/**
 * Reads the signature out of a query.
 *
 * @param query as sent, without the question mark
 * @returns what it says, or a sentence that says what is wrong with it
 */
export function parsePresigned(query: string): PresignedAuthorization | string {
  const parameters = new Map<string, string>();
  for (const [name, value] of queryPairs(query)) {
    if (!authParameters.has(name) && name !== 'X-Amz-Content-Sha256') {
      if (name === 'AWSAccessKeyId') return sigV2;
      continue;
    }
    if (parameters.has(name)) return `The presigned request has ${name} twice.`;
    parameters.set(name, value);
  }
  const get = (name: string) => parameters.get(name) ?? '';
  if (get('X-Amz-Algorithm') !== algorithm) {
    return `The presigned request uses "${get('X-Amz-Algorithm').slice(0, 40)}", but only ${algorithm} is understood.`;
  }
  const credential = parseCredential(get('X-Amz-Credential'));
  if (!credential) {
    return 'The presigned request has no X-Amz-Credential of the form key/date/region/service/aws4_request.';
  }
  const signedHeaders = parseSignedHeaders(get('X-Amz-SignedHeaders'));
  if (!signedHeaders) return 'The presigned request has no valid X-Amz-SignedHeaders.';
  const time = parseAmzDate(get('X-Amz-Date'));
  if (time === undefined) return 'The presigned request has no readable X-Amz-Date.';
  const expires = parameters.has('X-Amz-Expires') ? Number(get('X-Amz-Expires')) : defaultPresignedSeconds;
  if (!Number.isSafeInteger(expires) || expires < 1 || expires > maxPresignedSeconds) {
    return `X-Amz-Expires must be between 1 and ${maxPresignedSeconds} seconds.`;
  }
  const signature = get(signatureParameter);
  if (!signaturePattern.test(signature)) return 'The presigned request has no X-Amz-Signature of 64 hex digits.';
  const securityToken = parameters.get(expressTokenParameter) ?? parameters.get(tokenParameter);
  const payloadHash = parameters.get('X-Amz-Content-Sha256');
  return {
    authorization: { ...credential, signedHeaders, signature },
    time,
    expires,
    ...(securityToken !== undefined && { securityToken }),
    ...(payloadHash !== undefined && { payloadHash }),
  };
}

const sigV2 =
  'The request is presigned with Signature Version 2, which no longer exists in most regions. Presign it with ' +
  'Signature Version 4: signature_version="s3v4" in boto3, or "aws configure set s3.signature_version s3v4".';

/** A query without the parameters of its signature; the others stay as they were written. */
export function withoutAuthParameters(query: string): string {
  return query
    .split('&')
    .filter((part) => !authParameters.has(parameterName(part)))
    .join('&');
}

/** One `name=value` for a query, encoded. */
export function queryParameter(name: string, value: string): string {
  return `${name}=${encodeText(value)}`;
}

function* queryPairs(query: string): Generator<[name: string, value: string]> {
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    if (equals >= 0) yield [parameterName(part), decodeText(part.slice(equals + 1))];
  }
}

function parameterName(part: string): string {
  const equals = part.indexOf('=');
  return decodeText(equals < 0 ? part : part.slice(0, equals));
}
