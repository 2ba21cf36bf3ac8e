import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { aliceAndAdmin, exampleArn } from '../testing/people.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const good = 'correct horse battery';
const better = 'staple of correct horses';
const hour = 3_600_000;

let test: TestService;
let admin: string;
beforeEach(async () => {
  test = await startTestService(aliceAndAdmin);
  admin = (await test.service.loginAs('admin')).token;
  return () => test.close();
});

const write = (text: string) =>
  test.service.writeResources(admin, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });
const preference = (spec: string) =>
  write(`kind: cluster_auth_preference\nversion: v2\nmetadata: {name: cluster-auth-preference}\nspec: {${spec}}\n`);
const invite = async (user = 'alice', lifetime = hour) =>
  (await test.service.resetUser(admin, { user, lifetime })).token;
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: test.clock.now });
const nextCode = (secret: string) => {
  test.clock.now += 30_000;
  return codeOf(secret);
};

/** Alice with a password, and her authenticator's secret. */
async function aliceWithAuthenticator(): Promise<{ token: string; secret: string }> {
  const invitation = await invite();
  const { authenticator } = await test.service.lookAtInvitation({ invitation });
  const code = codeOf(authenticator.secret);
  const { token } = await test.service.acceptInvitation({ invitation, password: good, code });
  return { token, secret: authenticator.secret };
}

describe('an invitation', () => {
  it('lets the user choose a password, once, and logs in', async () => {
    const invitation = await invite();
    expect(await test.service.lookAtInvitation({ invitation })).toMatchObject({
      user: 'alice',
      cluster: 'test',
      secondFactor: 'optional',
      authenticator: { url: expect.stringMatching(/^otpauth:\/\/totp\/Rolegate%20test:alice\?/) },
    });
    const { token, user } = await test.service.acceptInvitation({ invitation, password: good });
    expect(user.name).toBe('alice');
    expect((await test.service.user(token)).name).toBe('alice');
    await expect(test.service.acceptInvitation({ invitation, password: better })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await test.service.login({ user: 'alice', password: good })).user.name).toBe('alice');
  });

  it('is used by one of two who are equally quick', async () => {
    const invitation = await invite();
    const results = await Promise.allSettled(
      [good, better].map((password) => test.service.acceptInvitation({ invitation, password })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is over when its time is, when there is another one, and when the user is gone', async () => {
    const first = await invite();
    test.clock.now += hour;
    await expect(test.service.lookAtInvitation({ invitation: first })).rejects.toMatchObject({ code: 'not_found' });
    const second = await invite();
    const third = await invite();
    await expect(test.service.lookAtInvitation({ invitation: second })).rejects.toMatchObject({ code: 'not_found' });
    await test.service.lookAtInvitation({ invitation: third });
    await write('kind: user\nversion: v2\nmetadata: {name: carol}\nspec: {}\n');
    const carol = await invite('carol');
    await test.service.deleteResource(admin, { kind: 'user', name: 'carol' });
    await expect(test.service.acceptInvitation({ invitation: carol, password: good })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is for administrators to make, and for users that there are', async () => {
    const alice = (await test.service.loginAs('alice')).token;
    await expect(test.service.resetUser(alice, { user: 'admin', lifetime: hour })).rejects.toMatchObject({
      code: 'access_denied',
    });
    await expect(invite('nobody')).rejects.toMatchObject({ code: 'not_found' });
    await expect(test.service.lookAtInvitation({ invitation: 'x'.repeat(43) })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it.each([['short'], ['aaaaaaaaaaaaaaaa'], ['my name is ALICE!'], ['🔒🔒🔒']])(
    'takes no password like %s',
    async (password) => {
      const invitation = await invite();
      await expect(test.service.acceptInvitation({ invitation, password })).rejects.toMatchObject({
        code: 'bad_input',
      });
      await test.service.acceptInvitation({ invitation, password: good });
    },
  );

  it('wants an authenticator where the cluster does', async () => {
    await preference('second_factor: otp');
    const invitation = await invite();
    const { authenticator, secondFactor } = await test.service.lookAtInvitation({ invitation });
    expect(secondFactor).toBe('required');
    const accept = (code?: string) =>
      test.service.acceptInvitation({ invitation, password: good, ...(code !== undefined && { code }) });
    await expect(accept()).rejects.toMatchObject({ code: 'needs_code' });
    await expect(accept('000000')).rejects.toMatchObject({ code: 'access_denied' });
    await accept(codeOf(authenticator.secret));
    await expect(test.service.login({ user: 'alice', password: good })).rejects.toMatchObject({ code: 'needs_code' });
  });
});

describe('a reset', () => {
  it('takes away the password and the authenticator, and ends every login at once', async () => {
    const { token } = await aliceWithAuthenticator();
    const { id } = await test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
    const invitation = await invite();
    await expect(test.service.user(token)).rejects.toMatchObject({ code: 'needs_login' });
    expect((await test.service.logins(admin, { user: 'alice' })).logins).toEqual([]);
    await expect(test.service.login({ user: 'alice', password: good })).rejects.toMatchObject({
      code: 'access_denied',
    });
    const again = await test.service.acceptInvitation({ invitation, password: better });
    await expect(test.service.endAppSession(again.token, id)).rejects.toMatchObject({ code: 'session_expired' });
    await test.service.login({ user: 'alice', password: better });
  });

  it('happens by itself when a user is deleted, so that a new one of that name starts anew', async () => {
    const carol = 'kind: user\nversion: v2\nmetadata: {name: carol}\nspec: {}\n';
    await write(carol);
    await test.service.acceptInvitation({ invitation: await invite('carol'), password: good });
    await test.service.deleteResource(admin, { kind: 'user', name: 'carol' });
    await write(carol);
    await expect(test.service.login({ user: 'carol', password: good })).rejects.toMatchObject({
      code: 'access_denied',
    });
  });
});

describe('a second factor', () => {
  it('is asked for once the password is right, and each code is good once', async () => {
    const { secret } = await aliceWithAuthenticator();
    const login = (password: string, code?: string) =>
      test.service.login({ user: 'alice', password, ...(code !== undefined && { code }) });
    await expect(login('wrong')).rejects.toMatchObject({ code: 'access_denied' });
    await expect(login(good)).rejects.toMatchObject({ code: 'needs_code' });
    await expect(login(good, '000000')).rejects.toMatchObject({ message: 'The code is wrong, or was used already.' });
    // The code with which it was enrolled has been seen.
    await expect(login(good, codeOf(secret))).rejects.toMatchObject({ code: 'access_denied' });
    const code = nextCode(secret);
    const results = await Promise.allSettled([login(good, code), login(good, code)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    test.clock.now += 120_000;
    await expect(login(good, code)).rejects.toMatchObject({ code: 'access_denied' });
  });

  it('locks out whoever guesses', async () => {
    await aliceWithAuthenticator();
    for (let n = 0; n < 5; n += 1) {
      await test.service.login({ user: 'alice', password: good, code: '000000' }).catch(() => undefined);
    }
    await expect(test.service.login({ user: 'alice', password: good, code: '000000' })).rejects.toThrow(
      'Too many failed',
    );
  });

  it('can be added and removed by oneself, with the password', async () => {
    const { token } = await test.service.acceptInvitation({ invitation: await invite(), password: good });
    expect(await test.service.account(token)).toEqual({ authenticator: false, passkeys: [], secondFactor: 'optional' });
    const { secret } = await test.service.newAuthenticator(token);
    const add = (password: string, code: string) => test.service.addAuthenticator(token, { password, secret, code });
    await expect(add('wrong', codeOf(secret))).rejects.toMatchObject({ code: 'access_denied' });
    await expect(add(good, '000000')).rejects.toMatchObject({ code: 'access_denied' });
    await add(good, codeOf(secret));
    expect(await test.service.account(token)).toEqual({ authenticator: true, passkeys: [], secondFactor: 'optional' });
    await expect(add(good, nextCode(secret))).rejects.toMatchObject({ code: 'conflict' });
    const remove = (code: string) => test.service.removeAuthenticator(token, { password: good, code });
    await preference('second_factor: otp');
    await expect(remove(nextCode(secret))).rejects.toMatchObject({ code: 'access_denied' });
    await preference('second_factor: optional');
    await remove(nextCode(secret));
    await test.service.login({ user: 'alice', password: good });
  });

  it('keeps out those who have none, where the cluster wants one', async () => {
    await test.service.acceptInvitation({ invitation: await invite(), password: good });
    await preference('second_factor: on');
    await expect(test.service.login({ user: 'alice', password: good })).rejects.toThrow('you have none');
  });

  it('is asked for at the start of a session where a role wants that', async () => {
    await write(
      `kind: role\nversion: v7\nmetadata: {name: dev}\nspec:\n  options: {require_session_mfa: true}\n  allow: {app_labels: {'*': '*'}, aws_role_arns: ['${exampleArn}']}\n`,
    );
    const start = (token: string, code?: string) =>
      test.service.startAppSession(token, { app: 'aws', roleArn: exampleArn, ...(code !== undefined && { code }) });
    const without = (await test.service.loginAs('alice')).token;
    await expect(start(without)).rejects.toThrow('you have none');
    const { token, secret } = await aliceWithAuthenticator();
    await expect(start(token)).rejects.toMatchObject({ code: 'needs_code' });
    await expect(start(token, '000000')).rejects.toMatchObject({ code: 'access_denied' });
    expect((await start(token, nextCode(secret))).app).toBe('aws');
    await expect(start(token, codeOf(secret))).rejects.toMatchObject({ code: 'access_denied' });
  });
});

describe('changing one’s password', () => {
  it('needs the old one, and ends every other login', async () => {
    const { token } = await test.service.acceptInvitation({ invitation: await invite(), password: good });
    const other = (await test.service.login({ user: 'alice', password: good })).token;
    const change = (password: string, newPassword: string) =>
      test.service.changePassword(token, { password, newPassword });
    await expect(change('wrong', better)).rejects.toMatchObject({ code: 'access_denied' });
    await expect(change(good, 'short')).rejects.toMatchObject({ code: 'bad_input' });
    await change(good, better);
    expect((await test.service.user(token)).name).toBe('alice');
    await expect(test.service.user(other)).rejects.toMatchObject({ code: 'needs_login' });
    await test.service.login({ user: 'alice', password: better });
  });
});

describe('logging in with passwords', () => {
  it('lets nobody guess more often by guessing at the same time, and keeps nobody out for being quick', async () => {
    await test.service.acceptInvitation({ invitation: await invite(), password: good });
    const login = (password: string) => test.service.login({ user: 'alice', password });
    await Promise.all(Array.from({ length: 8 }, () => login(good)));
    const guesses = [...Array.from({ length: 20 }, (_, n) => `guess number ${n}`), good].map(login);
    const results = await Promise.allSettled(guesses);
    const said = results.map((result) => (result.status === 'rejected' ? result.reason.message : 'is in'));
    expect(said.filter((message) => message === 'The user name or the password is wrong.')).toHaveLength(5);
    expect(said.slice(5)).toEqual(Array(16).fill('Too many failed logins for alice.'));
    await test.service.auditHead(admin);
    const query = { filter: { user: 'alice', event: 'login' }, order: 'oldest', limit: 100 } as const;
    const { lines } = await test.service.queryAudit(admin, query);
    const events = lines.map((line) => JSON.parse(line)).filter(({ event }) => event !== 'login.succeeded');
    expect(events.filter(({ event }) => event === 'login.locked_out')).toHaveLength(1);
    expect(events.filter(({ reason }) => reason === 'locked after too many failures')).toHaveLength(16);
    test.clock.now += 60_000;
    expect((await login(good)).user.name).toBe('alice');
  });

  it('can be turned off, and says so to whoever knows the password alone', async () => {
    await test.service.acceptInvitation({ invitation: await invite(), password: good });
    await write(
      `kind: github\nversion: v3\nmetadata: {name: gh}\nspec: {client_id: a}\n---\nkind: cluster_auth_preference\nversion: v2\nmetadata: {name: cluster-auth-preference}\nspec: {type: github, connector_name: gh, local_auth: no}\n`,
    );
    await expect(test.service.login({ user: 'alice', password: 'wrong' })).rejects.toThrow('password is wrong');
    await expect(test.service.login({ user: 'alice', password: good })).rejects.toThrow('turned off');
  });

  it('lasts as long as the cluster and the roles say', async () => {
    await preference('default_session_ttl: 2h');
    expect((await test.service.loginAs('alice')).user.validUntil).toBe(test.clock.now + 2 * hour);
  });
});

it('no secret of an account is in the audit log', async () => {
  const { token, secret } = await aliceWithAuthenticator();
  const invitation = await invite();
  await test.service.auditHead(admin);
  const log = readFileSync(join(test.stateDir, 'audit.jsonl'), 'utf8');
  for (const event of ['user.reset', 'password.set', 'login.succeeded']) expect(log).toContain(event);
  for (const hidden of [token, secret, invitation, good]) expect(log).not.toContain(hidden);
});
