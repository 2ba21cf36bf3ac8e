import { STATUS_CODES } from 'node:http';
import { Transform } from 'node:stream';
import type { AwsReply } from '../../src-shared/contracts/aws-call.ts';
import { notInValue, token } from '../../src-shared/http/header-syntax.ts';
import { memoize } from '../../src-shared/memoize.ts';
import { endToEnd } from './hop-by-hop.ts';

/**
 * The head of an answer as it stands on the wire of a connection that is kept.
 *
 * @param framing how long the body is, in bytes; `chunked`; or `none` for an answer that has no body (to HEAD, 204, 304) and
 *   says of one what AWS has said
 * @param idleTimeout how long the connection is kept, in milliseconds
 * @throws TypeError for a header that would be read as something else
 */
export function replyHead(
  { status, headers }: Pick<AwsReply, 'status' | 'headers'>,
  framing: number | 'chunked' | 'none',
  idleTimeout: number,
): string {
  let head = statusLine(status);
  let hasDate = false;
  for (const [name, value] of endToEnd(headers)) {
    if (!token.test(name) || notInValue.test(value)) throw new TypeError('A header of the answer is malformed.');
    if (name.length === 14 && framing !== 'none' && name.toLowerCase() === 'content-length') continue;
    if (name.length === 4 && name.toLowerCase() === 'date') hasDate = true;
    head += `${name}: ${value}\r\n`;
  }
  if (!hasDate) head += `Date: ${httpDate(Math.floor(Date.now() / 1000))}\r\n`;
  if (framing === 'chunked') head += 'Transfer-Encoding: chunked\r\n';
  else if (framing !== 'none') head += `Content-Length: ${framing}\r\n`;
  return `${head}Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(idleTimeout / 1000)}\r\n\r\n`;
}

const statusLine = memoize((status: number) => {
  if (!Number.isInteger(status) || status < 200 || status > 999) throw new TypeError(`${status} is no status.`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
});

const httpDate = memoize((second: number) => new Date(second * 1000).toUTCString(), 16);

/** Puts a body into chunks (RFC 9112 §7.1). */
export function chunkedBody(): Transform {
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      if (bytes.length > 0) {
        this.push(`${bytes.length.toString(16)}\r\n`, 'latin1');
        this.push(bytes);
        this.push('\r\n', 'latin1');
      }
      done();
    },
    flush(done) {
      done(null, '0\r\n\r\n');
    },
  });
}
