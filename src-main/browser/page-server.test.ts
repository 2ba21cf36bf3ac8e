import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { StatePatch } from '../../src-shared/contracts/state.ts';
import { type PageServer, startPageServer } from './page-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-page-'));
const page = join(folder, 'page');
let server: PageServer;
let time = 0;
let gone = 0;
const listeners = new Set<(patch: StatePatch) => void>();

beforeAll(async () => {
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<h1>page</h1>');
  writeFileSync(join(page, 'assets', 'a.js'), 'x');
  writeFileSync(join(page, 'notes.txt'), 'not part of a page');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  symlinkSync(join(folder, 'secret.html'), join(page, 'link.html'));
  server = await startPageServer(
    page,
    {
      async dispatch(name, input, caller) {
        caller.whenGone(() => {
          gone++;
        });
        if (caller.isCommand) throw new Error('A page was taken for a command.');
        return { ok: true, output: { name, input } };
      },
      onState(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    { now: () => time },
  );
});
beforeEach(() => {
  time = 1_000_000;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const origin = () => `http://127.0.0.1:${server.port}`;

/** Raw, because `fetch` tidies paths and sets its own Host. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const asked = request({ port: server.port, host: '127.0.0.1', path, method, headers }, (reply) => {
      let text = '';
      reply.on('data', (chunk) => {
        text += chunk;
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text, headers: reply.headers }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the page', () => {
  it('comes with a policy that lets in nothing but itself', async () => {
    const { status, text, headers } = await get('/');
    expect([status, text]).toEqual([200, '<h1>page</h1>']);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/link.html',
    '/notes.txt',
    '/nothing.html',
    '/%',
    '/a%00.html',
    '//etc/passwd',
  ])('has no %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, text: 'Not found\n' });
  });

  it('is given to nobody who came by another name, or does not just read', async () => {
    expect((await get('/', { host: `evil.tld:${server.port}` })).status).toBe(403);
    expect((await get('/', { host: `localhost:${server.port}` })).status).toBe(403);
    expect((await get('/', {}, 'POST')).status).toBe(403);
  });
});

/** A browser's WebSocket, and what it hears. */
async function connect(hello: unknown, headers: Record<string, string> = {}) {
  const { origin: from = origin(), ...others } = headers;
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { origin: from, headers: others });
  const heard: Record<string, unknown>[] = [];
  const waiting: ((message: Record<string, unknown>) => void)[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as Record<string, unknown>;
    const next = waiting.shift();
    if (next) next(message);
    else heard.push(message);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  socket.send(typeof hello === 'string' ? hello : JSON.stringify(hello));
  const next = () =>
    new Promise<Record<string, unknown>>((resolve) => {
      const message = heard.shift();
      if (message) resolve(message);
      else waiting.push(resolve);
    });
  return { socket, next };
}

const newToken = () => new URL(server.newAddress()).hash.replace('#token=', '');

describe('the WebSocket', () => {
  it('takes a token once, and then the secret that it gave for it', async () => {
    const token = newToken();
    const first = await connect({ type: 'hello', token });
    const { type, secret } = await first.next();
    expect(type).toBe('welcome');
    expect((await (await connect({ type: 'hello', token })).next())['type']).toBe('refused');
    time += 10 * 60_000;
    expect(await (await connect({ type: 'hello', secret })).next()).toEqual({ type: 'welcome', secret });
    first.socket.close();
  });

  it('takes no token that is older than a minute, or was followed by another', async () => {
    const old = newToken();
    time += 60_000;
    expect(await (await connect({ type: 'hello', token: old })).next()).toMatchObject({
      type: 'refused',
      error: { message: 'This address has expired.' },
    });
    const replaced = newToken();
    newToken();
    expect((await (await connect({ type: 'hello', token: replaced })).next())['type']).toBe('refused');
  });

  it.each([
    {},
    null,
    'garbage',
    { type: 'hello' },
    { type: 'hello', secret: 'guess' },
    { type: 'call', id: 1, name: 'state.get', input: {} },
  ])('does nothing for %j', async (hello) => {
    newToken();
    const { socket, next } = await connect(hello);
    expect((await next())['type']).toBe('refused');
    await new Promise((resolve) => socket.once('close', resolve));
  });

  it('is closed to pages of other sites and to rebound names', async () => {
    for (const headers of [{ origin: 'https://evil.tld' }, { origin: 'null' }, { host: 'evil.tld' }]) {
      await expect(connect({}, headers as Record<string, string>)).rejects.toThrow('403');
    }
  });

  it('carries calls and changes of the state, and says when a page has gone', async () => {
    const { socket, next } = await connect({ type: 'hello', token: newToken() });
    await next();
    socket.send(JSON.stringify({ type: 'call', id: 7, name: 'apps.list', input: { a: 1 } }));
    expect(await next()).toEqual({
      type: 'result',
      id: 7,
      result: { ok: true, output: { name: 'apps.list', input: { a: 1 } } },
    });
    for (const listener of listeners) listener({ revision: 3, slices: { cluster: 'x' }, removed: [] });
    expect(await next()).toEqual({ type: 'state', patch: { revision: 3, slices: { cluster: 'x' }, removed: [] } });
    for (const nonsense of ['x', '{}', '{"type":"call"}']) socket.send(nonsense);
    const before = [gone, listeners.size];
    socket.close();
    await expect.poll(() => [gone, listeners.size]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) - 1]);
  });
});
