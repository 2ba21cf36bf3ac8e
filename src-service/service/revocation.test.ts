import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsCall } from '../../src-shared/contracts/aws-call.ts';
import type { ServiceEvent } from '../../src-shared/contracts/service-api.ts';
import { aliceAndAdmin, exampleArn } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

/** An AWS that never finishes: the head and a first byte come, and then nothing. */
let slow: Server;
const held: ServerResponse[] = [];
let answersAtAll = true;
let test: TestService;
let admin: string;

beforeAll(async () => {
  slow = createServer((_, response) => {
    held.push(response);
    if (answersAtAll) response.writeHead(200, { 'content-type': 'text/plain' }).write('x');
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  slow.closeAllConnections();
  slow.close();
});
beforeEach(async () => {
  answersAtAll = true;
  held.length = 0;
  const s3 = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  test = await startTestService(aliceAndAdmin, { endpoints: { s3 } });
  return () => test.close();
});

const call = (appSessionId: string): AwsCall => ({
  requestId: 'request-1',
  appSessionId,
  method: 'GET',
  path: '/',
  query: '',
  headers: [],
  signedHeaders: [],
  service: 's3',
  region: 'us-east-1',
  host: 's3.us-east-1.amazonaws.com',
  body: null,
});

async function aliceSession() {
  const { token } = await test.service.loginAs('alice');
  const { id } = await test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
  return { token, id };
}

/** Writes as the administrator. */
async function write(text: string): Promise<void> {
  await test.service.writeResources(admin, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });
}
const user = (more: string) => `kind: user\nversion: v2\nmetadata: {name: alice}\nspec: {${more}}\n`;

/** Resolves when a streaming answer breaks off. */
function broken(body: Readable): Promise<string> {
  return new Promise((resolve) => {
    body.resume();
    body.once('error', (error) => resolve(error.message));
    body.once('end', () => resolve('ended well'));
  });
}

beforeEach(async () => {
  admin = (await test.service.loginAs('admin')).token;
});

const hex = (id: string) => Buffer.from(id, 'base64url').toString('hex');

/** What ends a session, and what the client is told. */
const endings: [string, (session: { token: string; id: string }) => Promise<unknown>][] = [
  ['the roles of the user change', () => write(user('roles: []'))],
  [
    'a role denies it',
    () => write(`kind: role\nversion: v7\nmetadata: {name: dev}\nspec: {deny: {aws_role_arns: ['*']}}\n`),
  ],
  ['the user is locked', () => write('kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: alice}}\n')],
  ['the role is locked', () => write('kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {role: dev}}\n')],
  ['an administrator ends the login', () => test.service.endSessions(admin, { user: 'alice' })],
  ['an administrator ends the session', ({ id }) => test.service.endSessions(admin, { id: hex(id) })],
  ['the user logs out', ({ token }) => test.service.logout(token)],
  ['the user ends the session', ({ token, id }) => test.service.endAppSession(token, id)],
];

describe.each(endings)('when %s', (_, end) => {
  it('an answer that streams is cut', async () => {
    const session = await aliceSession();
    const reply = await test.service.forward(session.token, call(session.id));
    const isBroken = broken(reply.body as Readable);
    await end(session);
    expect(await isBroken).not.toBe('ended well');
  });

  it('a request that waits is refused with the reason, and later ones are refused', async () => {
    answersAtAll = false;
    const session = await aliceSession();
    const waiting = test.service.forward(session.token, call(session.id)).catch((error: unknown) => error);
    await expect.poll(() => held.length).toBe(1);
    await end(session);
    expect(await waiting).toMatchObject({
      code: 'session_expired',
      message: expect.stringMatching(/^The session with this IAM role has ended: .+\.$/),
    });
    await expect(test.service.forward(session.token, call(session.id))).rejects.toMatchObject({
      code: expect.stringMatching(/session_expired|needs_login|access_denied/),
    });
    expect(held).toHaveLength(1);
  });
});

describe('a login that is watched', () => {
  const watched = (token: string) => {
    const events: ServiceEvent[] = [];
    const done = test.service.watch(token, (event) => events.push(event), new AbortController().signal);
    return { events, done };
  };

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'an administrator ends it',
      () => test.service.endSessions(admin, { user: 'alice' }),
      'Your login has ended: admin has ended it.',
    ],
    [
      'the user is locked',
      () => write('kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: alice}, message: stolen}\n'),
      'The user alice is locked: stolen.',
    ],
    [
      'the password is reset',
      () => test.service.resetUser(admin, { user: 'alice', lifetime: 60_000 }),
      'Your login has ended: the password was reset.',
    ],
    [
      'the user is deleted',
      () => test.service.deleteResource(admin, { kind: 'user', name: 'carol' }),
      'the user was deleted.',
    ],
  ])('hears why when %s', async (_, end, message) => {
    await write(user('roles: [dev]').replace('alice', 'carol'));
    const { token } = await test.service.loginAs(message.includes('deleted') ? 'carol' : 'alice');
    const { events, done } = watched(token);
    await expect.poll(() => events.length).toBeGreaterThan(0);
    await end();
    await done;
    expect(events.at(-1)).toMatchObject({ event: 'login_ended' });
    const said = JSON.stringify(events.at(-1));
    // Of a deleted user it may be said in the one way or the other.
    expect(said.includes(message) || said.includes('There is no user carol any more.')).toBe(true);
  });

  it('hears of the app sessions of its user alone, and that what it may do has changed', async () => {
    const { token, id } = await aliceSession();
    const { events } = watched(token);
    const others = watched(admin);
    await write(user('roles: []'));
    await expect.poll(() => events.map(({ event }) => event)).toEqual(['alive', 'app_session_ended', 'access_changed']);
    expect(events[1]).toEqual({ event: 'app_session_ended', id, reason: 'alice has no role.' });
    expect(others.events.map(({ event }) => event)).toEqual(['alive', 'access_changed']);
  });

  it('is told the reason also after the end, and after a restart', async () => {
    const { token, id } = await aliceSession();
    await write(user('roles: []'));
    const forward = () => test.service.forward(token, call(id));
    await expect.poll(() => forward().catch((error) => error.message)).toContain('has ended: alice has no role.');
    await test.service.endSessions(admin, { user: 'alice' });
    await test.restart();
    const message = 'Your login has ended: admin has ended it.';
    await expect(test.service.user(token)).rejects.toMatchObject({ code: 'needs_login', message });
  });
});

describe('sessions', () => {
  it('go on when a change does not touch them', async () => {
    answersAtAll = false;
    const session = await aliceSession();
    const waiting = test.service.forward(session.token, call(session.id));
    await expect.poll(() => held.length).toBe(1);
    await write(user('roles: [dev], traits: {team: [red]}'));
    await write('kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: bob}}\n');
    held[0]?.end('done');
    expect((await waiting).status).toBe(200);
  });

  it('of a deleted user do not come back with a new user of that name', async () => {
    await write(user('roles: [dev], traits: {team: [red]}').replace('alice', 'carol'));
    const { token } = await test.service.loginAs('carol');
    await test.service.deleteResource(admin, { kind: 'user', name: 'carol' });
    await expect.poll(() => test.service.user(token).catch((error) => error.code)).toBe('needs_login');
    await write(user('roles: [dev]').replace('alice', 'carol'));
    await expect(test.service.user(token)).rejects.toMatchObject({ code: 'needs_login' });
  });

  it('end when the user’s time is over, without anybody doing anything', async () => {
    answersAtAll = false;
    test.clock.now = Date.now();
    const expires = new Date(Date.now() + 300).toISOString();
    await write(`kind: user\nversion: v2\nmetadata: {name: temp, expires: ${expires}}\nspec: {roles: [dev]}\n`);
    const { token } = await test.service.loginAs('temp');
    const { id } = await test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
    const waiting = test.service.forward(token, call(id)).catch((error: unknown) => error);
    await expect.poll(() => held.length).toBe(1);
    test.clock.now = Date.parse(expires) + 1;
    expect(await waiting).toMatchObject({ code: 'session_expired' });
  });

  it('are listed with who has them, and found by the beginning of their id', async () => {
    const { id } = await aliceSession();
    const { logins } = await test.service.logins(admin, { user: 'alice' });
    expect(logins).toMatchObject([{ user: 'alice', appSessions: [{ id: hex(id), app: 'aws', roleArn: exampleArn }] }]);
    expect((await test.service.logins(admin, {})).logins).toHaveLength(2);
    await expect(test.service.endSessions(admin, { id: '0000' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const loginId = logins[0]?.id.slice(0, 12) ?? '';
    expect(await test.service.endSessions(admin, { id: loginId })).toEqual({ logins: 1, appSessions: 1 });
  });

  it('are for administrators alone to see and end', async () => {
    const { token } = await aliceSession();
    await expect(test.service.logins(token, {})).rejects.toMatchObject({ code: 'access_denied' });
    await expect(test.service.endSessions(token, { user: 'admin' })).rejects.toMatchObject({ code: 'access_denied' });
    await test.service.auditHead(admin);
    const query = { filter: { event: 'admin.denied' }, order: 'oldest', limit: 10 } as const;
    const { lines } = await test.service.queryAudit(admin, query);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { user: 'alice', success: false, reason: 'alice may not list session resources.' },
      { user: 'alice', success: false, reason: 'alice may not delete session resources.' },
    ]);
  });

  it('unused for longer than the cluster allows are over, used ones are not', async () => {
    await write(
      'kind: cluster_auth_preference\nversion: v2\nmetadata: {name: cluster-auth-preference}\nspec: {idle_timeout: 30m}\n',
    );
    const used = (await test.service.loginAs('alice')).token;
    const unused = (await test.service.loginAs('alice')).token;
    for (let minutes = 0; minutes < 40; minutes += 10) {
      test.clock.now += 10 * 60_000;
      await test.service.user(used);
    }
    await expect(test.service.user(unused)).rejects.toMatchObject({ code: 'needs_login' });
    await test.restart();
    expect((await test.service.user(used)).name).toBe('alice');
  });
});

describe('somebody who is kept out', () => {
  it('is told why, and cannot log in', async () => {
    const { token } = await aliceSession();
    await write(
      'kind: lock\nversion: v2\nmetadata: {name: l}\nspec: {target: {user: alice}, message: stolen laptop}\n',
    );
    await expect(test.service.user(token)).rejects.toMatchObject({
      code: 'needs_login',
      message: 'The user alice is locked: stolen laptop.',
    });
    await expect(test.service.loginAs('alice')).rejects.toThrow('stolen laptop');
    await test.service.deleteResource(admin, { kind: 'lock', name: 'l' });
    expect((await test.service.user(token)).name).toBe('alice');
  });
});
