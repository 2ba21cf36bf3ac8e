import { Readable } from 'node:stream';
import { type Body, headerValue } from '../contracts/aws-call.ts';
import { notInValue, token } from './header-syntax.ts';
import type { RawRequest } from './raw-connection.ts';

const target = /^[\u0021-\u007e\u0080-\u00ff]+$/;
/** Methods whose requests have a body, be it an empty one (RFC 9110 §8.6). */
const withBody = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The head of a request as it stands on the wire. `Host` and how long the body is are added where they are missing.
 *
 * @throws TypeError for what could be read as something else than it is, or a body of another length than is declared
 */
export function requestHead({ origin, method, target: path, headers }: RawRequest, body: Body): string {
  if (!token.test(method) || !target.test(path)) throw new TypeError('The request line is malformed.');
  let head = `${method} ${path} HTTP/1.1\r\n`;
  let declared: string | undefined;
  let hasHost = false;
  for (const [name, value] of headers) {
    if (!token.test(name) || notInValue.test(value))
      throw new TypeError(`The header ${name.slice(0, 100)} is malformed.`);
    head += `${name}: ${value}\r\n`;
    if (name.length === 4) hasHost ||= name.toLowerCase() === 'host';
    else if (name.length === 14 && name.toLowerCase() === 'content-length') {
      if (declared !== undefined || !/^\d{1,15}$/.test(value))
        throw new TypeError('The length of the body is not clear.');
      declared = value;
    }
  }
  if (headerValue(headers, 'transfer-encoding') !== undefined) throw new TypeError('The framing of the body is ours.');
  if (!hasHost) head += `Host: ${new URL(origin).host}\r\n`;
  return `${head}${framing(method, body, declared)}\r\n`;
}

function framing(method: string, body: Body, declared: string | undefined): string {
  if (body instanceof Readable) return declared === undefined ? 'Transfer-Encoding: chunked\r\n' : '';
  const length = body?.length ?? 0;
  if (declared === undefined) return length > 0 || withBody.has(method) ? `Content-Length: ${length}\r\n` : '';
  if (Number(declared) !== length) throw new TypeError('The body does not have the length that was declared.');
  return '';
}
