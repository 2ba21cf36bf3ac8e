import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { presignQuery } from '../../src-shared/sigv4/sign.ts';
import { holder } from './testing/signed.ts';
import { TestGateway } from './testing/test-gateway.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start();
});
beforeEach(() => test.reset());
afterAll(() => test.stop());

describe.each(['proxy', 'endpoint'] as const)('a presigned request in %s mode', (mode) => {
  const host = () => (mode === 'proxy' ? 'bucket.s3.us-east-1.amazonaws.com' : test.hostOf(mode));

  /** What a person with the URL does: they have no keys, and no idea of signatures. */
  async function open({
    keys = holder,
    expires = 600,
    ago = 0,
    query = 'versionId=a%2Fb',
    more = '',
    method = 'GET',
  } = {}) {
    const headers: Header[] = [['Host', host()]];
    const scope = { service: 's3', region: 'us-east-1', signedHeaders: [], payloadHash: 'UNSIGNED-PAYLOAD' };
    const unsigned = { method, path: '/a%20key', query, headers };
    const presigned = presignQuery(unsigned, { ...scope, time: Date.now() - ago * 1000 }, keys, expires);
    const reply = await request(`https://${host()}/a%20key?${presigned}${more}`, {
      dispatcher: test.dispatcherOf(mode),
      method: method as 'GET',
      ...(method === 'PUT' && { body: 'whatever' }),
    });
    return { status: reply.statusCode, text: await reply.body.text() };
  }

  it('is forwarded without its signature, to be presigned for as long', async () => {
    expect((await open()).status).toBe(200);
    expect(test.calls[0]?.call).toMatchObject({
      service: 's3',
      path: '/a%20key',
      query: 'versionId=a%2Fb',
      presignedFor: 600,
      payloadHash: 'UNSIGNED-PAYLOAD',
    });
    expect(JSON.stringify(test.calls[0]?.call)).not.toMatch(/X-Amz-Signature|RGTEST/);
  });

  it('may bring any body, and be sent again until it expires', async () => {
    expect((await open({ method: 'PUT' })).status).toBe(200);
    expect(test.calls[0]?.body).toBe('whatever');
    expect((await open({ ago: 599 })).status).toBe(200);
  });

  it('is refused when it has expired, was altered, or is not ours any more', async () => {
    expect((await open({ ago: 601 })).text).toContain('Request has expired');
    expect((await open({ more: '&acl' })).text).toContain('The signature does not match');
    expect((await open({ keys: { ...holder, secretAccessKey: 'x' } })).status).toBe(403);
    expect((await open({ keys: { ...holder, accessKeyId: 'RGEARLIEREARLIEREARL' } })).text).toContain('Connect');
    expect(test.calls).toEqual([]);
  });
});
