import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../testing/test-service.ts';

const arn = (name: string) => `arn:aws:iam::123456789000:role/${name}`;
const documents = `
kind: role
version: v8
metadata: {name: dev}
spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('Reader')}'], request: {aws_role_arns: ['${arn('Admin')}', '${arn('Billing')}'], max_duration: 2h}}}
---
kind: role
version: v8
metadata: {name: lead}
spec: {allow: {review_requests: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('Admin')}']}}}
---
{kind: user, version: v2, metadata: {name: alice}, spec: {roles: [dev, lead]}}
---
{kind: user, version: v2, metadata: {name: bob}, spec: {roles: [lead]}}
---
{kind: user, version: v2, metadata: {name: carol}, spec: {roles: [reviewer]}}
---
{kind: user, version: v2, metadata: {name: eve}, spec: {roles: [dev]}}
---
{kind: user, version: v2, metadata: {name: admin}, spec: {roles: [editor, auditor]}}
`;
const hour = 3_600_000;

let test: TestService;
let tokens: Record<'alice' | 'bob' | 'carol' | 'eve' | 'admin', string>;

beforeEach(async () => {
  test = await startTestService(documents);
  const login = async (name: string) => (await test.service.loginAs(name)).token;
  const [alice, bob, carol, eve, admin] = await Promise.all(['alice', 'bob', 'carol', 'eve', 'admin'].map(login));
  tokens = { alice, bob, carol, eve, admin } as typeof tokens;
  return () => test.close();
});

const ask = (token: string, more = {}) =>
  test.service.createAccessRequest(token, {
    app: 'aws',
    roleArn: arn('Admin'),
    reason: 'Deploy',
    duration: hour,
    ...more,
  });
const resolve = (token: string, id: string, decision: 'approve' | 'deny' = 'approve') =>
  test.service.resolveAccessRequest(token, { id, decision, reason: 'Fine' });
const list = async (token: string) => (await test.service.accessRequests(token)).requests;
const start = (token: string, name = 'Admin') =>
  test.service.startAppSession(token, { app: 'aws', roleArn: arn(name) });
const rolesOf = async (token: string) => {
  const [app] = await test.service.apps(token);
  return { has: app?.roles.map(({ name }) => name), mayAsk: app?.requestable?.map(({ role }) => role.name) };
};
const write = (text: string) =>
  test.service.writeResources(tokens.admin, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });

describe('asking for access', () => {
  it('gives the role once somebody else has approved, until its time is over', async () => {
    expect(await rolesOf(tokens.alice)).toEqual({ has: ['Reader'], mayAsk: ['Admin', 'Billing'] });
    const { id } = await ask(tokens.alice);
    await expect(start(tokens.alice)).rejects.toMatchObject({ code: 'access_denied' });
    expect(await list(tokens.bob)).toMatchObject([
      { id, user: 'alice', reason: 'Deploy', state: 'pending', mayReview: true, isMine: false },
    ]);
    const approved = await resolve(tokens.bob, id);
    expect(approved).toMatchObject({
      state: 'approved',
      resolvedBy: 'bob',
      resolveReason: 'Fine',
      expiresAt: test.clock.now + hour,
    });
    expect(await rolesOf(tokens.alice)).toEqual({ has: ['Admin', 'Reader'], mayAsk: ['Billing'] });
    const session = await start(tokens.alice);
    expect(session.expiresAt).toBe(test.clock.now + hour);
    test.clock.now += hour;
    await expect(start(tokens.alice)).rejects.toMatchObject({ code: 'access_denied' });
    expect(await rolesOf(tokens.alice)).toEqual({ has: ['Reader'], mayAsk: ['Admin', 'Billing'] });
    expect(await list(tokens.alice)).toMatchObject([{ id, state: 'expired' }]);
  });

  it('ends by itself, cuts what runs, and tells, without anybody doing anything', async () => {
    test.clock.now = Date.now();
    const { id } = await ask(tokens.alice, { duration: 60_000 });
    await resolve(tokens.bob, id);
    test.clock.now += 59_800;
    await write('{kind: role, version: v8, metadata: {name: other}, spec: {}}');
    const session = await start(tokens.alice);
    const events: string[] = [];
    const stop = new AbortController();
    const watched = test.service.watch(tokens.alice, ({ event }) => events.push(event), stop.signal);
    // The timer was set for the rest of the time.
    await expect
      .poll(
        () => {
          test.clock.now += 50;
          return events;
        },
        { timeout: 5_000 },
      )
      .toContain('app_session_ended');
    stop.abort();
    await watched;
    await expect(test.service.consoleUrl(tokens.alice, session.id, {})).rejects.toMatchObject({
      code: 'session_expired',
    });
  });

  it('ends at once when it is given back, when the role may no longer be asked for, and when an administrator deletes it', async () => {
    const endings = [
      (id: string) => test.service.withdrawAccessRequest(tokens.alice, { id }),
      (id: string) => test.service.deleteResource(tokens.admin, { kind: 'access_request', name: id }),
      () =>
        write(
          `{kind: role, version: v8, metadata: {name: dev}, spec: {allow: {app_labels: {'*': '*'}, aws_role_arns: ['${arn('Reader')}']}}}`,
        ),
    ];
    for (const end of endings) {
      const { id } = await ask(tokens.alice);
      await resolve(tokens.bob, id);
      const session = await start(tokens.alice);
      await end(id);
      await expect
        .poll(async () => (await test.service.appSessions(tokens.alice)).map((one) => one.id))
        .not.toContain(session.id);
      await expect(start(tokens.alice)).rejects.toMatchObject({ code: 'access_denied' });
    }
  });

  it('is nothing to decide on for oneself, for those without a role for it, and twice', async () => {
    const { id } = await ask(tokens.alice);
    await expect(resolve(tokens.alice, id)).rejects.toMatchObject({
      code: 'access_denied',
      message: 'Nobody decides on a request of their own.',
    });
    // Alice decides on requests for this very role, but it is not offered to her on her own.
    expect(await list(tokens.alice)).toMatchObject([{ id, isMine: true, mayReview: false }]);
    expect(await list(tokens.bob)).toMatchObject([{ id, isMine: false, mayReview: true }]);
    await expect(resolve(tokens.admin, id)).rejects.toMatchObject({ code: 'access_denied' });
    // Whose business it is not, does not even learn that it is there.
    await expect(resolve(tokens.eve, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await list(tokens.eve)).toEqual([]);
    await expect(test.service.withdrawAccessRequest(tokens.bob, { id })).rejects.toMatchObject({
      code: 'access_denied',
    });
    const results = await Promise.allSettled([resolve(tokens.bob, id, 'deny'), resolve(tokens.carol, id)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(resolve(tokens.bob, id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/was (approved|denied) by (bob|carol) already/),
    });
  });

  it('is no way round for whoever may write documents', async () => {
    const text = `{kind: access_request, version: v3, metadata: {name: mine}, spec: {user: admin, app: aws, aws_role_arn: '${arn('Admin')}', state: approved, resolved_by: bob, expires: 2099-01-01T00:00:00Z}}`;
    await expect(write(text)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('not written as documents'),
    });
  });

  it.each<[string, object, string]>([
    ['a role that no role lets be asked for', { roleArn: arn('Secret') }, 'access_denied'],
    ['no app', { app: 'nowhere' }, 'not_found'],
    ['what is no role', { roleArn: 'x' }, 'access_denied'],
    ['longer than the role says', { duration: 3 * hour }, 'bad_input'],
    ['less than a minute', { duration: 1_000 }, 'bad_input'],
  ])('refuses %s', async (_, more, code) => {
    await expect(ask(tokens.alice, more)).rejects.toMatchObject({ code });
    expect(await list(tokens.carol)).toEqual([]);
  });

  it('is not done twice for the same role, and not for what one has', async () => {
    const { id } = await ask(tokens.alice);
    await expect(ask(tokens.alice)).rejects.toMatchObject({ code: 'conflict' });
    await ask(tokens.eve);
    await resolve(tokens.bob, id);
    await expect(ask(tokens.alice)).rejects.toMatchObject({ code: 'conflict', message: 'You have this role already.' });
  });

  it('lapses when nobody decides', async () => {
    const { id } = await ask(tokens.alice);
    test.clock.now += 24 * hour;
    const { token } = await test.service.loginAs('bob');
    expect(await list(token)).toMatchObject([{ id, state: 'expired' }]);
    await expect(resolve(token, id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This request has expired already.',
    });
  });

  it('outlives a restart, and not its user', async () => {
    const { id } = await ask(tokens.eve);
    await resolve(tokens.bob, id);
    await test.restart();
    expect((await rolesOf(tokens.eve)).has).toEqual(['Admin', 'Reader']);
    await write('{kind: user, version: v2, metadata: {name: eve}, spec: {roles: [dev], traits: {x: [y]}}}');
    await write('{kind: user, version: v2, metadata: {name: frank}, spec: {roles: [dev]}}');
    const frank = (await test.service.loginAs('frank')).token;
    await resolve(tokens.bob, (await ask(frank)).id);
    await test.service.deleteResource(tokens.admin, { kind: 'user', name: 'frank' });
    await expect.poll(async () => (await list(tokens.bob)).find(({ user }) => user === 'frank')?.state).toBe('expired');
    await write('{kind: user, version: v2, metadata: {name: frank}, spec: {roles: [dev]}}');
    expect((await rolesOf((await test.service.loginAs('frank')).token)).has).toEqual(['Reader']);
  });

  it('is in the audit log, with who, for what, and why; what was refused as well', async () => {
    const { id } = await ask(tokens.alice);
    await resolve(tokens.alice, id).catch(() => undefined);
    await resolve(tokens.bob, id);
    await start(tokens.alice);
    await test.service.withdrawAccessRequest(tokens.alice, { id });
    await test.service.auditHead(tokens.admin);
    const events = readFileSync(join(test.stateDir, 'audit.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.filter(({ event }) => /access_request|admin.denied|session.started/.test(event))).toMatchObject([
      {
        event: 'access_request.created',
        user: 'alice',
        roleArn: arn('Admin'),
        resource: { after: { spec: { request_reason: 'Deploy' } } },
      },
      { event: 'admin.denied', user: 'alice', reason: 'Nobody decides on a request of their own.' },
      { event: 'access_request.approved', user: 'bob', subject: 'alice', reason: 'Fine' },
      { event: 'app_session.started', user: 'alice', reason: `by the request ${id}, which bob has approved` },
      { event: 'access_request.withdrawn', user: 'alice' },
    ]);
  });

  it('is explained', async () => {
    const explain = () =>
      test.service.explainAccess(tokens.admin, { user: 'alice', app: 'aws', roleArn: arn('Admin') });
    expect(await explain()).toMatchObject({ decision: { allowed: false }, requestableBy: ['dev'] });
    const { id } = await ask(tokens.alice);
    await resolve(tokens.bob, id);
    expect(await explain()).toMatchObject({
      decision: { allowed: true, because: expect.stringContaining(`The request ${id}, which bob has approved`) },
    });
    const { rows } = await test.service.accessMatrix(tokens.admin, { user: 'alice' });
    expect(rows.find(({ roleArn }) => roleArn === arn('Admin'))).toMatchObject({ until: test.clock.now + hour });
  });
});
