import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestGateway } from './testing/test-gateway.ts';
import { claimedAccessKeyId } from './whose-request.ts';

/** Stands for AWS: remembers what reached it. */
let received: { message: IncomingMessage; body: string }[] = [];
let aws: Server;
let test: TestGateway;

beforeAll(async () => {
  aws = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    received.push({ message, body });
    response.writeHead(206, { 'x-amz-request-id': 'from-aws' });
    response.end('as AWS says');
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  test = await TestGateway.start({ awsOrigin: `http://127.0.0.1:${(aws.address() as AddressInfo).port}` });
});
beforeEach(() => {
  received = [];
  test.reset();
});
afterAll(async () => {
  await test.stop();
  aws.close();
});

const host = 's3.us-east-1.amazonaws.com';
const foreign = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`;

async function send(
  headers: Record<string, string>,
  path = '/bucket/key%20%2F?a=%2f&b',
  mode: 'proxy' | 'endpoint' = 'proxy',
) {
  const base = mode === 'proxy' ? `https://${host}` : `https://${test.hostOf('endpoint')}`;
  const reply = await request(base + path, {
    dispatcher: test.dispatcherOf(mode),
    method: 'PUT',
    headers,
    body: 'the body',
  });
  return { status: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
}

describe('a request through the proxy that is none of ours', () => {
  it.each([
    ['unsigned', {}],
    ['with a bearer token', { authorization: 'Bearer abc' }],
    ['signed with a key that we have not made', { authorization: foreign, 'x-amz-security-token': 'their token' }],
  ] as [string, Record<string, string>][])('goes straight to AWS, untouched: %s', async (_, headers) => {
    const reply = await send({ ...headers, 'X-Amz-Meta-Case': 'Kept' });
    expect(reply).toMatchObject({ status: 206, text: 'as AWS says', headers: { 'x-amz-request-id': 'from-aws' } });
    expect(test.calls).toEqual([]);
    const [{ message, body } = { message: undefined, body: '' }] = received;
    expect(message?.url).toBe('/bucket/key%20%2F?a=%2f&b');
    expect(message?.headers).toMatchObject({ host, ...headers });
    expect(message?.rawHeaders).toContain('X-Amz-Meta-Case');
    expect(Object.keys(message?.headers ?? {}).filter((name) => /forwarded|via|rolegate/.test(name))).toEqual([]);
    expect(body).toBe('the body');
  });

  it('is told when AWS cannot be reached', async () => {
    const elsewhere = await TestGateway.start();
    const reply = await request(`https://${host}/`, { dispatcher: elsewhere.dispatcherOf('proxy') });
    expect(reply.statusCode).toBe(503);
    expect(await reply.body.text()).toContain(`${host} cannot be reached`);
    await elsewhere.stop();
  });
});

describe('a request that is ours', () => {
  it.each([
    ['a key of an earlier session', foreign.replace('AKIAIOSFODNN7EXAMPLE', 'RGEARLIEREARLIEREARL')],
    [
      'SigV4A',
      foreign
        .replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')
        .replace('AKIAIOSFODNN7EXAMPLE', 'RGTESTTESTTESTTESTTE'),
    ],
    ['Signature Version 2', 'AWS RGTESTTESTTESTTESTTE:abcdef='],
  ])('never goes to AWS as it is: %s', async (_, authorization) => {
    expect((await send({ authorization })).status).toBe(403);
    expect(received).toEqual([]);
  });

  it('is refused in endpoint mode when it is not signed, with the way out', async () => {
    const unsigned = await send({}, '/bucket/key', 'endpoint');
    expect(unsigned.status).toBe(403);
    expect(unsigned.text).toContain('HTTPS proxy');
    const other = await send({ authorization: foreign, 'x-amz-date': '20260101T000000Z' }, '/bucket/key', 'endpoint');
    expect(other.text).toContain('is not an access key of Rolegate');
    expect(received).toEqual([]);
  });
});

describe('whose request it is', () => {
  it('is read from every kind of signature', () => {
    const at = (authorization: string) => claimedAccessKeyId([['Authorization', authorization]], '');
    expect(at(foreign)).toBe('AKIAIOSFODNN7EXAMPLE');
    expect(at('AWS4-HMAC-SHA256 SignedHeaders=host,Credential=RGKEY/x, Signature=y')).toBe('RGKEY');
    expect(at('AWS RGKEY:sig')).toBe('RGKEY');
    expect(at('Bearer RGKEY')).toBeUndefined();
    expect(claimedAccessKeyId([], 'a=1&X-Amz-Credential=RGKEY%2F2026%2Fx')).toBe('RGKEY');
    expect(claimedAccessKeyId([], 'AWSAccessKeyId=RGKEY&Signature=x')).toBe('RGKEY');
    expect(claimedAccessKeyId([], 'a=1')).toBeUndefined();
  });
});
