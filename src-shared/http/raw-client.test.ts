import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as undici from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancellation } from '../cancellation.ts';
import { createRawAgent, type RawAgent } from './raw-agent.ts';
import { sendRaw } from './raw-client.ts';

/** A server that answers with these bytes, however little they are HTTP. */
let server: Server | undefined;
let agent: RawAgent | undefined;
/** The agent's own ends of its connections. */
let connections: Socket[] = [];
afterEach(async () => {
  await agent?.agent.destroy();
  server?.close();
  connections = [];
});

async function answering(answer: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connect = undici.buildConnector({});
  agent = createRawAgent(undici, {
    connect: (to, done) =>
      connect(to, (...result) => {
        if (result[1]) connections.push(result[1]);
        done(...result);
      }),
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

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
    // More than is gathered, and more than a stream takes without a reader: the first part stops the parser. The
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
    await vi.waitFor(() => expect(body.readableLength).toBeGreaterThanOrEqual(body.readableHighWaterMark));
    peer?.end(second);
    await vi.waitFor(() => expect(connections.map(hasAll)).toEqual([true]));
    // What it takes now makes room for the rest, which it leaves where it is until the connection has ended.
    const [connection] = connections;
    const ended = connection && once(connection, 'end');
    const taken = body.read() as Buffer;
    await ended;
    expect(Buffer.concat([taken, await buffer(body)])).toEqual(Buffer.concat([first, second]));
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
    });
    expect(sent).toBeLessThan(50_000_000);
    (reply.body as Readable).destroy();
  });
});
