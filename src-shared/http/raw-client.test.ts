import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as undici from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancellation } from '../cancellation.ts';
import { RawAgent } from './raw-agent.ts';
import { sendRaw } from './raw-client.ts';

/** How long something takes on a busy machine is no reason to fail. */
const patiently = { timeout: 20_000 };

/** A server that answers with these bytes, however little they are HTTP. */
let server: Server | undefined;
let httpServer: HttpServer | undefined;
let agent: RawAgent | undefined;
/** The agent's own ends of its connections. */
let connections: Socket[] = [];
afterEach(async () => {
  agent?.destroy();
  server?.close();
  httpServer?.close();
  httpServer?.closeAllConnections();
  connections = [];
});

async function answering(answer: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  agent = new RawAgent({ connect: watchedConnector() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of HTTP, reached over at most so many connections. */
async function serving(options: { connections?: number }, answer: RequestListener): Promise<string> {
  httpServer = createHttpServer(answer);
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  agent = new RawAgent({ ...options, connect: watchedConnector() });
  return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
}

function watchedConnector(): undici.buildConnector.connector {
  const connect = undici.buildConnector({});
  return (to, done) =>
    connect(to, (...result) => {
      if (result[1]) connections.push(result[1]);
      done(...result);
    });
}

const put = (origin: string, headers: [string, string][], body: Readable) =>
  sendRaw(agent as RawAgent, { origin, method: 'PUT', target: '/', headers }, body);
const get = (origin: string, cancellation?: Cancellation) =>
  sendRaw(agent as RawAgent, { origin, method: 'GET', target: '/', headers: [] }, null, cancellation);

/** Whether a socket has all that its peer will ever send, read or not: nothing public tells that before it is read. */
function hasAll(socket: Socket): boolean {
  return (socket as unknown as { _readableState: { ended: boolean } })._readableState.ended;
}

describe('a raw request', () => {
  it('brings small answers whole, headers as they came', async () => {
    const origin = await answering((socket) =>
      socket.end('HTTP/1.1 404 Nope\r\nX-Amz-Id: a\r\nx-amz-id: b\r\nContent-Length: 4\r\n\r\nbody'),
    );
    const reply = await get(origin);
    expect(reply).toMatchObject({ status: 404, body: Buffer.from('body') });
    expect(reply.headers.slice(0, 2)).toEqual([
      ['X-Amz-Id', 'a'],
      ['x-amz-id', 'b'],
    ]);
  });

  it.each([
    ['with a length', (bytes: number) => `Content-Length: ${bytes}\r\n`],
    ['until the end of the connection', () => ''],
  ])('brings an answer whole whose connection ends while its reader holds it up: %s', async (_, length) => {
    // More than is gathered, and more than a stream takes without a reader: the first part holds the socket up. The
    // second fits into what the socket holds by itself, and the end of the connection with it.
    const [first, second] = [Buffer.alloc(96 * 1024, 'x'), Buffer.alloc(12 * 1024, 'y')];
    let peer: Socket | undefined;
    const origin = await answering((socket) => {
      peer = socket;
      socket.write(`HTTP/1.1 200 OK\r\n${length(first.length + second.length)}Connection: close\r\n\r\n`);
      socket.write(first);
    });
    const reply = await get(origin);
    const body = reply.body as Readable;
    await vi.waitFor(() => expect(body.readableLength).toBeGreaterThanOrEqual(body.readableHighWaterMark), patiently);
    peer?.end(second);
    await vi.waitFor(() => expect(connections.map(hasAll)).toEqual([true]), patiently);
    expect(await buffer(body)).toEqual(Buffer.concat([first, second]));
  });

  it('errs when a large answer breaks off', async () => {
    const origin = await answering((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nonly this');
      setImmediate(() => socket.destroy());
    });
    const reply = await get(origin);
    await expect(buffer(reply.body as Readable)).rejects.toThrow();
  });

  it('is given up when it is cancelled, before and after it has begun', async () => {
    const origin = await answering((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n'));
    const before = new Cancellation();
    before.cancel(new Error('gone'));
    await expect(get(origin, before)).rejects.toThrow('gone');
    const after = new Cancellation();
    const reply = await get(origin, after);
    after.cancel(new Error('gone'));
    await expect(buffer(reply.body as Readable)).rejects.toThrow('gone');
  });

  it('holds a server up whose answer nobody reads', async () => {
    let sent = 0;
    const block = Buffer.alloc(64 * 1024);
    const origin = await answering((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n');
      const more = () => {
        while (sent < 1_000_000_000) {
          sent += block.length;
          if (!socket.write(block)) return void socket.once('drain', more);
        }
      };
      more();
    });
    const reply = await get(origin);
    // Held up, a server gets no further: the same figure twice, with the whole way there and back between them.
    let last = -1;
    await vi.waitFor(() => {
      const before = last;
      last = sent;
      expect(before).toBe(sent);
    }, patiently);
    expect(sent).toBeLessThan(50_000_000);
    (reply.body as Readable).destroy();
  });

  it('goes over a connection that is free, and waits where there is none', async () => {
    const origin = await serving({ connections: 2 }, (_request, response) => response.end('x'));
    const replies = await Promise.all(Array.from({ length: 9 }, () => get(origin)));
    expect(replies.map(({ status }) => status)).toEqual(Array(9).fill(200));
    await get(origin);
    expect(connections).toHaveLength(2);
  });

  it('is not sent over a connection that the server has closed while it was free', async () => {
    const origin = await serving({}, (_request, response) => response.end('x'));
    await get(origin);
    const [connection] = connections;
    const closed = connection && once(connection, 'close');
    httpServer?.closeIdleConnections();
    await closed;
    expect(await get(origin)).toMatchObject({ status: 200 });
    expect(connections).toHaveLength(2);
  });

  it('that waits is given up when it is cancelled', async () => {
    const origin = await serving({ connections: 1 }, (request, response) => {
      if (request.url === '/') response.writeHead(200).write('x');
    });
    const first = await get(origin);
    const cancellation = new Cancellation();
    const second = get(origin, cancellation);
    cancellation.cancel(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    (first.body as Readable).destroy();
  });

  it('fails with what the connection failed with, and so do those that wait', async () => {
    const connect: undici.buildConnector.connector = (_to, done) => setImmediate(done, new Error('no way'), null);
    agent = new RawAgent({ connect, connections: 1 });
    const results = await Promise.allSettled([get('http://127.0.0.1:1'), get('http://127.0.0.1:1')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it.each([
    ['of a declared length', { 'content-length': '200000' }],
    ['of any length', {}],
  ])('sends a stream %s', async (_, headers) => {
    const origin = await serving({}, (request, response) => {
      buffer(request).then((body) => response.end(`${request.headers['transfer-encoding']} ${body.length}`));
    });
    const body = Readable.from([Buffer.alloc(150_000), Buffer.alloc(0), Buffer.alloc(50_000)], { objectMode: false });
    const reply = await put(origin, Object.entries(headers), body);
    expect(String(reply.body)).toBe(`${'content-length' in headers ? undefined : 'chunked'} 200000`);
  });

  it.each([
    ['is shorter than declared', Buffer.alloc(9)],
    ['is longer than declared', Buffer.alloc(11)],
  ])('whose stream %s breaks off', async (_, bytes) => {
    let whole = 0;
    const origin = await serving({}, (request, response) => {
      request
        .on('error', () => undefined)
        .on('end', () => {
          whole += 1;
          response.end();
        });
      request.resume();
    });
    const body = Readable.from([bytes], { objectMode: false });
    await expect(put(origin, [['content-length', '10']], body)).rejects.toMatchObject({ code: 'BODY_LENGTH' });
    expect(whole).toBe(0);
  });

  it('whose body breaks off does so, too', async () => {
    const origin = await serving({}, (request) => void request.on('error', () => undefined).resume());
    const body = new Readable({ read: () => undefined });
    body.push('x');
    setImmediate(() => body.destroy(new Error('no more')));
    await expect(put(origin, [['content-length', '10']], body)).rejects.toThrow('no more');
  });

  it('is answered before its body has come: the answer counts, and the connection is not used again', async () => {
    const origin = await serving({}, (_request, response) => response.writeHead(403, { 'content-length': 1 }).end('x'));
    const body = new Readable({ read: () => undefined });
    body.push('x');
    expect(await put(origin, [['content-length', '10']], body)).toMatchObject({ status: 403 });
    expect(await get(origin)).toMatchObject({ status: 403 });
    expect(connections).toHaveLength(2);
    // Who sends it may go on: nobody is cut off before the answer has been passed on.
    expect(body.destroyed).toBe(false);
  });

  it('errs in a sentence where something else than HTTP is answered', async () => {
    const origin = await answering((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    await expect(get(origin)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  describe('in time', () => {
    afterEach(() => void vi.useRealTimers());
    const fakeTime = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });

    it('fails when no answer comes, and when one does not go on', async () => {
      fakeTime();
      const begun = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx';
      for (const [answer, code] of [
        ['', 'HEADERS_TIMEOUT'],
        [begun, 'BODY_TIMEOUT'],
      ] as const) {
        let asked = false;
        const origin = await answering((socket) => {
          asked = true;
          socket.write(answer);
        });
        const failed = expect(get(origin)).rejects.toMatchObject({ code });
        await vi.waitFor(() => expect(asked && connections.at(-1)?.bytesRead).toBe(answer.length), patiently);
        vi.advanceTimersByTime(302_000);
        await failed;
      }
    });

    it('lets go of connections that nobody uses', async () => {
      fakeTime();
      const origin = await serving({}, (_request, response) => response.end('x'));
      await get(origin);
      vi.advanceTimersByTime(2_000);
      expect(connections[0]?.destroyed).toBe(false);
      vi.advanceTimersByTime(700_000);
      expect(connections[0]?.destroyed).toBe(true);
    });
  });
});
