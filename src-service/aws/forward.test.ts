import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AwsCall, type AwsReply, type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import type { AppService } from '../app-service.ts';
import { createAppService } from '../create-app-service.ts';
import { loadResources } from '../resources/load-resources.ts';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { oneApp } from '../testing/test-service.ts';

/** How long something takes on a busy machine is no reason to fail. */
const patiently = { timeout: 20_000 };

const arn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;
const documents = `
kind: role
version: v5
metadata: {name: engineers}
spec:
  allow:
    app_labels: {'*': '*'}
    aws_role_arns: ['${arn('Reader')}', '${arn('Deployer')}', '${arn('Forbidden')}']
  deny:
    aws_role_arns: ['${arn('Forbidden')}']
---
kind: user
version: v2
metadata: {name: alice}
spec: {roles: [engineers]}
---
kind: role
version: v5
metadata: {name: readers}
spec:
  options: {aws_read_only: true, aws_session_tags: {team: red}, aws_source_identity: true}
  allow:
    app_labels: {'*': '*'}
    aws_role_arns: ['${arn('Reader')}']
---
kind: role
version: v5
metadata: {name: api-users}
spec:
  options: {aws_customer_hosts: [execute-api], aws_credential_calls: deny}
  allow:
    app_labels: {'*': '*'}
    aws_role_arns: ['${arn('Reader')}']
---
kind: user
version: v2
metadata: {name: otto}
spec: {roles: [api-users]}
---
kind: user
version: v2
metadata: {name: rita}
spec: {roles: [readers]}
`;

const stateDir = mkdtempSync(join(tmpdir(), 'rolegate-forward-'));
let aws: FakeAws;
let service: AppService;
let token: string;
let appSessionId: string;
let time = Date.now();

beforeAll(async () => {
  aws = await startFakeAws();
  service = await createAppService({
    cluster: 'test',
    version: '0.1.0',
    stateDir,
    resources: loadResources([{ file: 'test.yaml', text: documents }]),
    ...oneApp({ '*': aws.origin }),
    now: () => time,
    audit: { outputs: ['file'] },
  });
  token = (await service.loginAs('alice')).token;
});
beforeEach(async () => {
  time = Date.now();
  appSessionId = (await service.startAppSession(token, { app: 'aws', roleArn: arn('Reader') })).id;
  aws.received.length = 0;
});
afterAll(async () => {
  await service.close();
  await aws.close();
  rmSync(stateDir, { recursive: true });
});

function call(more: Partial<AwsCall>): AwsCall {
  return {
    requestId: 'request-1',
    appSessionId,
    method: 'PUT',
    path: '/bucket/key',
    query: '',
    headers: [],
    signedHeaders: ['host'],
    service: 's3',
    region: 'us-east-1',
    host: 's3.us-east-1.amazonaws.com',
    body: null,
    ...more,
  };
}

const forward = (more: Partial<AwsCall>) => service.forward(token, call(more));
const atAws = () => aws.received.at(-1);
const answerOf = async ({ body }: AwsReply) => (body instanceof Uint8Array ? Buffer.from(body).toString() : text(body));

describe('a read-only session', () => {
  it('reads and nothing else, and AWS is told so, with the tags and who it is', async () => {
    const rita = (await service.loginAs('rita')).token;
    const { id, readOnly } = await service.startAppSession(rita, { app: 'aws', roleArn: arn('Reader') });
    // The client is told, so that it can hold itself to it, and say so.
    expect(readOnly).toBe(true);
    expect(await service.appSessions(rita)).toMatchObject([{ id, readOnly: true }]);
    const ask = (target: string, body: object = {}) =>
      service.forward(
        rita,
        call({
          appSessionId: id,
          method: 'POST',
          path: '/',
          service: 'dynamodb',
          host: 'dynamodb.us-east-1.amazonaws.com',
          headers: [['X-Amz-Target', `DynamoDB_20120810.${target}`]],
          body: Buffer.from(JSON.stringify(body)),
        }),
      );
    expect((await ask('GetItem')).status).toBe(200);
    expect((await ask('ExecuteStatement', { Statement: 'SELECT * FROM "T"' })).status).toBe(200);
    const removing = ask('ExecuteStatement', { Statement: 'DELETE FROM "T"' });
    await expect(removing).rejects.toMatchObject({ code: 'access_denied' });
    const assumed = aws.received.map(({ body }) => body.toString()).find((body) => body.includes('Action=AssumeRole'));
    expect(Object.fromEntries(new URLSearchParams(assumed))).toMatchObject({
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'red',
      SourceIdentity: 'rita',
    });
    for (const target of ['PutItem', 'ExecuteStatement', 'Nonsense']) {
      await expect(ask(target)).rejects.toMatchObject({ code: 'access_denied' });
    }
  });
});

describe('a host that anybody may own', () => {
  const api = { service: 'execute-api', host: 'abc123.execute-api.us-east-1.amazonaws.com', method: 'GET', path: '/' };

  it('gets no signature unless a role allows it, and then only with its own signing name', async () => {
    await expect(forward({ ...api, requestId: 'refused-by-us' })).rejects.toMatchObject({
      code: 'access_denied',
      message: expect.stringContaining('an API of Amazon API Gateway') as string,
      hint: expect.stringContaining('aws_customer_hosts: [execute-api]') as string,
    });
    expect(aws.received).toEqual([]);
    await vi.waitFor(() => {
      const refused = audited().find(({ requestId }) => requestId === 'refused-by-us');
      expect(refused).toMatchObject({
        user: 'alice',
        success: false,
        reason: expect.stringContaining('anybody') as string,
      });
    }, patiently);
    const otto = (await service.loginAs('otto')).token;
    const { id } = await service.startAppSession(otto, { app: 'aws', roleArn: arn('Reader') });
    const ask = (more: Partial<AwsCall>) => service.forward(otto, call({ ...api, appSessionId: id, ...more }));
    expect((await ask({})).status).toBe(200);
    expect(atAws()).toMatchObject({ signatureMatches: true });
    aws.received.length = 0;
    for (const more of [
      { service: 's3' },
      { host: 'mine.us-east-1.es.amazonaws.com', service: 'es' },
      { host: 'mine.us-east-1.es.amazonaws.com' },
      { host: 'ec2-1-2-3-4.compute-1.amazonaws.com' },
      { host: 'abc123.execute-api.us-east-1.amazonaws.com.evil.tld' },
    ]) {
      await expect(ask(more)).rejects.toMatchObject({ code: 'access_denied' });
    }
    expect(aws.received).toEqual([]);
  });
});

describe('a call whose answer holds credentials', () => {
  it('can be denied by a role', async () => {
    const createKey = {
      service: 'iam',
      host: 'iam.amazonaws.com',
      method: 'POST',
      path: '/',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']] as Header[],
      body: Buffer.from('Action=CreateAccessKey&Version=2010-05-08'),
    };
    expect((await forward(createKey)).status).toBe(200);
    const otto = (await service.loginAs('otto')).token;
    const { id } = await service.startAppSession(otto, { app: 'aws', roleArn: arn('Reader') });
    const ask = (more: Partial<AwsCall>) => service.forward(otto, call({ ...createKey, appSessionId: id, ...more }));
    aws.received.length = 0;
    await expect(ask({})).rejects.toMatchObject({
      code: 'access_denied',
      message: expect.stringContaining('iam:CreateAccessKey') as string,
    });
    expect(aws.received).toEqual([]);
    expect((await ask({ body: Buffer.from('Action=ListRoles&Version=2010-05-08') })).status).toBe(200);
  });
});

describe('a presigned request', () => {
  it('is presigned again with the role’s keys, its own parameters untouched', async () => {
    await forward({ method: 'GET', query: 'versionId=a%2fb', presignedFor: 300, payloadHash: 'UNSIGNED-PAYLOAD' });
    const { url = '', headers = [], signatureMatches, accessKeyId } = atAws() ?? {};
    expect(url).toMatch(/^\/bucket\/key\?versionId=a%2fb&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA/);
    expect(url).toContain('X-Amz-Expires=300');
    expect({ signatureMatches, signed: headerValue(headers, 'authorization') }).toEqual({ signatureMatches: true });
    expect(accessKeyId).toMatch(/^ASIA/);
  });
});

describe('a custom upstream', () => {
  it.each([
    ['my.bucket.s3.eu-west-1.amazonaws.com', '/my.bucket/key'],
    ['bucket.s3.dualstack.us-east-1.amazonaws.com', '/bucket/key'],
    ['bucket.s3.amazonaws.com', '/bucket/key'],
    ['bucket.s3-us-west-2.amazonaws.com', '/bucket/key'],
    ['s3.us-east-1.amazonaws.com', '/key'],
  ])('is told the bucket in the path: %s', async (host, url) => {
    await forward({ method: 'GET', host, path: '/key' });
    expect(atAws()).toMatchObject({ url, signatureMatches: true });
  });
});

describe('signed chunks', () => {
  const payload = Buffer.alloc(200_000, 'p');
  const headers: Header[] = [
    ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'],
    ['x-amz-decoded-content-length', String(payload.length)],
    ['Content-Length', '200500'],
  ];
  const signedHeaders = headers.map(([name]) => name.toLowerCase());

  it('are made anew with the role’s keys', async () => {
    const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    await forward({ headers, signedHeaders, payloadHash, body: Readable.from([payload]) });
    expect(atAws()).toMatchObject({ signatureMatches: true, payload });
  });

  it('are made anew with their trailers, whether their length is known beforehand or not', async () => {
    for (const [name, value] of [
      ['x-amz-checksum-crc32', 'NhCmhg=='],
      ['x-amz-checksum-of-tomorrow', 'anything'],
    ] as const) {
      const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
      const withTrailer: Header[] = [
        ['x-amz-content-sha256', payloadHash],
        ...headers.slice(1),
        ['x-amz-trailer', name],
      ];
      const trailers = () => [[name, value] as const];
      const body = Readable.from([payload]);
      await forward({
        headers: withTrailer,
        signedHeaders: [...signedHeaders, 'x-amz-trailer'],
        payloadHash,
        body,
        trailers,
      });
      expect(atAws()).toMatchObject({ signatureMatches: true, payload, trailers: [[name, value]] });
    }
  });

  it('never reach AWS whole when the body breaks off', async () => {
    async function* breaking() {
      yield payload.subarray(0, 100_000);
      throw new Error('The signature of a chunk of the body does not match.');
    }
    const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const broken = forward({ headers, signedHeaders, payloadHash, body: Readable.from(breaking()) });
    await expect(broken).rejects.toThrow();
    expect(aws.received.filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});

describe('a chained role', () => {
  const assume = (parameters: Record<string, string>, more: Partial<AwsCall> = {}) =>
    forward({
      method: 'POST',
      path: '/',
      service: 'sts',
      host: 'sts.us-east-1.amazonaws.com',
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
        ['Accept-Encoding', 'gzip'],
      ],
      body: Buffer.from(new URLSearchParams({ Version: '2011-06-15', ...parameters }).toString()),
      ...more,
    });
  const deployer = { Action: 'AssumeRole', RoleArn: arn('Deployer'), RoleSessionName: 'from-terraform' };

  it('is answered with virtual credentials; those that AWS issued stay here', async () => {
    const reply = await assume(deployer);
    const xml = await answerOf(reply);
    const { chain } = reply;
    expect(xml).toContain(`<AccessKeyId>${chain?.accessKeyId}</AccessKeyId>`);
    expect(xml).toContain(`<SecretAccessKey>${chain?.secretAccessKey}</SecretAccessKey>`);
    expect(xml).toContain(`<SessionToken>${chain?.sessionToken}</SessionToken>`);
    expect(xml).toContain(`<Arn>${arn('Deployer')}</Arn>`);
    expect(JSON.stringify(reply) + xml).not.toMatch(/ASIA|secret-of|token-of/);
    expect(headerValue(reply.headers, 'content-length')).toBe(String(Buffer.byteLength(xml)));
    expect(headerValue(atAws()?.headers ?? [], 'accept-encoding')).toBeUndefined();
  });

  it('signs with its own keys, in every service and several levels deep', async () => {
    const first = (await assume(deployer)).chain;
    const firstKey = `ASIA${[...aws.secrets.keys()].filter((key) => key.startsWith('ASIA')).length}`;
    await forward({ method: 'GET', chainId: first?.id });
    expect(atAws()).toMatchObject({ accessKeyId: firstKey, signatureMatches: true });
    const second = (await assume(deployer, { chainId: first?.id })).chain;
    expect(second?.id).not.toBe(first?.id);
    expect(atAws()?.accessKeyId).toBe(firstKey);
    await forward({ method: 'GET', chainId: second?.id });
    expect(atAws()?.accessKeyId).not.toBe(firstKey);
    // Events are on their way to the disk when a call returns.
    await vi.waitFor(() => {
      const events = audited().filter(({ event }) => event === 'chained_role.assumed');
      expect(events.at(-1)).toMatchObject({ user: 'alice', target: arn('Deployer'), parentChainId: first?.id });
    }, patiently);
  });

  it('ends with the app session, and is nobody else’s', async () => {
    const { chain } = await assume(deployer);
    const other = await service.startAppSession(token, { app: 'aws', roleArn: arn('Deployer') });
    await expect(forward({ appSessionId: other.id, chainId: chain?.id })).rejects.toThrow(/chained role/);
    await service.endAppSession(token, appSessionId);
    await expect(forward({ chainId: chain?.id })).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('lives no longer than the app session', async () => {
    aws.lifetime = 1_000_000_000;
    const { chain } = await assume(deployer);
    aws.lifetime = 3_600_000;
    const [session] = (await service.appSessions(token)).filter(({ id }) => id === appSessionId);
    expect(chain?.expiresAt).toBe(session?.expiresAt);
  });

  it('must be allowed, whatever AWS would say', async () => {
    for (const name of ['Forbidden', 'SomethingElse']) {
      await expect(assume({ ...deployer, RoleArn: arn(name) })).rejects.toMatchObject({ code: 'access_denied' });
    }
    expect(aws.received.filter(({ accessKeyId }) => accessKeyId?.startsWith('ASIA'))).toEqual([]);
  });

  it('cannot be got round with a request that reads in two ways', async () => {
    const form = (text: string, more: Partial<AwsCall> = {}) => assume({}, { body: Buffer.from(text), ...more });
    const good = new URLSearchParams(deployer).toString();
    const hostile: Promise<AwsReply>[] = [
      form(`${good}&Action=GetCallerIdentity`),
      form(`${good}&RoleArn=${encodeURIComponent(arn('Reader'))}`),
      form('RoleSessionName=x', { query: `${good}&Action=AssumeRole` }),
      form(good, { headers: [['Content-Type', 'text/plain']] }),
      form(good, { body: Readable.from([Buffer.from(good)]), payloadHash: 'UNSIGNED-PAYLOAD' }),
      form(good, { service: 'STS', query: 'Action=GetCallerIdentity' }),
    ];
    for (const attempt of hostile) await expect(attempt).rejects.toMatchObject({ code: 'bad_input' });
  });

  it.each(['GetSessionToken', 'GetFederationToken', 'AssumeRoot'])('is not to be had by %s', async (action) => {
    await expect(assume({ Action: action })).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('is also what an S3 Express session is', async () => {
    const host = 'bucket--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com';
    const express = { service: 's3express', host, path: '/', method: 'GET' };
    const reply = await forward({ ...express, query: 'session' });
    expect(await answerOf(reply)).not.toMatch(/ASIA|secret-of|token-of/);
    await forward({
      ...express,
      path: '/key',
      chainId: reply.chain?.id,
      headers: [['x-amz-s3session-token', 'virtual']],
    });
    const { headers = [], signatureMatches } = atAws() ?? {};
    expect(headerValue(headers, 'x-amz-s3session-token')).toMatch(/^token-of-ASIA/);
    expect(headerValue(headers, 'x-amz-security-token')).toBeUndefined();
    expect(signatureMatches).toBe(true);
    await expect
      .poll(() => readFileSync(join(stateDir, 'audit.jsonl'), 'utf8'))
      .toMatch(new RegExp(`"event":"express_session.started","user":"alice".*"chainId":"${reply.chain?.id}"`));
  });

  it('is not passed on when AWS’s answer cannot be read for certain', async () => {
    const { readIssued } = await import('./issued-credentials.ts');
    const answers = [
      '{"AssumeRoleResponse":{}}',
      '<A><AccessKeyId>ASIA1</AccessKeyId></A>',
      '<A><AccessKeyId>A</AccessKeyId><AccessKeyId>B</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-01-01T00:00:00Z</Expiration></A>',
    ];
    for (const body of answers) {
      await expect(readIssued({ status: 200, headers: [], body: Buffer.from(body) })).rejects.toThrow(/a form that/);
    }
  });
});

function audited() {
  const lines = readFileSync(join(stateDir, 'audit.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
