/**
 * URI encoding as Signature Version 4 wants it. Strings are wire strings: one character for each byte (latin1).
 * Source: IAM User Guide, "Create a signed AWS API request", canonical request.
 */

const hexDigits = '0123456789ABCDEF';

/** For each byte: itself where RFC 3986 leaves it unreserved, its percent-encoding otherwise. */
const encodedByte: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9\-._~]/.test(character) ? character : `%${hexDigits[byte >> 4]}${hexDigits[byte & 15]}`;
});

const plainPath = /^[A-Za-z0-9\-._~/]*$/;
const plainText = /^[A-Za-z0-9\-._~]*$/;

/** Percent-encodes every byte but the unreserved ones. */
export function encodeText(text: string): string {
  if (plainText.test(text)) return text;
  let encoded = '';
  for (let i = 0; i < text.length; i++) encoded += encodedByte[text.charCodeAt(i) & 255];
  return encoded;
}

/** Like {@link encodeText}, but slashes stay. */
export function encodePath(path: string): string {
  if (plainPath.test(path)) return path;
  return path.split('/').map(encodeText).join('/');
}

/** Undoes percent-encoding byte by byte; a `%` that begins no escape stays. */
export function decodeText(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Removes `.` and `..` segments and empty ones (RFC 3986 §5.2.4, with repeated slashes made one, as SigV4 does). */
export function normalizePath(path: string): string {
  if (!path.includes('/.') && !path.includes('//')) return path === '' ? '/' : path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const directory = /\/(?:\.{0,2})$/.test(path) && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${directory}`;
}

/**
 * The canonical query string: every key and value encoded anew, sorted by key, then by value, in byte order.
 *
 * @param query what follows the `?`, as sent
 * @param except parameters to leave out (a presigned request's own signature)
 */
export function canonicalQuery(query: string, except: readonly string[] = []): string {
  if (query === '') return '';
  const pairs: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = encodeText(decodeText(equals < 0 ? part : part.slice(0, equals)));
    if (except.includes(key)) continue;
    pairs.push([key, equals < 0 ? '' : encodeText(decodeText(part.slice(equals + 1)))]);
  }
  pairs.sort(([keyA, valueA], [keyB, valueB]) => compareBytes(keyA, keyB) || compareBytes(valueA, valueB));
  return pairs.map(([key, value]) => `${key}=${value}`).join('&');
}

function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
