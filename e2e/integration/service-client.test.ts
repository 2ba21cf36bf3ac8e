import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcessServiceClient } from '../../src-main/service-client/in-process.ts';
import { createSandboxService } from '../../src-main/service-client/in-process-sandbox.ts';
import { probeService } from '../../src-main/service-client/probe.ts';
import { remoteServiceClient } from '../../src-main/service-client/remote.ts';
import type { ServiceClient } from '../../src-main/service-client/service-client.ts';
import { type Sandbox, startSandbox } from '../../src-sandbox/sandbox.ts';
import type { AppService } from '../../src-service/app-service.ts';
import { selfMadeCertificate } from '../../src-service/http/certificate.ts';
import { type ServiceServer, startServiceServer } from '../../src-service/http/server.ts';
import { Cancellation } from '../../src-shared/cancellation.ts';
import { type AwsCall, type AwsReply, headerValue } from '../../src-shared/contracts/aws-call.ts';
import type { ServiceEvent } from '../../src-shared/contracts/service-api.ts';
import { preparedDir } from './prepared-data.ts';
import { alice, bob, exampleRole } from './test-engine.ts';

const version = '0.1.0';
const folder = mkdtempSync(join(tmpdir(), 'rolegate-conformance-'));
let sandbox: Sandbox;
let service: AppService;
let server: ServiceServer;
let caPem: string;
let url: string;

beforeAll(async () => {
  sandbox = await startSandbox({ stateDir: join(folder, 'aws'), preparedDir });
  service = await createSandboxService(sandbox, { stateDir: join(folder, 'service'), version });
  const { caFile, ...tls } = await selfMadeCertificate(folder, { dns: ['localhost'], ip: ['127.0.0.1'] }, Date.now());
  caPem = readFileSync(caFile, 'utf8');
  server = await startServiceServer({ service, tls, port: 0 });
  url = `https://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  await service.close();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function textOf(reply: AwsReply): Promise<string> {
  if (reply.body instanceof Uint8Array) return Buffer.from(reply.body).toString();
  const chunks: Buffer[] = [];
  for await (const chunk of reply.body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function dynamoDb(appSessionId: string, action: string, body: string): AwsCall {
  return {
    requestId: 'request-1',
    appSessionId,
    method: 'POST',
    path: '/',
    query: '',
    headers: [
      ['content-type', 'application/x-amz-json-1.0'],
      ['x-amz-target', `DynamoDB_20120810.${action}`],
      ['content-length', String(Buffer.byteLength(body))],
    ],
    signedHeaders: ['content-type', 'x-amz-target'],
    service: 'dynamodb',
    region: 'us-east-1',
    host: 'dynamodb.us-east-1.amazonaws.com',
    body: Buffer.from(body),
  };
}

/** The bundled service and one over TLS are the same to whoever uses them. */
describe.each([
  ['in this process', () => inProcessServiceClient(service)],
  ['over TLS', () => remoteServiceClient({ url, trust: { caPem }, version })],
] as [string, () => ServiceClient][])('an app-service %s', (name, create) => {
  let client: ServiceClient;
  let token: string;
  let session: string;

  beforeAll(async () => {
    client = create();
    token = (await client.login(alice)).token;
    session = (await client.startAppSession(token, { app: 'aws', roleArn: exampleRole })).id;
  });
  afterAll(async () => {
    if (name === 'over TLS') await client.close();
  });

  it('tells what it is', async () => {
    expect(await client.info()).toMatchObject({
      cluster: 'sandbox',
      version,
      sandbox: { users: [alice, { user: 'bob' }] },
    });
  });

  it('tells at once what happens to a login, until it ends', async () => {
    const own = (await client.login(alice)).token;
    const { id } = await client.startAppSession(own, { app: 'aws', roleArn: exampleRole });
    const events: ServiceEvent[] = [];
    const watched = client.watch(own, (event) => events.push(event), new AbortController().signal);
    await expect.poll(() => events).toEqual([{ event: 'alive' }]);
    await client.endAppSession(own, id);
    const text = 'kind: role\nversion: v8\nmetadata: {name: new-one}\nspec: {}\n';
    await client.writeResources(own, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });
    await expect
      .poll(() => events.slice(1))
      .toEqual([{ event: 'app_session_ended', id, reason: 'you have ended it.' }, { event: 'access_changed' }]);
    await client.deleteResource(own, { kind: 'role', name: 'new-one' });
    await client.logout(own);
    await watched;
    expect(events.at(-1)).toEqual({
      event: 'login_ended',
      message: 'Your login has ended: you have logged out.',
      hint: 'Log in again.',
    });
    await expect(client.user(own)).rejects.toMatchObject({ message: 'Your login has ended: you have logged out.' });
  });

  it('takes requests for access, and decisions on them from others', async () => {
    const text = `{kind: role, version: v8, metadata: {name: on-call}, spec: {allow: {request: {app_labels: {'*': '*'}, aws_role_arns: ['${exampleRole}']}}}}
---
{kind: user, version: v2, metadata: {name: bob}, spec: {roles: [on-call]}}
---
{kind: user, version: v2, metadata: {name: carol}, spec: {roles: [reviewer]}}`;
    await client.writeResources(token, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });
    const asker = (await client.login(bob)).token;
    const decider = (await service.loginAs('carol')).token;
    const wanted = { app: 'aws', roleArn: exampleRole, reason: 'OPS-7', duration: 3_600_000 };
    const { id } = await client.createAccessRequest(asker, wanted);
    expect((await client.apps(asker))[0]).toMatchObject({ roles: [], requestable: [{ role: { arn: exampleRole } }] });
    expect((await client.accessRequests(decider)).requests[0]).toMatchObject({ id, user: 'bob', mayReview: true });
    await expect(client.resolveAccessRequest(asker, { id, decision: 'approve' })).rejects.toMatchObject({
      code: 'access_denied',
    });
    const resolved = await client.resolveAccessRequest(decider, { id, decision: 'approve', reason: 'fine' });
    expect(resolved).toMatchObject({ state: 'approved', resolvedBy: 'carol', resolveReason: 'fine' });
    expect((await client.apps(asker))[0]).toMatchObject({ roles: [{ arn: exampleRole }] });
    expect(await client.withdrawAccessRequest(asker, { id })).toMatchObject({ state: 'withdrawn' });
    for (const wrong of ['', 'x']) {
      await expect(client.accessRequests(wrong)).rejects.toMatchObject({ code: 'needs_login' });
      await expect(client.createAccessRequest(wrong, wanted)).rejects.toMatchObject({ code: 'needs_login' });
    }
    // Bob is again who he was at first.
    for (const one of ['bob', 'carol']) await client.deleteResource(token, { kind: 'user', name: one });
  });

  it('tells nobody without a token, and not without end', async () => {
    const never = new AbortController().signal;
    await expect(client.watch('x', () => undefined, never)).rejects.toMatchObject({ code: 'needs_login' });
    const own = (await client.login(alice)).token;
    const stop = new AbortController();
    let connected = 0;
    const watches = Array.from({ length: 16 }, () =>
      client.watch(own, ({ event }) => void (event === 'alive' && connected++), stop.signal),
    );
    await expect.poll(() => connected).toBe(16);
    await expect(client.watch(own, () => undefined, never)).rejects.toMatchObject({ code: 'limit' });
    stop.abort();
    await Promise.all(watches);
    const again = new AbortController();
    // Those that are gone make room.
    await expect
      .poll(() =>
        client
          .watch(own, () => again.abort(), again.signal)
          .then(
            () => 'watched',
            (error) => error.code,
          ),
      )
      .toBe('watched');
  });

  it('tells who one is, and nobody without a token', async () => {
    expect(await client.user(token)).toMatchObject({
      name: 'alice',
      roles: ['aws-dynamodb-access', 'editor', 'auditor'],
    });
    for (const wrong of ['', 'x', `${token}x`]) {
      await expect(client.user(wrong)).rejects.toMatchObject({ code: 'needs_login', needsLogin: true });
    }
  });

  it('refuses wrong passwords and roles with the same words', async () => {
    await expect(client.login({ ...alice, password: 'x' })).rejects.toMatchObject({
      code: 'access_denied',
      message: 'The user name or the password is wrong.',
    });
    await expect(client.startAppSession(token, { app: 'aws', roleArn: `${exampleRole}x` })).rejects.toMatchObject({
      code: 'access_denied',
      hint: expect.stringContaining('None of the roles of alice'),
    });
  });

  it('lists apps and app sessions', async () => {
    expect((await client.apps(token))[0]?.roles).toHaveLength(2);
    expect((await client.appSessions(token)).map(({ id }) => id)).toContain(session);
  });

  it('forwards a request and streams the answer back', async () => {
    const reply = await client.forward(token, dynamoDb(session, 'ListTables', '{}'));
    expect(reply.status).toBe(200);
    expect(headerValue(reply.headers, 'content-type')).toContain('application/x-amz-json-1.0');
    expect(await textOf(reply)).toContain('"Music"');
  });

  it('brings AWS’s own errors as they are', async () => {
    const reply = await client.forward(token, dynamoDb(session, 'DescribeTable', '{"TableName":"Nowhere"}'));
    expect(reply.status).toBe(400);
    expect(await textOf(reply)).toContain('ResourceNotFoundException');
  });

  it('takes a body that streams, with the hash that was declared', async () => {
    const call = dynamoDb(session, 'ListTables', '{}');
    const hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    const reply = await client.forward(token, { ...call, body: Readable.from([Buffer.from('{}')]), payloadHash: hash });
    expect(await textOf(reply)).toContain('"Music"');
  });

  it('refuses sessions and hosts that are not allowed', async () => {
    await expect(client.forward(token, dynamoDb('no-such-session', 'ListTables', '{}'))).rejects.toMatchObject({
      code: 'session_expired',
    });
    const elsewhere = { ...dynamoDb(session, 'ListTables', '{}'), host: 'evil.tld' };
    await expect(client.forward(token, elsewhere)).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('is told of requests that a gateway has refused, of own app sessions only', async () => {
    const report = { requestId: `refused-${name.replace(/\W/g, '-')}`, refusal: 'clock_skew' } as const;
    await client.reportRefusal(token, { ...report, appSessionId: session });
    await expect(client.reportRefusal(token, { ...report, appSessionId: 'no-such-session' })).rejects.toMatchObject({
      code: 'session_expired',
    });
    await client.auditHead(token);
    const filter = { request: report.requestId };
    const { lines } = await client.queryAudit(token, { filter, order: 'newest', limit: 10 });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ event: 'aws.request_refused', user: 'alice' }]);
  });

  it('can be interrupted', async () => {
    const cancellation = new Cancellation();
    const reply = client.forward(token, dynamoDb(session, 'Scan', '{"TableName":"Orders"}'), cancellation);
    cancellation.cancel(new Error('enough'));
    await expect(reply).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('makes console links', async () => {
    const { url: link } = await client.consoleUrl(token, session, { region: 'ca-central-1' });
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/federation\?Action=login/);
  });

  it('administers, for those who may', async () => {
    const role = (name: string) => `kind: role\nversion: v8\nmetadata: {name: "${name}"}\nspec: {}\n`;
    // A name may hold anything that is not a control character; over HTTP it must come back the same.
    const roleName = `größe/ä %2F? ${name}`;
    const files = [{ file: 'x.yaml', text: role(roleName) }];
    expect(await client.writeResources(token, { files, mode: 'create' })).toEqual([
      { kind: 'role', name: roleName, action: 'created' },
    ]);
    const { resources } = await client.showResources(token, { kind: 'roles', name: roleName });
    expect(resources[0]).toMatchObject({ origin: 'stored', document: { metadata: { name: roleName } } });
    expect((await client.showResources(token, { kind: 'users' })).resources.map(({ origin }) => origin)).toContain(
      'default',
    );
    await expect(
      client.writeResources(token, { files: [{ file: 'y.yaml', text: 'kind: rol' }], mode: 'create' }),
    ).rejects.toMatchObject({
      code: 'bad_input',
      message: 'y.yaml:1:1: There is no kind "rol". Did you mean role?',
    });
    await client.deleteResource(token, { kind: 'role', name: roleName });
    expect((await client.ownRules(token))['event']).toContain('list');
    const draft = { file: 'draft', text: role(`${roleName}x`).replace('spec', 'spce') };
    expect((await client.checkResources(token, draft)).problems[0]).toMatchObject({ field: 'spec' });
    const lock = 'kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: bob}}\n';
    expect(await client.previewResources(token, { file: 'draft', text: lock })).toMatchObject({
      writes: [{ kind: 'lock', name: 'l', action: 'create' }],
      assume: [{ change: 'loses', user: 'bob' }],
    });
    const question = { user: 'bob', app: 'aws', roleArn: 'arn:aws:iam::123456789000:role/role_for_bob' };
    expect((await client.explainAccess(token, question)).decision).toMatchObject({ allowed: true });
    expect((await client.explainAccess(token, { ...question, roleArn: exampleRole })).decision).toMatchObject({
      allowed: false,
    });
    expect((await client.accessMatrix(token, { user: 'bob' })).rows).toHaveLength(1);
    const head = await client.auditHead(token);
    const { lines } = await client.queryAudit(token, { filter: { event: 'resource' }, order: 'newest', limit: 2 });
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['resource.deleted', 'resource.created']);
    expect(JSON.parse(lines[0] ?? '').hash).toBe(head.hash);
    const { logins } = await client.logins(token, { user: 'alice' });
    expect(logins.flatMap(({ appSessions }) => appSessions).map(({ id }) => id)).toContain(
      Buffer.from(session, 'base64url').toString('hex'),
    );
  });

  it('administers nothing for others', async () => {
    const bob = (await client.login({ user: 'bob', password: 'sandcastle' })).token;
    const files = [
      { file: 'x.yaml', text: 'kind: user\nversion: v2\nmetadata: {name: bob}\nspec: {roles: [editor]}\n' },
    ];
    for (const attempt of [
      () => client.writeResources(bob, { files, mode: 'upsert' }),
      () => client.showResources(bob, { kind: 'user' }),
      () => client.checkResources(bob, { file: 'x', text: files[0]?.text ?? '' }),
      () => client.previewResources(bob, { file: 'x', text: files[0]?.text ?? '' }),
      () => client.deleteResource(bob, { kind: 'user', name: 'alice' }),
      () => client.explainAccess(bob, { user: 'bob', app: 'aws', roleArn: exampleRole }),
      () => client.accessMatrix(bob, {}),
      () => client.queryAudit(bob, { filter: {}, order: 'newest', limit: 1 }),
      () => client.auditHead(bob),
      () => client.logins(bob, {}),
      () => client.endSessions(bob, { user: 'alice' }),
      () => client.resetUser(bob, { user: 'alice', lifetime: 3_600_000 }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'access_denied',
        hint: expect.stringMatching(/editor|auditor/),
      });
    }
    expect(await client.ownRules(bob)).toEqual({});
    for (const wrong of ['', 'x'.repeat(43)]) {
      await expect(client.showResources(wrong, { kind: 'user' })).rejects.toMatchObject({ code: 'needs_login' });
    }
  });

  it('begins accounts by invitation, with an authenticator', async () => {
    const user = name === 'over TLS' ? 'tess' : 'pat';
    const text = `kind: user\nversion: v2\nmetadata: {name: ${user}}\nspec: {roles: [access]}\n`;
    await client.writeResources(token, { files: [{ file: 'x.yaml', text }], mode: 'create' });
    const { token: invitation } = await client.resetUser(token, { user, lifetime: 3_600_000 });
    expect(await client.lookAtInvitation({ invitation })).toMatchObject({ user, secondFactor: 'optional' });
    const grant = await client.acceptInvitation({ invitation, password: 'correct horse battery' });
    await client.changePassword(grant.token, { password: 'correct horse battery', newPassword: 'staple of horses' });
    const { secret, url: address } = await client.newAuthenticator(grant.token);
    expect(address).toContain(secret);
    await expect(
      client.addAuthenticator(grant.token, { password: 'staple of horses', secret, code: '000000' }),
    ).rejects.toMatchObject({ code: 'access_denied', message: 'The code is wrong.' });
    await expect(client.removeAuthenticator(grant.token, { password: 'wrong', code: '000000' })).rejects.toMatchObject({
      code: 'access_denied',
    });
  });

  it('ends app sessions and logins', async () => {
    const { token: other } = await client.login(alice);
    const { id } = await client.startAppSession(other, { app: 'aws', roleArn: exampleRole });
    await client.endAppSession(other, id);
    await expect(client.endAppSession(other, id)).rejects.toMatchObject({ code: 'session_expired' });
    await client.logout(other);
    await expect(client.user(other)).rejects.toMatchObject({ code: 'needs_login' });
    expect((await client.user(token)).name).toBe('alice');
  });
});

describe('an app-service over TLS', () => {
  it('is trusted by a CA file or a fingerprint, and not otherwise', async () => {
    const probe = await probeService(url, {}, version);
    expect(probe).toMatchObject({ trusted: false, cluster: 'sandbox', url });
    expect(await probeService(`127.0.0.1:${server.port}`, { caPem }, version)).toMatchObject({ trusted: true });
    const ask = async (trust: { caPem?: string; fingerprint?: string }) => {
      const client = remoteServiceClient({ url, trust, version });
      try {
        return await client.info();
      } finally {
        await client.close();
      }
    };
    await expect(ask({})).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('is not trusted'),
    });
    await expect(ask({ fingerprint: '00'.repeat(32) })).rejects.toThrow('is not trusted');
    for (const spelling of [probe.fingerprint, `sha256:${probe.fingerprint?.replaceAll(':', '').toLowerCase()}`]) {
      expect(await ask({ fingerprint: spelling ?? '' })).toMatchObject({ cluster: 'sandbox' });
    }
  });

  it('is refused when it is too old a client, and says so', async () => {
    const client = remoteServiceClient({ url, trust: { caPem }, version: '0.0.1' });
    await expect(client.info()).rejects.toMatchObject({ code: 'bad_input', hint: 'Update Rolegate.' });
    await client.close();
  });

  it('that is none, or is not there, gives a sentence', async () => {
    const aws = remoteServiceClient({ url: 'https://127.0.0.1:1', trust: {}, version });
    await expect(aws.info()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The app-service at 127.0.0.1:1 cannot be reached.',
    });
    await aws.close();
    for (const address of ['http://127.0.0.1', 'ftp://x', 'https://user:pw@host', '', 'not an address']) {
      await expect(probeService(address, {}, version)).rejects.toMatchObject({ code: 'bad_input' });
    }
  });
});
