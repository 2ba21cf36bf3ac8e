import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { AwsReply, Header } from '../../src-shared/contracts/aws-call.ts';
import { RawAgent } from '../../src-shared/http/raw-agent.ts';
import { sendRaw } from '../../src-shared/http/raw-client.ts';
import { signedHeaders, type ToSign } from './testing/signed.ts';
import { readAll, TestGateway } from './testing/test-gateway.ts';

/** Requests that are read without Node's HTTP server, and those at which a connection is left to it. */
let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start();
});
beforeEach(() => test.reset());
afterAll(() => test.stop());

const modes = ['proxy', 'endpoint'] as const;
type Mode = (typeof modes)[number];

/** A request as it stands on the wire, all but its body. */
function headOf(mode: Mode, more: string, toSign: Partial<ToSign> = {}, of = test): string {
  const headers = Object.entries(signedHeaders({ host: of.hostOf(mode), ...toSign }));
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${toSign.method ?? 'POST'} / HTTP/1.1\r\n${lines}${more}\r\n`;
}

const usual = (mode: Mode, body = '{}') => `${headOf(mode, `Content-Length: ${body.length}\r\n`, { body })}${body}`;

/** What has come so far, as soon as it matches. */
function until(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const take = (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (!pattern.test(text)) return;
      socket.off('data', take);
      resolve(text);
    };
    socket.on('data', take);
  });
}

const answers = (text: string) => text.match(/HTTP\/1\.1 \d+/g);

/** Answers calls one after another with what they are sent. */
function echo(): void {
  test.answer = () => ({ status: 200, headers: [], body: Buffer.from(`<${test.calls.at(-1)?.body}>`) });
}

describe.each(modes)('a connection in %s mode', (mode) => {
  it('takes a body that comes after its head, in any number of pieces', async () => {
    echo();
    const socket = await test.inside(mode);
    const body = '{"a":1}';
    socket.write(headOf(mode, 'Content-Length: 7\r\n', { body }));
    for (const piece of body) {
      await new Promise((resolve) => setImmediate(resolve));
      socket.write(piece);
    }
    expect(await until(socket, /<.*>/)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*Content-Length: 9\r\n[\s\S]*<\{"a":1\}>$/);
    const large = JSON.stringify({ large: 'x'.repeat(60_000) });
    socket.write(usual(mode, large));
    expect(await until(socket, /x>|"}>/)).toContain(large);
    const tiny = '[1,2,3]'.padEnd(400);
    socket.write(headOf(mode, `Content-Length: ${tiny.length}\r\n`, { body: tiny }));
    for (const piece of tiny) socket.write(piece);
    expect(await until(socket, / >$/)).toContain(tiny);
    socket.destroy();
  });

  it('answers requests that do not wait for each other in their order', async () => {
    const waiting: ((reply: AwsReply) => void)[] = [];
    test.answer = () => new Promise((resolve) => void waiting.push(resolve));
    const socket = await test.inside(mode);
    socket.write(usual(mode, '1'));
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(1);
    socket.write(usual(mode, '2') + usual(mode, '3'));
    socket.write(usual(mode, '4'));
    const all = until(socket, /<4>/);
    const say = (n: number) =>
      waiting[n]?.({ status: 200, headers: [], body: Buffer.from(`<${test.calls[n]?.body}>`) });
    say(0);
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(4);
    for (const n of [3, 1, 2]) say(n);
    expect((await all).match(/<\d>/g)).toEqual(['<1>', '<2>', '<3>', '<4>']);
    socket.destroy();
  });

  it('goes on with what is unusual, and after it', async () => {
    echo();
    const socket = await test.inside(mode);
    const of = async (request: string) => {
      socket.write(request);
      return answers(await until(socket, /<[\s\S]*>|<>/));
    };
    expect(await of(usual(mode))).toEqual(['HTTP/1.1 200']);
    const chunks = `${headOf(mode, 'Transfer-Encoding: chunked\r\n', { body: '{}' })}2\r\n{}\r\n0\r\n\r\n`;
    expect(await of(chunks)).toEqual(['HTTP/1.1 200']);
    expect(await of(usual(mode))).toEqual(['HTTP/1.1 200']);
    const [first, ...rest] = usual(mode).match(/[\s\S]{1,100}/g) ?? [];
    socket.write(first ?? '');
    expect(await of(rest.join(''))).toEqual(['HTTP/1.1 200']);
    socket.end(usual(mode).replace('\r\n', '\r\nConnection: close\r\n'));
    expect(answers(await readAll(socket))).toEqual(['HTTP/1.1 200']);
    expect(test.calls.map(({ body }) => body)).toEqual(['{}', '{}', '{}', '{}', '{}']);
  });

  it('takes a large body as it was, in whatever pieces it comes', async () => {
    for (const [size, piece] of [
      [300_000, 300_000],
      [270_000, 1_000],
      [1_000_000, 16_000],
      [3_000_000, 3_000_000],
      [400_000, 100],
    ] as const) {
      const body = randomBytes(size / 2).toString('hex');
      const socket = await test.inside(mode);
      const answer = until(socket, /TableNames/);
      socket.write(headOf(mode, `Content-Length: ${size}\r\n`, { body }));
      for (let at = 0; at < size; at += piece) socket.write(body.slice(at, at + piece));
      expect(await answer).toMatch(/^HTTP\/1\.1 200/);
      expect(test.calls.at(-1)?.body === body).toBe(true);
      socket.destroy();
    }
  });

  it.each<[string, string, AwsReply, string]>([
    ['to HEAD', 'HEAD', { status: 200, headers: [['Content-Length', '9']], body: Buffer.alloc(0) }, ''],
    ['with 204', 'DELETE', { status: 204, headers: [], body: Buffer.alloc(0) }, ''],
    ['with 304', 'GET', { status: 304, headers: [['ETag', '"1"']], body: Buffer.alloc(0) }, ''],
    ['that is empty', 'POST', { status: 200, headers: [['Content-Length', '0']], body: Buffer.alloc(0) }, ''],
    [
      'whose length is wrong',
      'POST',
      { status: 200, headers: [['Content-Length', '9']], body: Buffer.from('abc') },
      'abc',
    ],
    [
      'in a stream',
      'GET',
      { status: 200, headers: [], body: Readable.from([Buffer.from('ab'), Buffer.from('c')]) },
      'abc',
    ],
    [
      'in a stream of known length',
      'GET',
      { status: 206, headers: [['content-length', '3']], body: Readable.from([Buffer.from('abc')]) },
      'abc',
    ],
    ['to HEAD in a stream', 'HEAD', { status: 200, headers: [], body: Readable.from([Buffer.from('abc')]) }, ''],
  ])('carries an answer %s, and the next request after it', async (_, method, reply, body) => {
    // A client of our own, which takes nothing that is not exact.
    const socket = await test.inside(mode);
    const agent = new RawAgent({ connections: 1, connect: (_options, done) => void done(null, socket as never) });
    onTestFinished(() => agent.destroy());
    const send = async (verb: string) => {
      const headers = Object.entries(signedHeaders({ host: test.hostOf(mode), method: verb, body: '' }));
      const { status, body: answer } = await sendRaw(
        agent,
        { origin: 'http://gateway', method: verb, target: '/', headers },
        null,
      );
      if (answer instanceof Uint8Array) return [status, Buffer.from(answer).toString()];
      return [status, Buffer.concat(await answer.toArray()).toString()];
    };
    test.answer = () => reply;
    expect(await send(method)).toEqual([reply.status, body]);
    test.reset();
    expect(await send('POST')).toEqual([200, '{"TableNames":[]}']);
  });

  it('never carries an answer that would be read as two', async () => {
    const evil: Header = ['X-Evil', 'a\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK'];
    test.answer = () => ({ status: 200, headers: [evil], body: Buffer.from('{}') });
    const socket = await test.inside(mode);
    socket.write(usual(mode));
    expect(answers(await until(socket, /\}$/))).toEqual(['HTTP/1.1 500']);
    expect(test.faults).toHaveLength(1);
    socket.destroy();
  });

  it('is closed when nothing was asked for a while, and not sooner', async () => {
    const brief = await TestGateway.start({ limits: { idleTimeout: 400 } });
    onTestFinished(() => brief.stop());
    // An answer may take longer than that.
    const answer = brief.answer;
    brief.answer = async (...call) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return answer(...call);
    };
    const socket = await brief.inside(mode);
    socket.write(`${headOf(mode, 'Content-Length: 2\r\n', {}, brief)}{}`);
    expect(await until(socket, /\}$/)).toMatch(/^HTTP\/1\.1 200/);
    expect(await readAll(socket)).toBe('');
  });

  it('waits for an answer that pauses, longer than for a client that does', async () => {
    const impatient = await TestGateway.start({ limits: { bodyTimeout: 200 } });
    onTestFinished(() => impatient.stop());
    async function* pausing() {
      yield Buffer.from('<');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      yield Buffer.alloc(3_000_000, 'x');
      yield Buffer.from('>');
    }
    impatient.answer = () => ({ status: 200, headers: [], body: Readable.from(pausing(), { objectMode: false }) });
    const socket = await impatient.inside(mode);
    socket.write(`${headOf(mode, 'Content-Length: 2\r\n', {}, impatient)}{}`);
    expect((await until(socket, />\r\n0\r\n\r\n$/)).length).toBeGreaterThan(3_000_000);
    socket.destroy();
  });

  it('carries many streams one after another, and keeps nothing of them', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    test.answer = () => ({ status: 200, headers: [], body: Readable.from([Buffer.from('<>')]) });
    const socket = await test.inside(mode);
    for (let n = 0; n < 30; n += 1) {
      socket.write(usual(mode));
      await until(socket, /\r\n0\r\n\r\n$/);
    }
    socket.destroy();
    // Node warns of listeners that pile up.
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  });

  it('takes no more requests while its answers are not taken', async () => {
    test.answer = () => ({ status: 200, headers: [], body: Buffer.alloc(1_000_000) });
    const socket = await test.inside(mode);
    socket.pause();
    const requests = 60;
    for (let n = 0; n < requests; n += 1) {
      socket.write(usual(mode));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // The operating system holds some of them.
    expect(test.calls.length).toBeLessThan(requests / 2);
    const all = until(socket, /^/);
    socket.resume();
    await all;
    await expect.poll(() => test.calls.length, { timeout: 20_000 }).toBe(requests);
    socket.destroy();
  });

  it('of a tool that goes away lets go of what was asked for, also in the middle of an answer', async () => {
    const socket = await test.inside(mode);
    const gone = new Promise<void>((resolve) => {
      test.answer = () => {
        const endless = new Readable({ read: () => void endless.push(Buffer.alloc(16 * 1024)) });
        endless.once('close', () => resolve());
        return { status: 200, headers: [], body: endless };
      };
    });
    socket.write(usual(mode));
    await once(socket, 'data');
    socket.destroy();
    await gone;
    expect(test.faults).toEqual([]);
  });
});
