import type { Header } from '../contracts/aws-call.ts';
import { canonicalQuery, decodeText, encodePath, normalizePath } from './encoding.ts';

/** Signing names whose paths are encoded once and never normalised: their keys may hold `//` and `..`. */
const singleEncoded = new Set(['s3', 's3express', 's3-object-lambda', 's3-outposts']);

/**
 * The canonical paths that signers derive from one path on the wire, likeliest first. Signers differ in whether
 * they normalise; each form is a function of the very bytes that were sent, so to accept either proves the same.
 *
 * @param path the path as sent
 * @param service signing name of the credential scope
 */
export function canonicalPaths(path: string, service: string): [string, ...string[]] {
  if (path === '/' || path === '') return ['/'];
  if (singleEncoded.has(service)) {
    const decoded = encodePath(decodeText(path));
    return decoded === path ? [path] : [decoded, path];
  }
  const normalized = encodePath(normalizePath(path));
  const forms: [string, ...string[]] = [normalized];
  const asSent = encodePath(path);
  if (asSent !== normalized) forms.push(asSent);
  // AWS's JavaScript signer drops the slash that RFC 3986 leaves where a last `.` or `..` stood.
  if (/\/\.{1,2}$/.test(path) && normalized !== '/') forms.push(normalized.slice(0, -1));
  return forms;
}

/**
 * The canonical headers block: each signed header as `name:value`, values trimmed, inner white space made one
 * space, repeated headers joined by commas in the order sent.
 *
 * @param signedHeaders lower-case names, in the order in which they are to stand
 * @returns undefined when a signed header is missing from the request
 */
export function canonicalHeaders(headers: readonly Header[], signedHeaders: readonly string[]): string | undefined {
  let block = '';
  for (const name of signedHeaders) {
    let value: string | undefined;
    for (const [key, text] of headers) {
      // Hardly any two names are of one length.
      if (key.length !== name.length || key.toLowerCase() !== name) continue;
      const trimmed = trimHeaderValue(text);
      value = value === undefined ? trimmed : `${value},${trimmed}`;
    }
    if (value === undefined) return undefined;
    block += `${name}:${value}\n`;
  }
  return block;
}

const innerSpace = /[ \t\r\n]{2,}|[\t\r\n]/;

function trimHeaderValue(value: string): string {
  const trimmed = value.trim();
  return innerSpace.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed;
}

export interface CanonicalParts {
  method: string;
  /** Already canonical, see {@link canonicalPaths}. */
  canonicalPath: string;
  query: string;
  headers: readonly Header[];
  signedHeaders: readonly string[];
  payloadHash: string;
  /** Query parameters that are not part of what is signed. */
  exceptParameters?: readonly string[];
}

/**
 * The canonical request of Signature Version 4.
 * Source: IAM User Guide, "Create a signed AWS API request", step 1.
 *
 * @returns undefined when a signed header is missing from the request
 */
export function canonicalRequest(parts: CanonicalParts): string | undefined {
  const headers = canonicalHeaders(parts.headers, parts.signedHeaders);
  if (headers === undefined) return undefined;
  const query = canonicalQuery(parts.query, parts.exceptParameters);
  return `${parts.method}\n${parts.canonicalPath}\n${query}\n${headers}\n${parts.signedHeaders.join(';')}\n${parts.payloadHash}`;
}
