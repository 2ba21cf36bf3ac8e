import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { signedHeaders } from './testing/signed.ts';
import { awsHost, readAll, TestGateway } from './testing/test-gateway.ts';

/** What a program of this machine, a web page or a broken tool may throw at the gateway. */
let test: TestGateway;
/** One that waits for nobody for long. */
let impatient: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start({ limits: { headerBytes: 16 * 1024 } });
  impatient = await TestGateway.start({ limits: { headersTimeout: 2_000, handshakeTimeout: 2_000, bodyTimeout: 500 } });
});
beforeEach(() => {
  test.reset();
  impatient.reset();
});
afterAll(async () => {
  await test.stop();
  await impatient.stop();
});

const modes = ['proxy', 'endpoint'] as const;
type Mode = (typeof modes)[number];

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.resume();
    socket.once('close', () => resolve());
  });

function head(mode: Mode, more: string, of = test, signed: Header[] = []): string {
  const headers = Object.entries(signedHeaders({ host: of.hostOf(mode), headers: signed }));
  return `POST / HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}${more}\r\n`;
}

describe.each(modes)('in %s mode', (mode) => {
  it.each([
    ['two ways to say how long it is', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n', '{} '],
    ['a transfer coding that nobody knows', 'Transfer-Encoding: xchunked\r\n', '{}'],
    ['a length that is no number', 'Content-Length: 0x2\r\n', '{}'],
    ['a header name with a space', 'Content-Length : 2\r\n', '{}'],
    ['a header that goes on in the next line', 'X-A: 1\r\n 2\r\nContent-Length: 2\r\n', '{}'],
  ])('a request with %s is no request', async (_, headers, body) => {
    const socket = await test.inside(mode);
    socket.write(`${head(mode, headers)}${body}`);
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403)/);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(test.calls).toEqual([]);
  });

  it('headers that are too large, or never end, are cut off', async () => {
    const large = await test.inside(mode);
    large.write(head(mode, `X-Large: ${'x'.repeat(20_000)}\r\n`));
    expect(await readAll(large)).toMatch(/^HTTP\/1\.1 431[\s\S]*too large/);
    const slow = await impatient.inside(mode);
    slow.write('POST / HTTP/1.1\r\nHost: x\r\n');
    expect(await readAll(slow)).toMatch(/^HTTP\/1\.1 408/);
  });

  it('a connection that says nothing, or begins a handshake and stops, is dropped', async () => {
    const half = await impatient.open(mode);
    if (mode === 'proxy') half.write(`CONNECT ${awsHost}:443 HTTP/1.1\r\nHost: x\r\n\r\n`);
    half.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]));
    await closed(half);
    const silent = await impatient.open(mode);
    if (mode === 'proxy') silent.write('CONN');
    await closed(silent);
  });

  it('a body that stops half-way is not waited for, and lets go of everything', async () => {
    const held = await impatient.inside(mode);
    held.write(`${head(mode, 'Content-Length: 2\r\n', impatient)}{`);
    const answer = await readAll(held);
    expect(answer).toMatch(/^HTTP\/1\.1 400[\s\S]*RequestTimeoutException[\s\S]*stopped half-way/);
    expect(impatient.calls).toEqual([]);
    // One that is sent on as it comes: AWS's side of it ends as well.
    const gone = new Promise<void>((resolve) => {
      impatient.readBody = async ({ body }) => {
        (body as Readable).resume().once('close', () => resolve());
        return new Promise(() => undefined);
      };
    });
    const unsigned: Header = ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD'];
    const streamed = await impatient.inside(mode);
    streamed.write(`${head(mode, 'Content-Length: 1000000\r\n', impatient, [unsigned])}{`);
    expect(await readAll(streamed)).toMatch(/^HTTP\/1\.1 400[\s\S]*stopped half-way/);
    await gone;
  });

  it('a request that takes too long in all is told so', async () => {
    const brief = await TestGateway.start({ limits: { totalTimeout: 300 } });
    const cancelled = new Promise<void>((resolve) => {
      brief.answer = (_, cancellation) => new Promise(() => void cancellation.add({ cancel: () => resolve() }));
    });
    expect((await brief.send(mode)).error).toEqual({
      __type: 'RequestTimeoutException',
      message: 'The request took longer than 0.3 seconds.',
    });
    await cancelled;
    await brief.stop();
  });

  it('an answer that nobody takes is given up', async () => {
    const socket = await impatient.inside(mode);
    const given = new Promise<void>((resolve) => {
      impatient.answer = () => {
        const endless = new Readable({ read: () => void endless.push(Buffer.alloc(64 * 1024)) });
        endless.once('close', () => resolve());
        return { status: 200, headers: [], body: endless };
      };
    });
    socket.write(`${head(mode, 'Content-Length: 2\r\n', impatient)}{}`);
    await once(socket, 'readable');
    await given;
    socket.destroy();
  });

  it('headers that Connection names go no further, and signed ones cannot be taken away with it', async () => {
    const named = { 'X-Of-This-Connection': '1', Connection: 'close, x-of-this-connection' };
    const ask = async (more: string) => {
      const socket = await test.inside(mode);
      socket.write(`${head(mode, `${more}Content-Length: 2\r\n`)}{}`);
      return readAll(socket);
    };
    test.answer = () => ({
      status: 200,
      headers: [
        ['Connection', 'x-of-theirs'],
        ['X-Of-Theirs', '1'],
        ['X-Kept', '1'],
      ],
      body: Buffer.from('{}'),
    });
    const lines = Object.entries(named).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = await ask(lines.join(''));
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    expect(answer).toMatch(/x-kept/i);
    expect(answer).not.toMatch(/x-of-theirs/i);
    expect(JSON.stringify(test.calls.map(({ call }) => call.headers))).not.toMatch(/connection/i);
    test.calls = [];
    expect(await ask('Connection: close, X-Amz-Target\r\n')).toMatch(/^HTTP\/1\.1 400[\s\S]*names x-amz-target/);
    expect(test.calls).toEqual([]);
  });

  it('forwarding headers do not change where a request goes', async () => {
    const headers: [string, string][] = [
      ['X-Forwarded-Host', 'evil://s3.amazonaws.com'],
      ['X-Forwarded-Host', 's3.amazonaws.com.evil.tld'],
      ['Forwarded', 'host=evil.tld'],
      ['X-Original-Host', 'evil.tld'],
    ];
    for (const header of headers) await test.send(mode, { headers: [header] });
    expect(new Set(test.calls.map(({ call }) => call.host))).toEqual(new Set([awsHost]));
  });

  it('a Host that is not the one of the connection is refused, however it is spelled', async () => {
    const target = test.hostOf(mode);
    for (const host of [
      `user@${target}`,
      `${target}.evil.tld`,
      `evil.tld/${target}`,
      `${target}.`,
      'ｄynamodb.us-east-1.amazonaws.com',
      '[::1]',
      '',
    ]) {
      const socket = await test.inside(mode);
      const headers = Object.entries({ ...signedHeaders({ host: target }), Host: host });
      const text = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      socket.write(Buffer.from(`POST / HTTP/1.1\r\n${text}Connection: close\r\nContent-Length: 2\r\n\r\n{}`, 'utf8'));
      expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 40/);
    }
    expect(test.calls).toEqual([]);
  });
});

describe('ten thousand connections that do nothing', () => {
  it('keep nobody else out', async () => {
    // In a process of their own: each side of a connection counts against its process' limit of open files.
    const idle = spawn(process.execPath, ['-e', openIdle, String(test.ports.proxy), '10000'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [said] = (await once(idle.stdout, 'data')) as [Buffer];
    expect(said.toString()).toBe('10000 open');
    expect((await test.send('proxy')).status).toBe(200);
    idle.stdin.end();
    await once(idle, 'close');
  }, 120_000);
});

/** Opens connections one after another and holds them until its input ends. */
const openIdle = `
  const { connect } = require('node:net');
  const [port, wanted] = process.argv.slice(1).map(Number);
  let open = 0;
  const next = () => connect(port, '127.0.0.1', () => (++open < wanted ? next() : process.stdout.write(open + ' open')));
  next();
  process.stdin.resume().on('end', () => process.exit());
`;

describe('tunnels', () => {
  it('never lead to this machine, however its address is written', async () => {
    for (const host of [
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0.0.0.0',
      '[::]',
      '[fe80::1]',
      '[64:ff9b::7f00:1]',
    ]) {
      expect(await test.ask('proxy', `CONNECT ${host}:443 HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 (403|502)/,
      );
    }
  });

  it('are refused in words, whatever is asked for', async () => {
    const target = fc.string({ unit: 'binary-ascii', maxLength: 60 }).map((text) => text.replace(/[\r\n ]/g, ''));
    const authority = fc.oneof(
      target,
      fc.tuple(fc.ipV4Extended(), fc.nat(70_000)).map(([host, port]) => `${host}:${port}`),
    );
    await fc.assert(
      fc.asyncProperty(authority, async (asked) => {
        // The ports that tunnels may lead to are tried above; what is asked for here must not leave this machine.
        fc.pre(!/:0*(?:443|80)$/.test(asked));
        expect(await test.ask('proxy', `CONNECT ${asked} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(
          /^HTTP\/1\.1 (400|403|502) \w+[\s\S]*\.\n$/,
        );
      }),
      { numRuns: 100 },
    );
    expect(test.faults).toEqual([]);
  });

  it('are not opened for what is no host and port', async () => {
    for (const target of [
      'user:secret@example.com:443',
      'example.com',
      'http://example.com:80',
      'example.com:99999',
      ':443',
      'exa mple.com:443',
    ]) {
      expect(await test.ask('proxy', `CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 40[03]/);
    }
  });
});
