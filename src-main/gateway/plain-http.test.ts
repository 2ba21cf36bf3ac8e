import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holder, signedHeaders } from './testing/signed.ts';
import { TestGateway } from './testing/test-gateway.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start();
});
beforeEach(() => test.reset());
afterAll(() => test.stop());

async function sendPlain(host = test.hostOf('endpoint'), headers = signedHeaders({ host })) {
  const reply = await request(`http://${test.hostOf('endpoint')}/`, { method: 'POST', headers, body: '{}' });
  return { status: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
}

describe('the endpoint over plain http', () => {
  it('is closed until the session allows it, and says where', async () => {
    const reply = await sendPlain();
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('allow http in Connect');
    expect(test.calls).toEqual([]);
  });

  it('serves a session that allows it, on the port that serves TLS as well', async () => {
    test.holders = [{ ...holder, plainHttp: true }];
    expect((await sendPlain()).status).toBe(200);
    expect((await test.send('endpoint')).status).toBe(200);
    expect(test.calls).toHaveLength(2);
  });

  it('takes S3’s addresses that begin with the bucket', async () => {
    test.holders = [{ ...holder, plainHttp: true }];
    const host = `my-bucket.localhost:${test.ports.endpoint}`;
    const headers = signedHeaders({ host, service: 's3', headers: [['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']] });
    expect((await sendPlain(host, headers)).status).toBe(200);
    expect(test.calls[0]?.call.host).toBe('my-bucket.s3.us-east-1.amazonaws.com');
  });

  it('takes no requests that a web page of another site makes', async () => {
    test.holders = [{ ...holder, plainHttp: true }];
    const rebound = `rebound.evil.tld:${test.ports.endpoint}`;
    expect((await sendPlain(rebound)).text).toContain('127.0.0.1 and localhost only');
    const preflight = await request(`http://${test.hostOf('endpoint')}/`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.tld', 'access-control-request-method': 'POST' },
    });
    expect(preflight.statusCode).toBe(403);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    await preflight.body.dump();
  });

  it('drops a connection that says nothing that it knows', async () => {
    expect(await test.ask('endpoint', 'SSH-2.0-OpenSSH_9.9\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(await test.ask('endpoint', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toMatch(/^HTTP\/1\.1 505/);
  });
});

describe('a renewed local certificate authority', () => {
  it('is shown at once by the listeners that are open; the old one is trusted no more', async () => {
    const before = test.caPem;
    await test.gateway.renewCa();
    const stale = await test.secure('endpoint');
    const refused = await new Promise<Error | undefined>((resolve) => {
      stale.once('error', resolve);
      stale.once('secureConnect', () => resolve(undefined));
    });
    expect(refused?.message).toMatch(/certificate/);
    await test.trust();
    expect(test.caPem).not.toBe(before);
    for (const mode of ['proxy', 'endpoint'] as const) expect((await test.send(mode)).status).toBe(200);
  });
});
