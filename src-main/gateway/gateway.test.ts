import { connect as connectPlain, createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RolegateError } from '../../src-shared/errors.ts';
import { holder, signedHeaders } from './testing/signed.ts';
import { awsHost, readAll, TestGateway } from './testing/test-gateway.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start();
});
beforeEach(() => test.reset());
afterAll(() => test.stop());
const send: TestGateway['send'] = (...args) => test.send(...args);

describe.each(['proxy', 'endpoint'] as const)('a request in %s mode', (mode) => {
  it('signed with local keys is forwarded to the AWS host, without the local signature', async () => {
    const reply = await send(mode);
    expect(reply).toMatchObject({ status: 200, text: '{"TableNames":[]}' });
    expect(reply.headers['x-amzn-requestid']).toBe('aws-1');
    const [{ call, body } = { call: undefined, body: '' }] = test.calls;
    expect(call).toMatchObject({ appSessionId: 'session-1', service: 'dynamodb', region: 'us-east-1', host: awsHost });
    expect(body).toBe('{}');
    expect(JSON.stringify(call)).not.toContain('AWS4-HMAC-SHA256');
    expect(JSON.stringify(call)).not.toContain(holder.secretAccessKey);
  });

  it('may bring a dummy session token, which is verified when it is signed and then dropped', async () => {
    const keys = { ...holder, sessionToken: 'dummy' };
    expect((await send(mode, { keys })).status).toBe(200);
    expect(JSON.stringify(test.calls[0]?.call.headers)).not.toContain('dummy');
    const host = test.hostOf(mode);
    const headers = { ...signedHeaders({ host, keys }), 'X-Amz-Security-Token': 'another' };
    expect((await send(mode, {}, { headers })).error?.__type).toBe('InvalidSignatureException');
  });

  it('with keys that were ours once is refused', async () => {
    const reply = await send(mode, { keys: { accessKeyId: 'RGEARLIEREARLIEREARL', secretAccessKey: 'x' } });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'UnrecognizedClientException' } });
    expect(reply.error?.message).toContain('Copy the settings again from Connect');
    expect(test.calls).toEqual([]);
  });

  it('with a wrong secret, an altered body or an altered header is refused', async () => {
    const host = test.hostOf(mode);
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
    expect(test.calls).toEqual([]);
  });

  it('whose body is not what x-amz-content-sha256 declares is refused', async () => {
    const declared: [string, string] = ['x-amz-content-sha256', 'a'.repeat(64)];
    expect((await send(mode, { headers: [declared] })).error?.message).toContain('does not have the hash');
  });

  it('whose clock is off by more than five minutes is refused', async () => {
    const reply = await send(mode, { time: Date.now() - 6 * 60_000 });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'InvalidSignatureException' } });
    expect(reply.error?.message).toContain('6 minutes ago');
  });

  it('of a session that somebody has ended is refused as an expired token, with the reason', async () => {
    test.holders = [{ ...holder, expiresAt: 0, endedBecause: 'The role dev denies it.' }];
    const reply = await send(mode);
    expect(reply).toMatchObject({ status: 403, error: { __type: 'ExpiredTokenException' } });
    expect(reply.error?.message).toContain('The session with this IAM role has ended: The role dev denies it.');
    expect(test.calls).toEqual([]);
  });

  it('whose login has ended is refused as an expired token, with the reason', async () => {
    test.answer = () => {
      throw new RolegateError('needs_login', 'Your login has ended: bob has ended it.', { hint: 'Log in again.' });
    };
    const reply = await send(mode);
    expect(reply).toMatchObject({ status: 403, error: { __type: 'ExpiredTokenException' } });
    expect(reply.error?.message).toContain('Your login has ended: bob has ended it. Log in again.');
  });

  it('of a session that is over is refused as an expired token', async () => {
    test.time = holder.expiresAt;
    const reply = await send(mode, { time: holder.expiresAt });
    expect(reply).toMatchObject({ status: 403, error: { __type: 'ExpiredTokenException' } });
  });

  it('belongs to the app session whose key signed it, however many are in use at once', async () => {
    test.holders = Array.from({ length: 10 }, (_, n) => ({
      accessKeyId: `RGROLENUMBER${String(n).padStart(8, '0')}`,
      secretAccessKey: `secret-${n}`,
      appSessionId: `session-of-role-${n}`,
      expiresAt: holder.expiresAt,
    }));
    const asked = Array.from({ length: 30 }, (_, n) => ({ keys: test.holders[n % 10]!, body: `{"Asked":${n}}` }));
    for (let first = 0; first < asked.length; first += 10) {
      const replies = await Promise.all(asked.slice(first, first + 10).map((one) => send(mode, one)));
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    }
    const owners = new Map(test.calls.map(({ call, body }) => [body, call.appSessionId]));
    expect(asked.map(({ body }) => owners.get(body))).toEqual(asked.map(({ keys }) => keys.appSessionId));
    // A key id is no good with another's secret.
    const [first, second] = test.holders;
    const mixed = await send(mode, {
      keys: { accessKeyId: first!.accessKeyId, secretAccessKey: second!.secretAccessKey },
    });
    expect(mixed.status).toBe(403);
  });

  it('that the app-service refuses gets its reason in the shape of the service', async () => {
    test.answer = () => {
      throw new RolegateError('access_denied', 'alice may not assume it.', { hint: 'The role x denies it.' });
    };
    const reply = await send(mode);
    expect(reply).toMatchObject({
      status: 403,
      error: { __type: 'AccessDeniedException', message: 'Rolegate: alice may not assume it. The role x denies it.' },
    });
    // The id by which the app-service has written it down.
    expect(reply.headers['x-amzn-requestid']).toBe(test.calls[0]?.call.requestId);
  });

  it('whose answer breaks off half-way does not look whole', async () => {
    const body = new PassThrough();
    test.answer = () => {
      body.write('half');
      setImmediate(() => body.destroy(new Error('AWS went away')));
      return { status: 200, headers: [['Content-Length', '8']], body };
    };
    await expect(send(mode)).rejects.toThrow();
    expect(test.faults).toHaveLength(1);
  });

  it('that its tool gives up is given up upstream, too', async () => {
    const gone = new Promise<void>((resolve) => {
      test.answer = (_, cancellation) =>
        new Promise(() => {
          cancellation.add({ cancel: () => resolve() });
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
    expect(test.calls[0]?.call.host).toBe('dynamodb.cn-north-1.amazonaws.com.cn');
    const reply = await send('endpoint', { region: 'mars-north-1' });
    expect(reply.error?.message).toContain('"mars-north-1" is not an AWS region');
  });

  it('answers to this machine’s names only', async () => {
    // The page that rebinds its name trusts whatever certificate it gets.
    const dispatcher = new Agent({ connect: { ca: test.caPem, checkServerIdentity: () => undefined } });
    const reply = await send('endpoint', { host: `rebound.evil.tld:${test.ports.endpoint}` }, { dispatcher } as never);
    await dispatcher.close();
    expect(reply).toMatchObject({
      status: 403,
      error: { message: expect.stringContaining('127.0.0.1 and localhost only') },
    });
    expect((await send('endpoint', { host: `localhost:${test.ports.endpoint}` })).status).toBe(200);
  });
});

describe('the proxy', () => {
  const ask = (text: string) => test.ask('proxy', text);

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
    const other = await test.tunnel(awsHost, 's3.us-east-1.amazonaws.com');
    await new Promise((resolve) => other.once('close', resolve));

    const reply = await send('proxy', { host: 's3.us-east-1.amazonaws.com' });
    expect(reply.error?.message).toContain('but the tunnel was opened to');
    expect(test.calls).toEqual([]);
  });

  it('serves many requests through one tunnel', async () => {
    const socket = await test.tunnel();
    const single = Object.entries(signedHeaders({ host: awsHost }))
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const text = `POST / HTTP/1.1\r\n${single}Content-Length: 2\r\n\r\n{}`;
    socket.write(text + text + text.replace('Content-Length', 'Connection: close\r\nContent-Length'));
    const replies = await readAll(socket);
    expect(replies.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
  });

  it('offers HTTP/1.1 and survives garbage and hang-ups', async () => {
    const socket = await test.tunnel();
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 505[\s\S]*speaks HTTP\/1\.1/);
    const garbage = await test.open('proxy');
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
    await test.gateway.start('proxy', port);
    expect(test.state.proxy).toMatchObject({
      status: 'failed',
      port,
      error: { code: 'conflict', message: `Port ${port} is in use by another program.` },
    });
    expect(test.state.proxy.freePort).toBeGreaterThan(port);
    await test.gateway.start('proxy', test.state.proxy.freePort ?? 0);
    expect(test.state.proxy.status).toBe('running');
    expect(test.gateway.portOf('proxy')).toBe(test.state.proxy.port);
    await test.gateway.stop('proxy');
    expect(test.state.proxy.status).toBe('stopped');
    blocker.close();
  });

  it('listen on this machine only', async () => {
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find((address) => !address.internal && address.family === 'IPv4');
    if (!outside) return;
    for (const port of [test.ports.proxy, test.ports.endpoint]) {
      await expect(
        new Promise((resolve, reject) =>
          connectPlain(port, outside.address, () => resolve('connected')).once('error', reject),
        ),
      ).rejects.toThrow('ECONNREFUSED');
    }
  });
});
