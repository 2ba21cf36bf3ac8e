import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedResponse, ResponseParser } from './response-parser.ts';

interface Answer {
  status: number;
  headers: (readonly [string, string])[];
  body: string;
  isWhole: boolean;
}

/** What a parser finds in these pieces of a connection. */
function parse(pieces: readonly Buffer[], { isHead = false, ends = false } = {}) {
  const answer: Answer = { status: 0, headers: [], body: '', isWhole: false };
  const parser = new ResponseParser({
    onHead: (status, headers) => Object.assign(answer, { status, headers }),
    onData: (bytes) => {
      answer.body += bytes.toString('latin1');
    },
    onEnd: () => {
      answer.isWhole = true;
    },
  });
  parser.begin(isHead);
  for (const piece of pieces) parser.write(piece);
  if (ends) parser.finish();
  return { ...answer, mayGoOn: parser.mayGoOn, idleHint: parser.idleHint };
}

const one = (text: string, options = {}) => parse([Buffer.from(text, 'latin1')], options);

describe('an answer', () => {
  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody', { body: 'body', mayGoOn: true }],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', { body: '', mayGoOn: true }],
    ['that has not changed', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n', { body: '', mayGoOn: true }],
    ['without a reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', { status: 200, mayGoOn: true }],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\nT: v\r\n\r\n',
      { body: 'body', mayGoOn: true },
    ],
    [
      'after others',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nx',
      { status: 404, body: 'x' },
    ],
    [
      'that is the last',
      'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx',
      { body: 'x', mayGoOn: false },
    ],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', { body: 'x', mayGoOn: false }],
    [
      'that says how long it waits',
      'HTTP/1.1 200 OK\r\nKeep-Alive: max=9, timeout=5\r\nContent-Length: 0\r\n\r\n',
      { idleHint: 5 },
    ],
  ])('%s is read', (_, text, expected) => {
    expect(one(text)).toMatchObject({ isWhole: true, ...expected });
  });

  it('to HEAD has no body, whatever it says of one', () => {
    expect(one('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', { isHead: true })).toMatchObject({
      isWhole: true,
      mayGoOn: true,
    });
  });

  it('without a length ends with its connection, and any other breaks off', () => {
    expect(one('HTTP/1.1 200 OK\r\n\r\nall', { ends: true })).toMatchObject({
      isWhole: true,
      body: 'all',
      mayGoOn: false,
    });
    expect(one('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnot all', { ends: true })).toMatchObject({
      isWhole: false,
    });
    expect(one('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n', { ends: true })).toMatchObject({
      isWhole: false,
    });
  });

  it('keeps its headers in order and case, with every byte of their values', () => {
    const { headers } = one('HTTP/1.1 200 OK\r\nX-b:  \t\xe9 \r\nx-B:\r\nContent-Length: 0\r\n\r\n');
    expect(headers.slice(0, 2)).toEqual([
      ['X-b', '\xe9'],
      ['x-B', ''],
    ]);
  });

  it.each([
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a list of lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n'],
    ['a signed length', 'HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n'],
    ['length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['chunks and length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n'],
    ['another encoding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\nA: b\r\n c: d\r\n\r\n'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nA\r\nB: c\r\n\r\n'],
    ['a bare line feed', 'HTTP/1.1 200 OK\r\nA: b\nContent-Length: 1\r\n\r\n'],
    ['another protocol', 'HTTP/2 200\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['no size of a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\n'],
    ['a chunk that is too long', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n'],
    ['more than was asked for', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(300_000)}`],
    [
      'trailers without end',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'A: bcdefgh\r\n'.repeat(9_000)}`,
    ],
  ])('with %s is refused', (_, text) => {
    expect(() => one(text)).toThrow(MalformedResponse);
  });

  it('is the same in whatever pieces it comes', () => {
    const body = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    const chunks = fc.array(
      body.filter((text) => text !== ''),
      { maxLength: 4 },
    );
    const answers = fc.oneof(
      body.map((text) => `HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: ${text.length}\r\n\r\n${text}`),
      chunks.map((list) => {
        const framed = list.map((text) => `${text.length.toString(16)}\r\n${text}\r\n`).join('');
        return `HTTP/1.1 103 E\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${framed}0\r\nt: u\r\n\r\n`;
      }),
    );
    fc.assert(
      fc.property(answers, fc.array(fc.nat(400), { maxLength: 12 }), (text, cuts) => {
        const all = Buffer.from(text, 'latin1');
        const edges = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
        const pieces = edges.slice(1).map((edge, index) => all.subarray(edges[index], edge));
        expect(parse(pieces)).toEqual(parse([all]));
        expect(parse(pieces).isWhole).toBe(true);
      }),
    );
  });
});
