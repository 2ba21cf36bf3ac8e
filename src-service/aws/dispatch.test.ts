import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancellation } from '../../src-shared/cancellation.ts';
import { defaultUpstreamLimits } from '../../src-shared/http/upstream-limits.ts';
import { createDispatcher, type Dispatcher } from './dispatch.ts';

describe('the connections to AWS', () => {
  let server: Server;
  let dispatcher: Dispatcher;
  let origin: string;
  /** Which connection each request came on. */
  const seen = new Map<string, Socket>();
  /** Requests that are not answered. */
  let onHanging: ((path: string) => void) | undefined;

  beforeEach(async () => {
    seen.clear();
    server = createServer((request, response) => {
      seen.set(request.url ?? '', request.socket);
      if (request.url?.startsWith('/hang')) onHanging?.(request.url);
      else if (request.url === '/half') response.writeHead(200, { 'content-length': 1_000_000 }).write('half');
      else response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    dispatcher = createDispatcher();
  });
  afterEach(async () => {
    await dispatcher.close();
    server.closeAllConnections();
    server.close();
  });

  const send = (pool: string, target: string, cancellation?: Cancellation) =>
    dispatcher.send(pool, { origin, method: 'GET', target, headers: [] }, null, cancellation);

  it('are each app session’s own, and used again', async () => {
    for (let n = 0; n < 20; n += 1) for (const pool of ['a', 'b']) await send(pool, `/${pool}${n}`);
    const [ofA, ofB] = ['/a', '/b'].map((prefix) => {
      const own = [...seen].filter(([target]) => target.startsWith(prefix));
      return new Set(own.map(([, socket]) => socket));
    });
    expect(ofA?.size).toBeLessThan(20);
    expect([...(ofA ?? [])].some((socket) => ofB?.has(socket))).toBe(false);
  });

  it('of a session that is over are cut, with what is under way on them; those of others go on', async () => {
    const arrived = new Promise<void>((resolve) => {
      onHanging = () => resolve();
    });
    const hanging = send('session-a', '/hang');
    const refused = expect(hanging).rejects.toMatchObject({ code: 'unavailable' });
    await arrived;
    await send('session-b', '/b1');
    dispatcher.closePool('session-a');
    await refused;
    expect((await send('session-b', '/b2')).status).toBe(200);
    expect(seen.get('/hang')?.destroyed).toBe(true);
    expect(seen.get('/b1')?.destroyed).toBe(false);
  });

  it('are no more than are allowed; who finds none waits for one', async () => {
    await dispatcher.close();
    dispatcher = createDispatcher(undefined, { ...defaultUpstreamLimits, sockets: 1 });
    await Promise.all(Array.from({ length: 10 }, (_, n) => send('session-a', `/${n}`)));
    expect(new Set(seen.values()).size).toBe(1);
  });

  it('are given up when AWS stops in the middle of its answer, or never begins one', async () => {
    await dispatcher.close();
    // Undici looks at its clock about twice a second.
    dispatcher = createDispatcher(undefined, { ...defaultUpstreamLimits, bodyTimeout: 100, headersTimeout: 100 });
    const { body } = await send('session-a', '/half');
    await expect(buffer(body as Readable)).rejects.toThrow();
    await expect(send('session-a', '/hang')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no answer came') as string,
    });
  });

  it('say that a request was cancelled, and that nothing answers', async () => {
    const cancellation = new Cancellation();
    onHanging = () => cancellation.cancel(new Error('the tool has gone'));
    await expect(send('session-a', '/hang', cancellation)).rejects.toMatchObject({ code: 'cancelled' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(send('session-c', '/')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('nothing answers there') as string,
    });
  });
});
