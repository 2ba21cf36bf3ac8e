import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCall, headerValue } from '../src-shared/contracts/aws-call.ts';
import type { AppService } from './app-service.ts';
import { createAppService } from './create-app-service.ts';
import { loadResources } from './resources/load-resources.ts';
import { type FakeAws, startFakeAws } from './testing/fake-aws.ts';
import { oneApp } from './testing/test-service.ts';

const example = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
const forBob = 'arn:aws:iam::123456789000:role/role_for_bob';
const documents = `
kind: role
version: v5
metadata: {name: aws-dynamodb-access}
spec:
  allow:
    app_labels: {'*': '*'}
    aws_role_arns: ['{{internal.aws_role_arns}}']
---
kind: user
version: v2
metadata: {name: alice}
spec:
  roles: [aws-dynamodb-access]
  traits: {aws_role_arns: ['${example}']}
---
kind: user
version: v2
metadata: {name: bob}
spec:
  roles: [aws-dynamodb-access]
  traits: {aws_role_arns: ['${forBob}']}
---
kind: user
version: v2
metadata: {name: auditor}
spec: {roles: [auditor]}
`;

const stateDir = mkdtempSync(join(tmpdir(), 'rolegate-service-'));
let aws: FakeAws;
let service: AppService;
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
  await service.setPassword('alice', 'alice-password');
  await service.setPassword('ghost', 'ghost-password');
});
beforeEach(() => {
  aws.received.length = 0;
  aws.refuse = undefined;
  time = Date.now();
});
afterAll(async () => {
  await service.close();
  await aws.close();
  rmSync(stateDir, { recursive: true });
});

async function aliceSession() {
  const { token } = await service.login({ user: 'alice', password: 'alice-password' });
  const session = await service.startAppSession(token, { app: 'aws', roleArn: example });
  return { token, session };
}

function call(appSessionId: string, more: Partial<AwsCall> = {}): AwsCall {
  return {
    requestId: 'request-1',
    appSessionId,
    method: 'POST',
    path: '/',
    query: '',
    headers: [
      ['Content-Type', 'application/x-amz-json-1.0'],
      ['X-Amz-Target', 'DynamoDB_20120810.ListTables'],
      ['User-Agent', 'test'],
    ],
    signedHeaders: ['content-type', 'x-amz-target'],
    service: 'dynamodb',
    region: 'us-east-1',
    host: 'dynamodb.us-east-1.amazonaws.com',
    body: Buffer.from('{}'),
    ...more,
  };
}

/** All events so far, as they stand in the audit file. */
async function auditEvents() {
  // What has been recorded is in the file once its end can be signed.
  const { token } = await service.loginAs('auditor');
  await service.auditHead(token);
  return readFileSync(join(stateDir, 'audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('logging in', () => {
  it('needs the right password of a user who is in the documents', async () => {
    const grant = await service.login({ user: 'alice', password: 'alice-password' });
    expect(grant.user).toMatchObject({ name: 'alice', roles: ['aws-dynamodb-access'], cluster: 'test' });
    for (const wrong of [
      { user: 'alice', password: 'wrong' },
      { user: 'nobody', password: 'alice-password' },
      { user: 'ghost', password: 'ghost-password' },
    ]) {
      await expect(service.login(wrong)).rejects.toMatchObject({ code: 'access_denied' });
    }
  });

  it('ends with the logout, app sessions included', async () => {
    const { token, session } = await aliceSession();
    await service.logout(token);
    await expect(service.user(token)).rejects.toMatchObject({ code: 'needs_login' });
    const { token: again } = await service.login({ user: 'alice', password: 'alice-password' });
    await expect(service.forward(again, call(session.id))).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('is over after twelve hours', async () => {
    const { token, session } = await aliceSession();
    time += 12 * 3_600_000;
    await expect(service.forward(token, call(session.id))).rejects.toMatchObject({ code: 'needs_login' });
  });
});

describe('IAM roles', () => {
  it('are listed for whom they are', async () => {
    const { token } = await service.login({ user: 'alice', password: 'alice-password' });
    const [app] = await service.apps(token);
    expect(app?.roles).toEqual([
      { arn: example, name: 'ExampleTeleportDynamoDBRole', path: '/', accountId: '123456789000', partition: 'aws' },
    ]);
  });

  it('are refused to everybody else, whatever the client sends', async () => {
    const { token } = await service.login({ user: 'alice', password: 'alice-password' });
    for (const roleArn of [forBob, `${example}x`, '*', '', 'arn:aws:iam:123456789000:role/role_for_alice']) {
      await expect(service.startAppSession(token, { app: 'aws', roleArn })).rejects.toMatchObject({
        code: expect.stringMatching(/access_denied|bad_input/),
      });
    }
    await expect(service.startAppSession(token, { app: 'other', roleArn: example })).rejects.toThrow(
      'no app named other',
    );
    const bob = await service.loginAs('bob');
    const { session } = await aliceSession();
    await expect(service.forward(bob.token, call(session.id))).rejects.toMatchObject({ code: 'session_expired' });
    await expect(service.consoleUrl(bob.token, session.id, {})).rejects.toMatchObject({ code: 'session_expired' });
    await expect(service.endAppSession(bob.token, session.id)).rejects.toMatchObject({ code: 'session_expired' });
    expect(aws.received).toEqual([]);
  });
});

describe('a forwarded request', () => {
  it('is signed anew with the keys of the role, assumed as the user', async () => {
    const { token, session } = await aliceSession();
    const reply = await service.forward(token, call(session.id));
    expect(reply.status).toBe(200);
    expect(reply.headers).toContainEqual(['X-Amzn-RequestId', 'from-aws']);
    const [assume, request] = aws.received;
    expect(assume).toMatchObject({ accessKeyId: 'AKIASERVICE', signatureMatches: true });
    const form = new URLSearchParams(assume?.body.toString());
    expect(form.get('RoleArn')).toBe(example);
    expect(form.get('RoleSessionName')).toBe('alice');
    expect(request?.accessKeyId).toMatch(/^ASIA/);
    expect(request?.signatureMatches).toBe(true);
    expect(headerValue(request?.headers ?? [], 'x-amz-security-token')).toMatch(/^token-of-ASIA/);
    expect(headerValue(request?.headers ?? [], 'user-agent')).toBe('test');
  });

  it('carries nothing that the client could smuggle in', async () => {
    const { token, session } = await aliceSession();
    const headers = [
      ...call('x').headers,
      ['Authorization', 'AWS4-HMAC-SHA256 forged'],
      ['X-Amz-Security-Token', 'forged'],
      ['X-Amz-Date', '20200101T000000Z'],
      ['X-Forwarded-Host', 'evil.tld'],
      ['Host', 'evil.tld'],
      ['Connection', 'keep-alive'],
      ['Proxy-Authorization', 'secret'],
    ] as const;
    await service.forward(
      token,
      call(session.id, { headers, signedHeaders: ['host', 'x-forwarded-host', 'authorization', 'x-amz-target'] }),
    );
    const sent = aws.received.at(-1);
    expect(sent?.signatureMatches).toBe(true);
    expect(JSON.stringify(sent?.headers)).not.toMatch(/forged|evil|20200101|Proxy/);
  });

  it('goes to AWS hosts only, and only to those of its service', async () => {
    const { token, session } = await aliceSession();
    for (const host of [
      'evil.tld',
      's3.amazonaws.com.evil.tld',
      'dynamodb.us-east-1.amazonaws.com:8443',
      '127.0.0.1',
    ]) {
      await expect(service.forward(token, call(session.id, { host }))).rejects.toThrow('is not an AWS endpoint');
    }
    await expect(service.forward(token, call(session.id, { host: 's3.amazonaws.com' }))).rejects.toThrow(
      'does not take',
    );
    expect(aws.received).toEqual([]);
  });

  it('asks STS once for however many requests, and anew when the keys run out', async () => {
    const { token, session } = await aliceSession();
    const assumed = () => aws.received.filter((one) => one.body.toString().includes('Action=AssumeRole')).length;
    // The keys of earlier tests are still good.
    time += 59 * 60_000 + 30_000;
    await Promise.all(Array.from({ length: 20 }, () => service.forward(token, call(session.id))));
    expect(assumed()).toBe(1);
  });

  it('says which principal may not assume which role', async () => {
    time += 2 * 3_600_000;
    const { token, session } = await aliceSession();
    aws.refuse = {
      code: 'AccessDenied',
      message: `User: arn:aws:sts::111122223333:assumed-role/Host/i-1 is not authorized to perform: sts:AssumeRole on resource: ${example}`,
    };
    await expect(service.forward(token, call(session.id))).rejects.toMatchObject({
      code: 'access_denied',
      message: 'arn:aws:iam::111122223333:role/Host may not assume the role ExampleTeleportDynamoDBRole.',
      hint: expect.stringContaining('trust policy'),
    });
  });
});

describe('the console', () => {
  it('opens at the app, in the region that was asked for', async () => {
    const { token, session } = await aliceSession();
    const grant = await service.consoleUrl(token, session.id, { region: 'eu-west-1', page: 'dynamodbv2/home' });
    const url = new URL(grant.url);
    expect(url.origin).toBe(aws.origin);
    expect(url.searchParams.get('SigninToken')).toBe('signin-token');
    expect(url.searchParams.get('Destination')).toBe('https://console.aws.amazon.com/dynamodbv2/home?region=eu-west-1');
    const asked = new URL(aws.received.at(-1)?.url ?? '', aws.origin);
    expect(asked.searchParams.get('SessionDuration')).toBe('3600');
    expect(JSON.parse(asked.searchParams.get('Session') ?? '')).toMatchObject({
      sessionId: expect.stringMatching(/^ASIA/),
    });
  });

  it('is refused when less than 15 minutes are left', async () => {
    const { token, session } = await aliceSession();
    time += 12 * 3_600_000 - 5 * 60_000;
    await expect(service.consoleUrl(token, session.id, {})).rejects.toThrow('your session has 5 left');
  });
});

describe('the audit file', () => {
  it('has who did what, and no secret', async () => {
    const { token, session } = await aliceSession();
    await service.forward(token, call(session.id, { requestId: 'find-me' }));
    await service.endAppSession(token, session.id);
    const events = await auditEvents();
    expect(events.find((event) => event['requestId'] === 'find-me')).toMatchObject({
      event: 'aws.request',
      user: 'alice',
      success: true,
      roleArn: example,
      aws: { service: 'dynamodb', action: 'dynamodb:ListTables', region: 'us-east-1', status: 200 },
    });
    const kinds = new Set(events.map((event) => event['event']));
    for (const kind of [
      'login.succeeded',
      'login.failed',
      'logout',
      'app_session.started',
      'app_session.ended',
      'app_session.denied',
      'console.launched',
    ]) {
      expect(kinds).toContain(kind);
    }
    const text = JSON.stringify(events);
    for (const secret of ['service-secret', 'secret-of-', 'token-of-', 'alice-password', token, 'signin-token']) {
      expect(text).not.toContain(secret);
    }
  });
});
