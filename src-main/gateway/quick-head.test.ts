import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQuickHead } from './quick-head.ts';

const read = (text: string, maxHead = 16_384) => readQuickHead(Buffer.from(text, 'latin1'), maxHead);

describe('the head of a usual request', () => {
  it('is read as it stands, with where its body begins and how long it is', () => {
    const head = 'POST /a%2Fb?x=1?2 HTTP/1.1\r\nhost: h\r\nX-A:\t 1 \u00e9 \r\nx-a: 2\r\nContent-Length: 2\r\n\r\n';
    expect(read(`${head}{}`)).toEqual({
      request: {
        method: 'POST',
        path: '/a%2Fb',
        query: 'x=1?2',
        headers: [
          ['host', 'h'],
          ['X-A', '1 \u00e9'],
          ['x-a', '2'],
          ['Content-Length', '2'],
        ],
      },
      bodyStart: head.length,
      length: 2,
    });
    expect(read('GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n\r\n')).toMatchObject({ length: 0 });
  });

  it.each([
    ['is not whole', 'GET / HTTP/1.1\r\nHost: h\r\n'],
    ['names no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['names two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n'],
    ['is of another version', 'GET / HTTP/1.0\r\nHost: h\r\n\r\n'],
    ['is for another host', 'GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['is for a tunnel', 'CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['is HTTP/2’s', 'PRI * HTTP/2.0\r\n\r\n'],
    ['has a method that AWS does not know', 'get / HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['has a space in its path', 'GET /a b HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['has chunks', 'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['has a length and chunks', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\ntransfer-encoding: x\r\n\r\n'],
    ['has two lengths', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n'],
    ['has a length in hex', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\n'],
    ['has a length with a sign', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n'],
    ['has a list of lengths', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 1\r\n\r\n'],
    ['has an empty length', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n'],
    ['waits to be asked', 'PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n'],
    ['wants another protocol', 'GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'],
    ['closes the connection', 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n'],
    ['names headers of the connection', 'GET / HTTP/1.1\r\nHost: h\r\nConnection: x-amz-date\r\n\r\n'],
    ['announces trailers', 'GET / HTTP/1.1\r\nHost: h\r\nTrailer: x\r\n\r\n'],
    ['has a space before a colon', 'GET / HTTP/1.1\r\nHost : h\r\n\r\n'],
    ['goes on in the next line', 'GET / HTTP/1.1\r\nHost: h\r\nX: 1\r\n 2\r\n\r\n'],
    ['has a line without a colon', 'GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n'],
    ['has a bare line feed', 'GET / HTTP/1.1\nHost: h\r\n\r\n'],
    ['has a line feed in a value', 'GET / HTTP/1.1\r\nHost: h\r\nX: 1\nY: 2\r\n\r\n'],
    ['has a carriage return in a value', 'GET / HTTP/1.1\r\nHost: h\r\nX: 1\rY: 2\r\n\r\n'],
    ['has a control character', 'GET / HTTP/1.1\r\nHost: h\r\nX: \u0000\r\n\r\n'],
    ['begins with an empty line', '\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n'],
  ])('that %s is left to Node’s server', (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('that is larger than allowed is left to it, too', () => {
    const text = `GET / HTTP/1.1\r\nHost: h\r\nX: ${'x'.repeat(200)}\r\n\r\n`;
    expect(read(text, 250)).toBeDefined();
    expect(read(text, 200)).toBeUndefined();
    expect(read(`GET / HTTP/1.1\r\nHost: h\r\n${'X: 1\r\n'.repeat(300)}\r\n`)).toBeUndefined();
  });
});

describe('what is read of any bytes', () => {
  let server: Server;
  let seen: unknown[] = [];
  beforeAll(async () => {
    server = createServer(async (message, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      const { method, url, rawHeaders } = message;
      seen.push({ method, url, rawHeaders, body: Buffer.concat(chunks).toString('latin1') });
      response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close());

  /** What Node's server makes of a request that is whole, or none. */
  async function nodeReads(bytes: Buffer): Promise<unknown[]> {
    seen = [];
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(bytes);
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    socket.destroy();
    return seen;
  }

  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'get', 'CONNECT', 'M-SEARCH');
  const piece = fc.constantFrom('a', '/', '?', '%2F', ' ', '\t', '#', ':', '\u00e9', '\u007f', '..', '=', '&', '"');
  const name = fc.constantFrom(
    'Host',
    'host',
    'X-A',
    'x-a',
    'Content-Length',
    'Connection',
    'Expect',
    'X A',
    'TE',
    '',
    'X:',
  );
  const value = fc.oneof(
    fc.constantFrom(
      'h',
      '0',
      '2',
      '3',
      'keep-alive',
      'Keep-Alive',
      'close',
      ' 2 ',
      'chunked',
      '\u00e9',
      'a\tb',
      'a\u0001b',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 8 }),
  );
  const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r');
  const request = fc
    .tuple(method, fc.array(piece, { maxLength: 6 }), fc.array(fc.tuple(name, value, lineEnd), { maxLength: 6 }))
    .map(([verb, path, headers]) => {
      const lines = headers.map(([key, text, end]) => `${key}: ${text}${end}`).join('');
      return `${verb} /${path.join('')} HTTP/1.1\r\nHost: h\r\n${lines}\r\n`;
    });

  it('is what Node’s server reads', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(request, fc.string({ unit: 'binary-ascii', maxLength: 3 }), async (head, body) => {
        const bytes = Buffer.from(head + body, 'latin1');
        const quick = readQuickHead(bytes, 16_384);
        if (!quick || quick.bodyStart + quick.length !== bytes.length) return;
        accepted += 1;
        const { path, query, headers } = quick.request;
        expect(await nodeReads(bytes)).toEqual([
          {
            method: quick.request.method,
            url: head.split(' ')[1]?.includes('?') ? `${path}?${query}` : path,
            rawHeaders: headers.flat(),
            body,
          },
        ]);
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
