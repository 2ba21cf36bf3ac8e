import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectPlain, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsCall, AwsReply } from '../../src-shared/contracts/aws-call.ts';
import type { GatewayState } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { openSecretStore } from '../session/secret-store.ts';
import { openLocalCa } from './ca.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { bodyOf, holder, signedHeaders, type ToSign } from './testing/signed.ts';

const awsHost = 'dynamodb.us-east-1.amazonaws.com';
const folder = mkdtempSync(join(tmpdir(), 'rolegate-gateway-'));
const faults: unknown[] = [];
let calls: { call: AwsCall; body: string }[] = [];
let answer: (call: AwsCall, signal: AbortSignal) => Promise<AwsReply> | AwsReply;
let state: GatewayState;
let gateway: Gateway;
let caPem: string;
let time: number | undefined;
let throughProxy: ProxyAgent;
let toEndpoint: Agent;
let endpointPort: number;
let proxyPort: number;

beforeAll(async () => {
  const secrets = await openSecretStore({ wanted: 'memory', homeId: 'test', file: '' });
  const now = () => time ?? Date.now();
  gateway = createGateway({
    openCa: () => openLocalCa({ folder, secrets, secretName: 'ca', now }),
    handling: {
      findKeyHolder: (id) => (id === holder.accessKeyId ? holder : undefined),
      async forward(call, signal) {
        calls.push({ call, body: await bodyOf(call) });
        return answer(call, signal);
      },
      onFault: (error) => faults.push(error),
      now,
    },
    ports: { proxy: 23456, endpoint: 23457 },
    onChange: (changed) => {
      state = changed;
    },
  });
  proxyPort = (await gateway.open('proxy', 0)).port;
  endpointPort = (await gateway.open('endpoint', 0)).port;
  caPem = readFileSync((await gateway.ca()).bundleFile, 'utf8');
  throughProxy = new ProxyAgent({ uri: `http://127.0.0.1:${proxyPort}`, requestTls: { ca: caPem } });
  toEndpoint = new Agent({ connect: { ca: caPem } });
});
beforeEach(() => {
  calls = [];
  faults.length = 0;
  time = undefined;
  answer = () => ({ status: 200, headers: [['X-Amzn-RequestId', 'aws-1']], body: Buffer.from('{"TableNames":[]}') });
});
afterAll(async () => {
  await throughProxy.destroy();
  await toEndpoint.destroy();
  await gateway.close();
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
});

type Mode = 'proxy' | 'endpoint';

async function send(mode: Mode, toSign: Partial<ToSign> = {}, change: Partial<Dispatcher.RequestOptions> = {}) {
  const host = mode === 'proxy' ? awsHost : `127.0.0.1:${endpointPort}`;
  const { statusCode, headers, body } = await request(`https://${host}`, {
    dispatcher: mode === 'proxy' ? throughProxy : toEndpoint,
    method: 'POST',
    headers: signedHeaders({ host, ...toSign }),
    body: toSign.body ?? '{}',
    ...change,
  } as never);
  const text = await body.text();
  return { status: statusCode, headers, text, error: statusCode < 400 ? undefined : (JSON.parse(text) as AwsError) };
}
interface AwsError {
  __type: string;
  message: string;
}

describe.each<Mode>(['proxy', 'endpoint'])('a request in %s mode', (mode) => {
  it('signed with local keys is forwarded to the AWS host, without the local signature', async () => {
    const reply = await send(mode);
    expect(reply).toMatchObject({ status: 200, text: '{"TableNames":[]}' });
    expect(reply.headers['x-amzn-requestid']).toBe('aws-1');
    const [{ call, body } = { call: undefined, body: '' }] = calls;
    expect(call).toMatchObject({ appSessionId: 'session-1', service: 'dynamodb', region: 'us-east-1', host: awsHost });
    expect(body).toBe('{}');
    expect(JSON.stringify(call)).not.toContain('AWS4-HMAC-SHA256');
    expect(JSON.stringify(call)).not.toContain(holder.secretAccessKey);
  });

  it('may bring a dummy session token, which is verified when it is signed and then dropped', async () => {
    const keys = { ...holder, sessionToken: 'dummy' };
    expect((await send(mode, { keys })).status).toBe(200);
    expect(JSON.stringify(calls[0]?.call.headers)).not.toContain('dummy');
    const host = mode === 'proxy' ? awsHost : `127.0.0.1:${endpointPort}`;
    const headers = { ...signedHeaders({ host, keys }), 'X-Amz-Security-Token': 'another' };
    expect((await send(mode, {}, { headers })).error?.__type).toBe('InvalidSignatureException');
  });

  it('with keys that are not ours is refused', async () => {
    const reply = await send(mode, { keys: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'UnrecognizedClientException' } });
    expect(reply.error?.message).toContain('Copy the settings again from Connect');
    expect(calls).toEqual([]);
  });

  it('with a wrong secret, an altered body or an altered header is refused', async () => {
    const host = mode === 'proxy' ? awsHost : `127.0.0.1:${endpointPort}`;
    const headers = signedHeaders({ host });
    const wrongSecret = await send(mode, { keys: { ...holder, secretAccessKey: 'wrong' } });
    const alteredBody = await send(mode, {}, { headers, body: '{"TableName":"x"}' });
    const alteredHeader = await send(
      mode,
      {},
      { headers: { ...headers, 'X-Amz-Target': 'DynamoDB_20120810.DeleteTable' } },
    );
    for (const reply of [wrongSecret, alteredBody, alteredHeader]) {
      expect(reply).toMatchObject({ status: 403, error: { __type: 'InvalidSignatureException' } });
      expect(reply.error?.message).toContain('The signature does not match.');
    }
    expect(calls).toEqual([]);
  });

  it('whose body is not what x-amz-content-sha256 declares is refused', async () => {
    const declared: [string, string] = ['x-amz-content-sha256', 'a'.repeat(64)];
    expect((await send(mode, { headers: [declared] })).error?.message).toContain('does not have the hash');
    const streaming: [string, string] = ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'];
    expect((await send(mode, { headers: [streaming] })).status).toBe(501);
  });

  it('whose clock is off by more than five minutes is refused', async () => {
    const reply = await send(mode, { time: Date.now() - 6 * 60_000 });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'InvalidSignatureException' } });
    expect(reply.error?.message).toContain('6 minutes ago');
  });

  it('of a session that is over is refused as an expired token', async () => {
    time = holder.expiresAt;
    const reply = await send(mode, { time: holder.expiresAt });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'ExpiredTokenException' } });
  });

  it('without a signature is refused', async () => {
    const reply = await send(mode, {}, { headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'MissingAuthenticationTokenException' } });
  });

  it('that the app-service refuses gets its reason in the shape of the service', async () => {
    answer = () => {
      throw new RolegateError('access_denied', 'alice may not assume it.', { hint: 'The role x denies it.' });
    };
    expect(await send(mode)).toMatchObject({
      status: 403,
      error: { __type: 'AccessDeniedException', message: 'Rolegate: alice may not assume it. The role x denies it.' },
    });
  });

  it('streams bodies that are not part of the signature, both ways', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    answer = () => ({ status: 200, headers: [], body: Readable.from(Array.from({ length: 8 }, () => megabyte)) });
    const headers: [string, string][] = [['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']];
    const body = Readable.from(Array.from({ length: 20 }, () => megabyte));
    const host = mode === 'proxy' ? awsHost : `127.0.0.1:${endpointPort}`;
    const reply = await send(mode, {}, { headers: signedHeaders({ host, headers }), body });
    expect(reply.text).toHaveLength(8 * megabyte.length);
    expect(calls[0]?.body).toHaveLength(20 * megabyte.length);
  });

  it('with a body too large to be held is told the limit', async () => {
    const body = 'x'.repeat(17 * 1024 * 1024);
    const reply = await send(mode, { body });
    expect(reply).toMatchObject({ status: 413 });
    expect(reply.error?.message).toContain('16 MiB');
  });

  it('whose answer breaks off half-way does not look whole', async () => {
    const body = new PassThrough();
    answer = () => {
      body.write('half');
      setImmediate(() => body.destroy(new Error('AWS went away')));
      return { status: 200, headers: [['Content-Length', '8']], body };
    };
    await expect(send(mode)).rejects.toThrow();
    expect(faults.splice(0)).toHaveLength(1);
  });

  it('that its tool gives up is given up upstream, too', async () => {
    const gone = new Promise<void>((resolve) => {
      answer = (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => resolve());
          controller.abort();
        });
    });
    const controller = new AbortController();
    await expect(send(mode, {}, { signal: controller.signal })).rejects.toThrow();
    await gone;
  });
});

describe('the endpoint', () => {
  it('finds the host from the credential scope', async () => {
    await send('endpoint', { region: 'cn-north-1' });
    expect(calls[0]?.call.host).toBe('dynamodb.cn-north-1.amazonaws.com.cn');
    const reply = await send('endpoint', { region: 'mars-north-1' });
    expect(reply.error?.message).toContain('"mars-north-1" is not an AWS region');
  });

  it('answers to this machine’s names only', async () => {
    // The page that rebinds its name trusts whatever certificate it gets.
    const dispatcher = new Agent({ connect: { ca: caPem, checkServerIdentity: () => undefined } });
    const reply = await send('endpoint', { host: `rebound.evil.tld:${endpointPort}` }, { dispatcher } as never);
    await dispatcher.close();
    expect(reply).toMatchObject({
      status: 403,
      error: { message: expect.stringContaining('127.0.0.1 and localhost only') },
    });
    expect((await send('endpoint', { host: `localhost:${endpointPort}` })).status).toBe(200);
  });
});

describe('the proxy', () => {
  const open = () =>
    new Promise<Socket>((resolve) => {
      const socket = connectPlain(proxyPort, '127.0.0.1', () => resolve(socket));
    });
  const readAll = async (socket: Socket) => {
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  };
  async function ask(text: string): Promise<string> {
    const socket = await open();
    socket.write(text);
    return readAll(socket);
  }
  /** A tunnel to an AWS host with TLS inside, as far as it comes. */
  async function tunnel(connectTo: string, servername: string) {
    const socket = await open();
    socket.write(`CONNECT ${connectTo}:443 HTTP/1.1\r\nHost: ${connectTo}:443\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    return connectTls({ socket, servername, ca: caPem, checkServerIdentity: () => undefined });
  }

  it('takes CONNECT and nothing else', async () => {
    expect(await ask('GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n')).toMatch(/^HTTP\/1\.1 405/);
    expect(await ask('CONNECT nonsense HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  });

  it('does not tunnel to this machine, private networks or other ports', async () => {
    for (const target of [
      '127.0.0.1:443',
      'localhost:443',
      '[::1]:443',
      '169.254.169.254:80',
      '10.0.0.1:443',
      '[::ffff:127.0.0.1]:443',
    ]) {
      expect(await ask(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403/);
    }
    expect(await ask('CONNECT example.com:22 HTTP/1.1\r\nHost: x\r\n\r\n')).toContain('443 and 80 only');
    expect(await ask('CONNECT dynamodb.us-east-1.amazonaws.com:8443 HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403/,
    );
  });

  it('wants the handshake, the tunnel and the Host header to name the same host', async () => {
    const other = await tunnel(awsHost, 's3.us-east-1.amazonaws.com');
    await new Promise((resolve) => other.once('close', resolve));

    const reply = await send('proxy', { host: 's3.us-east-1.amazonaws.com' });
    expect(reply.error?.message).toContain('but the tunnel was opened to');
    expect(calls).toEqual([]);
  });

  it('serves many requests through one tunnel', async () => {
    const socket = await tunnel(awsHost, awsHost);
    const single = Object.entries(signedHeaders({ host: awsHost }))
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const text = `POST / HTTP/1.1\r\n${single}Content-Length: 2\r\n\r\n{}`;
    socket.write(text + text + text.replace('Content-Length', 'Connection: close\r\nContent-Length'));
    const replies = await readAll(socket as unknown as Socket);
    expect(replies.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
  });

  it('offers HTTP/1.1 and survives garbage and hang-ups', async () => {
    const socket = await tunnel(awsHost, awsHost);
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(await readAll(socket as unknown as Socket)).toMatch(/^HTTP\/1\.1 400/);
    const garbage = await open();
    garbage.write(`CONNECT ${awsHost}:443 HTTP/1.1\r\nHost: x\r\n\r\n`);
    garbage.write(Buffer.alloc(300, 7));
    garbage.resume();
    await new Promise((resolve) => garbage.once('close', resolve));
    expect((await send('proxy')).status).toBe(200);
  });
});

describe('the listeners', () => {
  it('say that a port is taken and offer another', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    await gateway.start('proxy', port);
    expect(state.proxy).toMatchObject({
      status: 'failed',
      port,
      error: { code: 'conflict', message: `Port ${port} is in use by another program.` },
    });
    expect(state.proxy.freePort).toBeGreaterThan(port);
    await gateway.start('proxy', state.proxy.freePort ?? 0);
    expect(state.proxy.status).toBe('running');
    expect(gateway.portOf('proxy')).toBe(state.proxy.port);
    await gateway.stop('proxy');
    expect(state.proxy.status).toBe('stopped');
    blocker.close();
  });

  it('listen on this machine only', async () => {
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find((address) => !address.internal && address.family === 'IPv4');
    if (!outside) return;
    for (const port of [proxyPort, endpointPort]) {
      await expect(
        new Promise((resolve, reject) =>
          connectPlain(port, outside.address, () => resolve('connected')).once('error', reject),
        ),
      ).rejects.toThrow('ECONNREFUSED');
    }
  });
});
