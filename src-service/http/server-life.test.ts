import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RolegateError } from '../../src-shared/errors.ts';
import { encodeHead } from '../../src-shared/forwarding/frame.ts';
import type { AppService } from '../app-service.ts';
import {
  describeCertificate,
  readServerCertificate,
  type SelfMadeCertificate,
  selfMadeCertificate,
} from './certificate.ts';
import { startServiceServer } from './server.ts';

/** How a server begins, goes on with another certificate, and ends. */

const folder = mkdtempSync(join(tmpdir(), 'rolegate-life-'));
let first: SelfMadeCertificate;
let second: SelfMadeCertificate;
beforeAll(async () => {
  const make = (name: string) => selfMadeCertificate(join(folder, name), { ip: ['127.0.0.1'] }, Date.now());
  [first, second] = await Promise.all([make('first'), make('second')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

let answer = new PassThrough();
let isWell = true;
const goodInvitation = 'g'.repeat(43);
const service = {
  info: () => ({ cluster: 'test', version: '1.2.3', minClientVersion: '0.1.0', api: 1 }),
  async health() {
    if (!isWell) throw new RolegateError('unavailable', 'The store cannot be used.');
  },
  async lookAtInvitation({ invitation }: { invitation: string }) {
    if (invitation !== goodInvitation) throw new RolegateError('not_found', 'This invitation is not valid.');
    return { user: 'alice' };
  },
  watch: (_token: string, onEvent: (event: unknown) => void, signal: AbortSignal) => {
    onEvent({ event: 'alive' });
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  },
  forward: async () => ({ status: 200, headers: [], body: answer }),
} as unknown as AppService;

const head = {
  requestId: 'request-1',
  appSessionId: 'b'.repeat(22),
  method: 'GET',
  path: '/',
  query: '',
  headers: [],
  signedHeaders: ['host'],
  service: 'dynamodb',
  region: 'us-east-1',
  host: 'dynamodb.us-east-1.amazonaws.com',
  hasBody: false,
};
const bearer = { authorization: `Bearer ${'a'.repeat(43)}` };
const agents: Agent[] = [];
function agentFor({ caFile }: SelfMadeCertificate): Agent {
  const agent = new Agent({ connect: { ca: readFileSync(caFile) } });
  agents.push(agent);
  return agent;
}
afterAll(() => Promise.all(agents.map((agent) => agent.destroy())));

function fingerprintAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('a server', () => {
  it('shows another certificate on new connections, and keeps those that are open', async () => {
    const server = await startServiceServer({ service, tls: first, port: 0 });
    const origin = `https://127.0.0.1:${server.port}`;
    const dispatcher = agentFor(first);
    const info = async () => (await request(`${origin}/v1/info`, { dispatcher })).body.json();
    await info();
    server.replaceCertificate(second);
    expect(await fingerprintAt(server.port)).toBe(describeCertificate(second).fingerprint);
    await info();
    await server.close();
  });

  it('tells whether it is well, and why not', async () => {
    const server = await startServiceServer({ service, tls: first, port: 0 });
    const ask = async () => {
      const reply = await request(`https://127.0.0.1:${server.port}/v1/health`, { dispatcher: agentFor(first) });
      return { status: reply.statusCode, body: await reply.body.json() };
    };
    expect(await ask()).toEqual({ status: 200, body: { status: 'ok' } });
    isWell = false;
    expect(await ask()).toMatchObject({ status: 503, body: { error: { message: 'The store cannot be used.' } } });
    isWell = true;
    await server.close();
  });

  it('stops listening to whoever guesses invitations, for a while', async () => {
    const server = await startServiceServer({ service, tls: first, port: 0 });
    const look = async (invitation: string) => {
      const reply = await request(`https://127.0.0.1:${server.port}/v1/invitations/look`, {
        dispatcher: agentFor(first),
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ invitation }),
      });
      return { status: reply.statusCode, body: await reply.body.json() };
    };
    expect(await look(goodInvitation)).toMatchObject({ status: 200 });
    for (let guess = 0; guess < 10; guess++) {
      expect(await look(`${guess}`.padEnd(43, 'x'))).toMatchObject({ status: 404 });
    }
    const refused = {
      status: 403,
      body: { error: { message: expect.stringContaining('were not valid'), retryable: true } },
    };
    expect(await look('x'.repeat(43))).toMatchObject(refused);
    expect(await look(goodInvitation)).toMatchObject(refused);
    await server.close();
  });

  async function startForwarding(patience: number) {
    answer = new PassThrough();
    const server = await startServiceServer({ service, tls: first, port: 0 });
    const origin = `https://127.0.0.1:${server.port}`;
    const dispatcher = agentFor(first);
    const reply = await request(`${origin}/v1/forward`, {
      dispatcher,
      method: 'POST',
      headers: bearer,
      body: encodeHead(head),
    });
    const watch = await request(`${origin}/v1/watch`, { dispatcher, headers: bearer });
    watch.body.on('error', () => undefined).resume();
    const closed = server.close(patience);
    return { reply, closed, origin };
  }

  it('lets requests end before it ends, and does not wait for those who only watch', async () => {
    const { reply, closed, origin } = await startForwarding(60_000);
    await expect(request(`${origin}/v1/info`, { dispatcher: agentFor(first) })).rejects.toThrow();
    answer.end('the rest');
    expect(await reply.body.text()).toContain('the rest');
    await closed;
  });

  it('cuts what does not end', async () => {
    const { reply, closed } = await startForwarding(50);
    await expect(reply.body.text()).rejects.toThrow();
    await closed;
  });
});

describe('a certificate from files', () => {
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('is read with its key, and known by its fingerprint and its end', async () => {
    const files = { certFile: file('cert.pem', first.cert), keyFile: file('key.pem', first.key) };
    expect(await readServerCertificate(files)).toEqual({ cert: first.cert, key: first.key });
    const { fingerprint, notAfter } = describeCertificate(first);
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(notAfter).toBeGreaterThan(Date.now() + 300 * 86_400_000);
  });

  it('says in words what is wrong with them', async () => {
    const certFile = file('cert.pem', first.cert);
    const keyFile = file('key.pem', first.key);
    const wrong = (files: Partial<Parameters<typeof readServerCertificate>[0]>) =>
      expect(readServerCertificate({ certFile, keyFile, ...files })).rejects;
    const nowhere = join(folder, 'nowhere.pem');
    await wrong({ keyFile: nowhere }).toThrow(`${nowhere}: There is no such file.`);
    await wrong({ certFile: folder }).toThrow('It is a folder.');
    await wrong({ certFile: keyFile }).toThrow(`${keyFile} holds no certificate in PEM form.`);
    await wrong({ keyFile: certFile }).toThrow(`${certFile} holds no private key in PEM form.`);
    const other = file('other.pem', second.key);
    await wrong({ keyFile: other }).toThrow(`The key in ${other} is not the one of the certificate in ${certFile}.`);
    const locked = file(
      'locked.pem',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
    );
    await wrong({ keyFile: locked }).toThrow('is locked with a password');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says that it may not be read', async () => {
    const secret = file('secret.pem', first.key);
    chmodSync(secret, 0o000);
    await expect(readServerCertificate({ certFile: secret, keyFile: secret })).rejects.toThrow('may not be read');
  });
});

it('names an address that is not one of this machine', async () => {
  await expect(startServiceServer({ service, tls: first, host: '203.0.113.7', port: 0 })).rejects.toThrow(
    '203.0.113.7 is no address of this machine.',
  );
});
