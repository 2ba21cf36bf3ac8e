import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { ResponseParser } from '../../src-shared/http/response-parser.ts';
import { chunkedBody, replyHead } from './reply-head.ts';

/** What a client reads. */
function parsed(wire: string): { status: number; headers: Header[]; body: string; isWhole: boolean } {
  const found = { status: 0, headers: [] as Header[], body: '', isWhole: false };
  const parser = new ResponseParser({
    onHead: (status, headers) => Object.assign(found, { status, headers }),
    onData: (bytes) => {
      found.body += bytes.toString('latin1');
    },
    onEnd: () => {
      found.isWhole = true;
    },
  });
  parser.begin(false);
  parser.write(Buffer.from(wire, 'latin1'));
  return found;
}

describe('the head of an answer', () => {
  it('has AWS’s headers as they were, and a framing of ours', () => {
    const headers: Header[] = [
      ['x-amz-id-2', 'a b'],
      ['Date', 'Sun, 29 Nov 2026 16:00:00 GMT'],
      ['Content-Length', '99'],
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'close, x-hop'],
      ['X-Hop', '1'],
    ];
    expect(replyHead({ status: 200, headers }, 2, 65_000)).toBe(
      'HTTP/1.1 200 OK\r\nx-amz-id-2: a b\r\nDate: Sun, 29 Nov 2026 16:00:00 GMT\r\nContent-Length: 2\r\n' +
        'Connection: keep-alive\r\nKeep-Alive: timeout=65\r\n\r\n',
    );
  });

  it('has a date, and to HEAD the length that AWS has said', () => {
    const head = replyHead({ status: 200, headers: [['content-length', '99']] }, 'none', 5_000);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-length: 99\r\nDate: .* GMT\r\nConnection: keep-alive\r\n/);
  });

  it.each([
    ['a line break in a value', ['X', 'a\r\nSet-Cookie: b']],
    ['a line feed in a value', ['X', 'a\nb']],
    ['a line break in a name', ['X\r\nY', 'a']],
    ['a space in a name', ['X Y', 'a']],
    ['no name', ['', 'a']],
  ])('is not made with %s', (_, header) => {
    expect(() => replyHead({ status: 200, headers: [header as unknown as Header] }, 0, 1_000)).toThrow(TypeError);
  });

  it.each([0, 99, 101, 1_000, 200.5, Number.NaN])('is not made for the status %s', (status) => {
    expect(() => replyHead({ status, headers: [] }, 0, 1_000)).toThrow(TypeError);
  });
});

describe('a body in chunks', () => {
  it('is read as it was, however it is split', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), async (pieces) => {
        const source = Readable.from(pieces.map((piece) => Buffer.from(piece)));
        const wire = await text(source.pipe(chunkedBody()).setEncoding('latin1'));
        const whole = Buffer.concat(pieces).toString('latin1');
        expect(parsed(replyHead({ status: 200, headers: [] }, 'chunked', 1_000) + wire)).toMatchObject({
          status: 200,
          body: whole,
          isWhole: true,
        });
      }),
    );
  });
});
