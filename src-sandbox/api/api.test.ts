import { once } from 'node:events';
import { connect } from 'node:net';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { dynamoDbRequest, type RawRequest, type Signing, sendRaw, signed } from '../testing/raw-request.ts';
import {
  assume,
  type Credentials,
  dynamoDbClient,
  startTestSandbox,
  stsClient,
  type TestSandbox,
} from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
let alice: Credentials;
let clock = 0;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: () => Date.now() + clock });
  alice = await assume(sandbox, 'role_for_alice');
});
afterAll(() => sandbox.remove());

const listTables = dynamoDbRequest('ListTables', {});

function send(request: RawRequest, signing: Partial<Signing> = {}, alter = (sent: RawRequest): RawRequest => sent) {
  const origin = sandbox.endpoints.dynamodb;
  return sendRaw(origin, alter(signed(origin, request, { service: 'dynamodb', keys: alice, ...signing })));
}

function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  const headers = request.headers.map(([key, old]): Header => [key, key === name ? value : old]);
  return { ...request, headers };
}

describe('a request signed with keys that the sandbox has issued', () => {
  it('is answered', async () => {
    const reply = await send(listTables);
    expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { TableNames: ['Music'] }]);
    expect(reply.headers['x-amzn-requestid']).toBeTruthy();
    expect(reply.headers['server']).toBeUndefined();
  });

  it('is answered when it declares the hash of its body too', async () => {
    expect((await send(listTables, { contentSha256: sha256Hex('{}') })).status).toBe(200);
  });
});

describe('a request that is not as it was signed', () => {
  const mismatch = { status: 403, body: expect.stringContaining('"__type":"InvalidSignatureException"') };

  it('is refused when its body was changed', async () => {
    expect(await send(listTables, {}, (sent) => ({ ...sent, body: '[]' }))).toMatchObject(mismatch);
  });

  it('is refused when its operation was changed', async () => {
    const altered = (sent: RawRequest) => withHeader(sent, 'X-Amz-Target', 'DynamoDB_20120810.DeleteTable');
    expect(await send(listTables, {}, altered)).toMatchObject(mismatch);
  });

  it('is refused when its query or path was changed', async () => {
    expect(await send(listTables, {}, (sent) => ({ ...sent, target: '/?a=b' }))).toMatchObject(mismatch);
    expect(await send(listTables, {}, (sent) => ({ ...sent, target: '/x' }))).toMatchObject(mismatch);
  });

  it('is refused when it was signed with another secret', async () => {
    expect(await send(listTables, { keys: { ...alice, secretAccessKey: 'x'.repeat(40) } })).toMatchObject(mismatch);
  });

  it('is refused when the hash it declares is not that of its body', async () => {
    const reply = await send(listTables, { contentSha256: sha256Hex('something else') });
    expect(reply).toMatchObject(mismatch);
    expect(reply.body).toContain('is not the SHA-256 of the body');
  });

  it('is refused when its body is not covered by the signature', async () => {
    expect(await send(listTables, { contentSha256: 'UNSIGNED-PAYLOAD' })).toMatchObject(mismatch);
  });

  it('is refused when its region is none', async () => {
    const reply = await send(listTables, { region: 'moon-north-1' });
    expect(reply).toMatchObject(mismatch);
    expect(reply.body).toContain('valid region');
  });
});

describe('a request of somebody the sandbox does not know', () => {
  const unknown = { status: 403, body: expect.stringContaining('UnrecognizedClientException') };

  it('is refused', async () => {
    const stranger = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    expect(await send(listTables, { keys: stranger })).toMatchObject(unknown);
    await expect(stsClient(sandbox, stranger).send(new GetCallerIdentityCommand())).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  it('is refused without its session token, with another one, and with one too many', async () => {
    const { sessionToken, ...withoutToken } = alice;
    expect(await send(listTables, { keys: withoutToken })).toMatchObject(unknown);
    expect(
      await send(listTables, { keys: { ...alice, sessionToken: `${sessionToken.slice(0, -4)}AAA=` } }),
    ).toMatchObject(unknown);
    const bob = await assume(sandbox, 'role_for_bob');
    expect(await send(listTables, { keys: { ...alice, sessionToken: bob.sessionToken } })).toMatchObject(unknown);
    expect(await send(listTables, { keys: { ...sandbox.serviceCredentials, sessionToken } })).toMatchObject(unknown);
  });

  it('is refused when it is not signed at all', async () => {
    const origin = sandbox.endpoints.dynamodb;
    const reply = await sendRaw(origin, {
      ...listTables,
      headers: [...listTables.headers, ['Host', new URL(origin).host]],
    });
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('MissingAuthenticationToken');
  });
});

describe('time', () => {
  it('may differ by five minutes and no more', async () => {
    expect((await send(listTables, { time: Date.now() - 290_000 })).status).toBe(200);
    const late = await send(listTables, { time: Date.now() - 310_000 });
    expect(late).toMatchObject({ status: 403, body: expect.stringContaining('Signature expired') });
  });

  it('ends temporary keys', async () => {
    const keys = await assume(sandbox, 'role_for_alice', { DurationSeconds: 900 });
    clock = 901_000;
    try {
      const time = Date.now() + clock;
      expect(await send(listTables, { keys, time })).toMatchObject({
        status: 403,
        body: expect.stringContaining('ExpiredTokenException'),
      });
      const identity = { method: 'GET', target: '/?Action=GetCallerIdentity', headers: [], body: '' };
      expect((await send(identity, { service: 'sts', keys, time })).body).toContain('<Code>ExpiredToken</Code>');
      // A wrong signature is no better for the keys' being expired.
      const forged = { ...keys, secretAccessKey: 'x'.repeat(40) };
      expect((await send(listTables, { keys: forged, time })).body).toContain('InvalidSignatureException');
    } finally {
      clock = 0;
    }
  });

  it('is told by the Date header, so that SDKs can correct their clock', async () => {
    clock = 1_800_000;
    try {
      const date = (await send(listTables)).headers['date'];
      expect(Math.abs(Date.parse(String(date)) - Date.now() - clock)).toBeLessThan(60_000);
      // The client's first request is refused for its clock; it corrects itself and succeeds with the second.
      const client = dynamoDbClient(sandbox, alice);
      await expect(client.send(new ListTablesCommand())).rejects.toMatchObject({ name: 'InvalidSignatureException' });
      expect((await client.send(new ListTablesCommand())).TableNames).toEqual(['Music']);
    } finally {
      clock = 0;
    }
  });
});

describe('a service that the sandbox does not have', () => {
  const named = (service: string) => `This sandbox has DynamoDB, S3, STS, IAM, Lambda and EC2, but no ${service}.`;

  it.each([
    ['s3-outposts', [], `<Code>NotImplemented</Code><Message>${named('s3-outposts')}</Message>`],
    ['sns', [], `<Code>InvalidAction</Code><Message>${named('sns')}</Message>`],
    ['kms', [['Content-Type', 'application/x-amz-json-1.1']], `"message":"${named('kms')}"`],
    ['eks', [], `"message":"${named('eks')}"`],
  ] as const)('is named in its own shape: %s', async (service, headers, text) => {
    const reply = await send({ method: 'GET', target: '/', headers, body: '' }, { service });
    expect(reply.status).toBe(501);
    expect(reply.body).toContain(text);
  });

  it('is not named to those who are not known', async () => {
    const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    const reply = await send({ method: 'GET', target: '/', headers: [], body: '' }, { service: 's3', keys });
    expect(reply.body).toContain('<Code>InvalidAccessKeyId</Code>');
  });

  it('does not read uploads whose body is not signed', async () => {
    const upload = { method: 'PUT', target: '/bucket/key', headers: [], body: 'x'.repeat(100_000) };
    const reply = await send(upload, { service: 's3-outposts', contentSha256: 'UNSIGNED-PAYLOAD' });
    expect(reply.body).toContain('<Code>NotImplemented</Code>');
  });
});

describe('a body that is too long', () => {
  it('is refused, whether or not its length was announced', async () => {
    const body = ' '.repeat(16 * 1024 * 1024 + 1);
    const announced = await send({ ...listTables, body });
    expect(announced).toMatchObject({ status: 413, body: expect.stringContaining('longer than 16 MiB') });
    const chunked = await send({ ...listTables, body }, {}, (sent) => ({
      ...sent,
      headers: [...sent.headers.filter(([name]) => name !== 'Content-Length'), ['Transfer-Encoding', 'chunked']],
    }));
    expect(chunked).toMatchObject({ status: 413 });
  });
});

describe('a client that goes away in the middle of its request', () => {
  it('troubles nobody', async () => {
    const origin = sandbox.endpoints.dynamodb;
    const request = signed(origin, { ...listTables, body: '{"Limit": 1}' }, { service: 'dynamodb', keys: alice });
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    const head = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`POST / HTTP/1.1\r\n${head}Expect: 100-continue\r\n\r\n`);
    // The sandbox has taken the head and waits for the body.
    await once(socket, 'data');
    socket.write('{"Li');
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await send(listTables)).status).toBe(200);
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
