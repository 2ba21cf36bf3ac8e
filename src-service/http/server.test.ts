import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsCall } from '../../src-shared/contracts/aws-call.ts';
import type { ServiceEvent } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { encodeHead, readHead } from '../../src-shared/forwarding/frame.ts';
import type { AppService } from '../app-service.ts';
import { type SelfMadeCertificate, selfMadeCertificate } from './certificate.ts';
import { type ServiceServer, startServiceServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-http-'));
const token = 'a'.repeat(43);
const logged: string[] = [];
let forwarded: AwsCall | undefined;
let forwardedBody = '';
let watchEnds = true;
let watchesEnded = 0;
let answer: () => Readable | Buffer = () => Buffer.from('answer');

/** Only what these tests reach; the service itself has tests of its own. */
const service = {
  info: () => ({ cluster: 'test', version: '1.2.3', minClientVersion: '0.1.0', api: 1 }),
  async user(given: string) {
    if (given !== token) throw new RolegateError('needs_login', 'You are not logged in.');
    return { name: 'alice' };
  },
  async login() {
    throw new TypeError('a bug that holds /home/secret and a stack');
  },
  async watch(given: string, onEvent: (event: ServiceEvent) => void, signal: AbortSignal) {
    if (given !== token) throw new RolegateError('needs_login', 'You are not logged in.');
    onEvent({ event: 'alive' });
    onEvent({ event: 'login_ended', message: 'Over.\nNot a line of its own.' });
    if (!watchEnds) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    watchesEnded++;
  },
  async forward(_: string, call: AwsCall) {
    forwarded = call;
    forwardedBody = call.body instanceof Readable ? await text(call.body) : String(call.body && Buffer.from(call.body));
    return { status: 201, headers: [['X-Test', 'yes']], body: answer() };
  },
} as unknown as AppService;

let certificate: SelfMadeCertificate;
let server: ServiceServer;
let dispatcher: Agent;
let origin: string;

beforeAll(async () => {
  certificate = await selfMadeCertificate(folder, { dns: ['localhost'], ip: ['127.0.0.1'] }, Date.now());
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (...parts: unknown[]) => logged.push(JSON.stringify(parts)),
  };
  server = await startServiceServer({ service, tls: certificate, port: 0, log });
  origin = `https://127.0.0.1:${server.port}`;
  dispatcher = new Agent({ connect: { ca: readFileSync(certificate.caFile) } });
});
afterAll(async () => {
  await dispatcher.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

async function text(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function ask(path: string, options: { method?: 'POST'; headers?: Record<string, string>; body?: string } = {}) {
  const reply = await request(`${origin}${path}`, { dispatcher, method: 'GET', ...options });
  return { status: reply.statusCode, body: (await reply.body.json()) as { error?: { code: string; message: string } } };
}

const head = {
  requestId: 'request-1',
  appSessionId: 'session-1',
  method: 'PUT',
  path: '/key',
  query: '',
  headers: [['Content-Length', '4']],
  signedHeaders: ['host'],
  service: 's3',
  region: 'us-east-1',
  host: 's3.us-east-1.amazonaws.com',
  payloadHash: 'UNSIGNED-PAYLOAD',
  hasBody: true,
};

function forward(body: Buffer | Readable, authorization = `Bearer ${token}`) {
  return request(`${origin}/v1/forward`, { dispatcher, method: 'POST', headers: { authorization }, body });
}

describe('what happens to a login', () => {
  const watch = (authorization = `Bearer ${token}`) =>
    request(`${origin}/v1/watch`, { dispatcher, method: 'GET', headers: { authorization } });

  it('comes as lines of JSON, for those with a login', async () => {
    const reply = await watch();
    expect(reply).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/x-ndjson' } });
    const lines = (await reply.body.text()).split('\n');
    expect(lines.map((line) => line && JSON.parse(line).event)).toEqual(['alive', 'login_ended', '']);
    expect((await watch('Bearer x')).statusCode).toBe(401);
  });

  it('is not told on once the client has gone', async () => {
    watchEnds = false;
    const before = watchesEnded;
    const reply = await watch();
    reply.body.on('error', () => undefined).destroy();
    await expect.poll(() => watchesEnded).toBe(before + 1);
  });
});

describe('the control API', () => {
  it.each([
    ['', { app: 'aws', roleArn: 'x', duration: 1 }, 'reason'],
    ['', { app: 'aws', roleArn: 'x', duration: 1, reason: '   ' }, 'reason'],
    ['', { app: 'aws', roleArn: 'x', duration: 1, reason: 'two\nlines' }, 'reason'],
    ['', { app: 'aws', roleArn: 'x', duration: -1, reason: 'x' }, 'duration'],
    ['', { app: 'aws', roleArn: 'x', duration: 1e99, reason: 'x' }, 'duration'],
    ['', { app: 'aws', roleArn: 'x', duration: 1, reason: 'x', user: 'bob' }, 'user'],
    ['/resolve', { id: 'x', decision: 'perhaps' }, 'decision'],
    ['/resolve', { id: 'x', decision: 'approve', resolvedBy: 'bob' }, 'resolvedBy'],
    ['/withdraw', {}, 'id'],
  ])('takes no request for access that is none: %s %j', async (path, body, wrong) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const reply = await ask(`/v1/access-requests${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 'bad_input' } } });
    expect(reply.body.error?.message).toContain(wrong);
  });

  it('answers over TLS with its own certificate', async () => {
    expect(await ask('/v1/info')).toMatchObject({ status: 200, body: { cluster: 'test' } });
  });

  it('asks for a login where one is needed', async () => {
    const authorization = `Bearer ${token}`;
    expect(await ask('/v1/user', { headers: { authorization } })).toMatchObject({
      status: 200,
      body: { name: 'alice' },
    });
    for (const wrong of [undefined, 'Bearer ', `Basic ${token}`, `Bearer ${token}\u00a0`, `Bearer ${'b'.repeat(43)}`]) {
      const headers: Record<string, string> = wrong === undefined ? {} : { authorization: wrong };
      expect(await ask('/v1/user', { headers })).toMatchObject({
        status: 401,
        body: { error: { code: 'needs_login' } },
      });
    }
  });

  it('asks for a login before it looks at what an administrator wants, and refuses what is no request', async () => {
    const json = { 'content-type': 'application/json' };
    const routes = [
      '/v1/resources/show',
      '/v1/resources/write',
      '/v1/resources/delete',
      '/v1/resources/check',
      '/v1/resources/preview',
      '/v1/access/explain',
      '/v1/access/matrix',
      '/v1/audit/query',
      '/v1/logins',
      '/v1/logins/end',
      '/v1/users/reset',
      '/v1/access-requests',
      '/v1/access-requests/resolve',
      '/v1/access-requests/withdraw',
      '/v1/refusals',
      '/v1/account/password',
      '/v1/account/authenticator/add',
      '/v1/account/authenticator/remove',
    ];
    for (const route of routes) {
      const body = '{"unheardOf":1}';
      expect([route, (await ask(route, { method: 'POST', headers: json, body })).status]).toEqual([route, 401]);
      const headers = { ...json, authorization: `Bearer ${token}` };
      expect([route, (await ask(route, { method: 'POST', headers, body })).status]).toEqual([route, 400]);
    }
    for (const route of ['/v1/audit/head', '/v1/access/own']) {
      expect([route, (await ask(route)).status]).toEqual([route, 401]);
    }
    for (const route of ['/v1/invitations/look', '/v1/invitations/accept']) {
      const body = '{"invitation":"../../etc"}';
      expect([route, (await ask(route, { method: 'POST', headers: json, body })).status]).toEqual([route, 400]);
    }
    const huge = JSON.stringify({ files: [{ file: 'x', text: 'x'.repeat(5_000_000) }], mode: 'create' });
    const headers = { ...json, authorization: `Bearer ${token}` };
    expect((await ask('/v1/resources/write', { method: 'POST', headers, body: huge })).status).toBe(413);
  });

  it('refuses bad input in a sentence, and never shows a fault of its own', async () => {
    const json = { 'content-type': 'application/json' };
    const bad = [
      { body: '{"user":"alice"}', headers: json },
      { body: '{"user":"alice","password":"x","admin":true}', headers: json },
      { body: '{', headers: json },
      { body: 'x', headers: { 'content-type': 'text/xml' } },
    ];
    for (const one of bad) {
      expect(await ask('/v1/login', { method: 'POST', ...one })).toMatchObject({
        status: 400,
        body: { error: { code: 'bad_input' } },
      });
    }
    const tooLarge = { method: 'POST', headers: json, body: JSON.stringify({ user: 'x'.repeat(70_000) }) } as const;
    expect(await ask('/v1/login', tooLarge)).toMatchObject({ status: 413 });
    expect(await ask('/v1/nothing')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });

    const fault = await ask('/v1/login', { method: 'POST', headers: json, body: '{"user":"a","password":"b"}' });
    expect(fault).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
    expect(JSON.stringify(fault)).not.toContain('secret');
    expect(logged.join()).toContain('a bug that holds');
  });

  it('refuses clients that are too old', async () => {
    expect(await ask('/v1/info', { headers: { 'rolegate-version': '0.1.0' } })).toMatchObject({ status: 200 });
    for (const version of ['0.0.9', 'nonsense']) {
      const reply = await ask('/v1/info', { headers: { 'rolegate-version': version } });
      expect(reply).toMatchObject({ status: 400, body: { error: { hint: 'Update Rolegate.' } } });
    }
  });
});

describe('forwarding', () => {
  it('takes a framed call and gives a framed answer', async () => {
    const reply = await forward(Buffer.concat([encodeHead(head), Buffer.from('body')]));
    expect(await readHead(reply.body)).toEqual({ status: 201, headers: [['X-Test', 'yes']] });
    expect(await text(reply.body)).toBe('answer');
    expect(forwarded).toMatchObject({ method: 'PUT', path: '/key', payloadHash: 'UNSIGNED-PAYLOAD' });
    expect(forwardedBody).toBe('body');
  });

  it('streams what is large or of unknown length', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024);
    answer = () => Readable.from([Buffer.from('one'), Buffer.from('two')]);
    const reply = await forward(Readable.from([encodeHead({ ...head, headers: [] }), Buffer.from(long)]));
    await readHead(reply.body);
    expect(await text(reply.body)).toBe('onetwo');
    expect(forwarded?.body).toBeInstanceOf(Readable);
    expect(forwardedBody).toBe(long);
  });

  it('breaks off when the answer does: a cut answer never looks whole', async () => {
    answer = () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('half');
          throw new Error('AWS went away');
        })(),
      );
    const reply = await forward(Buffer.concat([encodeHead(head), Buffer.from('body')]));
    await expect(readHead(reply.body).then(() => text(reply.body))).rejects.toThrow();
  });

  it('refuses calls without a login, without a hash, too short or malformed', async () => {
    const statusOf = async (body: Buffer, authorization?: string) => (await forward(body, authorization)).statusCode;
    const whole = Buffer.concat([encodeHead(head), Buffer.from('body')]);
    expect(await statusOf(whole, 'Bearer ')).toBe(401);
    expect(await statusOf(Buffer.concat([encodeHead({ ...head, payloadHash: undefined }), Buffer.from('body')]))).toBe(
      400,
    );
    expect(await statusOf(Buffer.concat([encodeHead(head), Buffer.from('bo')]))).toBe(400);
    expect(await statusOf(Buffer.concat([encodeHead(head), Buffer.from('body and more')]))).toBe(400);
    expect(await statusOf(encodeHead({ ...head, path: 'http://evil' }))).toBe(400);
    expect(await statusOf(Buffer.from('no frame at all'))).toBe(400);
  });
});

describe('the certificate', () => {
  it('is kept for the next start, its key for this user only', async () => {
    const again = await selfMadeCertificate(folder, { dns: ['localhost'], ip: ['127.0.0.1'] }, Date.now());
    expect(again).toEqual(certificate);
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, 'service-certificate.json')).mode & 0o777).toBe(0o600);
    }
  });

  it('is made anew for other names and before it ends', async () => {
    const soonOver = Date.now() + 340 * 86_400_000;
    expect((await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, Date.now())).cert).not.toBe(certificate.cert);
    const renewed = await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, soonOver);
    expect((await selfMadeCertificate(folder, { ip: ['127.0.0.1'] }, soonOver)).cert).toBe(renewed.cert);
  });
});

it('says which port is taken', async () => {
  await expect(startServiceServer({ service, tls: certificate, port: server.port })).rejects.toMatchObject({
    code: 'conflict',
    message: `Port ${server.port} on 127.0.0.1 is in use by another program.`,
  });
});
