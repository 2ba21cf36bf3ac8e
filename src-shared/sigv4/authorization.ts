import { memoize } from '../memoize.ts';
import { type CredentialScope, parseCredential } from './credential-scope.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

/** What an `Authorization: AWS4-HMAC-SHA256 …` header says. */
export interface Authorization {
  accessKeyId: string;
  scope: CredentialScope;
  /** Lower-case names, sorted, as signed. */
  signedHeaders: readonly string[];
  /** 64 lower-case hex digits. */
  signature: string;
}

const headerName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** A signature: 64 lower-case hex digits. */
export const signaturePattern = /^[0-9a-f]{64}$/;

/** More than any tool signs; each is looked for among all headers. */
const maxSignedHeaders = 256;

/**
 * Reads a list of signed headers (`host;x-amz-date`).
 *
 * @returns undefined unless every name is a lower-case header name, and they are not more than any tool signs
 */
export function parseSignedHeaders(text: string): string[] | undefined {
  const names = text.split(';', maxSignedHeaders + 1);
  return names.length <= maxSignedHeaders && names.every((name) => headerName.test(name)) ? names : undefined;
}

/**
 * Reads a SigV4 Authorization header. Spaces after the commas are optional, the three parts may stand in any order.
 *
 * @returns the parts, or a sentence that says what is wrong with the header
 */
export function parseAuthorization(header: string): Authorization | string {
  // Signers put the signature last, and what stands before it is the same in a day's requests.
  const at = header.length - signatureDigits;
  const signature = header.slice(at);
  if (!header.startsWith(signatureName, at - signatureName.length) || !signaturePattern.test(signature)) {
    return parseWhole(header);
  }
  const parsed = parseConstant(header.slice(0, at));
  if (typeof parsed === 'string') return parsed;
  const { accessKeyId, scope, signedHeaders } = parsed;
  return { accessKeyId, scope, signedHeaders, signature };
}

const signatureDigits = 64;
const signatureName = 'Signature=';
const anySignature = '0'.repeat(64);
const parseConstant = memoize((constant) => parseWhole(`${constant}${anySignature}`), 256);

function parseWhole(header: string): Authorization | string {
  if (!header.startsWith(`${algorithm} `)) {
    const scheme = header.split(' ', 1)[0]?.slice(0, 40) ?? '';
    if (scheme === 'AWS') return 'The request is signed with Signature Version 2; set the tool to Signature Version 4.';
    if (scheme.startsWith('AWS4-ECDSA-')) {
      return `The request is signed with SigV4A (${scheme}), which Rolegate does not do. Use the endpoint of one region.`;
    }
    return `The Authorization header uses "${scheme}", but only ${algorithm} is understood.`;
  }
  const parts = new Map<string, string>();
  for (const part of header.slice(algorithm.length + 1).split(',')) {
    const text = part.trim();
    const equals = text.indexOf('=');
    if (equals < 0) return 'A part of the Authorization header has no "=".';
    const key = text.slice(0, equals);
    if (parts.has(key)) return `The Authorization header has ${key} twice.`;
    parts.set(key, text.slice(equals + 1));
  }
  const credential = parseCredential(parts.get('Credential') ?? '');
  if (!credential) {
    return 'The Authorization header has no Credential of the form key/date/region/service/aws4_request.';
  }
  const signedHeaders = parseSignedHeaders(parts.get('SignedHeaders') ?? '');
  if (!signedHeaders) return 'The Authorization header has no valid SignedHeaders.';
  const signature = parts.get('Signature') ?? '';
  if (!signaturePattern.test(signature)) return 'The Authorization header has no Signature of 64 hex digits.';
  return { ...credential, signedHeaders, signature };
}
