import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as undici from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createRawAgent, type RawAgent } from './raw-agent.ts';
import { sendRaw } from './raw-client.ts';

/** A server that answers with these bytes, however little they are HTTP. */
let server: Server | undefined;
let agent: RawAgent | undefined;
afterEach(async () => {
  await agent?.agent.destroy();
  server?.close();
});

async function answering(answer: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  agent = createRawAgent(undici);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const get = (origin: string, signal?: AbortSignal) =>
  sendRaw(agent as RawAgent, { origin, method: 'GET', target: '/', headers: [] }, null, signal);

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
    ['with a length', (body: Buffer) => `Content-Length: ${body.length}\r\n`],
    ['until the end of the connection', () => ''],
  ])('brings a large answer whole whose server has gone before its slow reader began: %s', async (_, length) => {
    const body = Buffer.alloc(256 * 1024, 'x');
    const origin = await answering((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${length(body)}Connection: close\r\n\r\n`);
      socket.end(body);
    });
    const reply = await get(origin);
    // The connection has ended long before anybody reads.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await buffer(reply.body as Readable)).toHaveLength(body.length);
  });

  it('errs when a large answer breaks off', async () => {
    const origin = await answering((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nonly this');
      setImmediate(() => socket.destroy());
    });
    const reply = await get(origin);
    await expect(buffer(reply.body as Readable)).rejects.toThrow();
  });

  it('is given up when its signal fires, before and after it has begun', async () => {
    const origin = await answering((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n'));
    await expect(get(origin, AbortSignal.abort())).rejects.toThrow();
    const controller = new AbortController();
    const reply = await get(origin, controller.signal);
    controller.abort();
    await expect(buffer(reply.body as Readable)).rejects.toThrow();
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
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sent).toBeLessThan(50_000_000);
    (reply.body as Readable).destroy();
  });
});
