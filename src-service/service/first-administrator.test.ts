import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { AppService } from '../app-service.ts';
import { openBackend } from '../backend/open-backend.ts';
import { createAppService } from '../create-app-service.ts';
import { loadResources } from '../resources/load-resources.ts';
import { oneApp, startTestService, type TestService } from '../testing/test-service.ts';
import type { FirstInvitation } from './first-administrator.ts';

const password = 'correct horse battery';
const hour = 3_600_000;

const plainUser = 'kind: user\nversion: v2\nmetadata: {name: bob}\nspec: {roles: [access]}\n';
const staticAdmin = 'kind: user\nversion: v2\nmetadata: {name: root}\nspec: {roles: [editor]}\n';
const oidc = (roles: string) => `kind: oidc
version: v3
metadata: {name: sso}
spec:
  issuer_url: https://login.example.com
  client_id: id
  client_secret: secret
  claims_to_roles: [{claim: groups, value: admins, roles: [${roles}]}]
`;
const preference = (spec: string) =>
  `kind: cluster_auth_preference\nversion: v2\nmetadata: {name: cluster-auth-preference}\nspec: {${spec}}\n`;

let test: TestService;
async function start(documents = plainUser): Promise<AppService> {
  test = await startTestService(documents);
  onTestFinished(() => test.close());
  return test.service;
}
async function invited(service: AppService): Promise<FirstInvitation> {
  const invitation = await service.inviteFirstAdministrator();
  if (!invitation) throw new Error('There should have been an invitation.');
  return invitation;
}
const notValid = { code: 'not_found', message: expect.stringContaining('not valid') };

describe('the first administrator', () => {
  it('chooses a name and a password, and administers from then on', async () => {
    const service = await start();
    const { token: invitation, expiresAt, over } = await invited(service);
    expect(expiresAt).toBe(test.clock.now + hour);
    const info = await service.lookAtInvitation({ invitation });
    expect(info).toMatchObject({ cluster: 'test', expiresAt, secondFactor: 'optional' });
    expect(info.user).toBeUndefined();

    const { token, user } = await service.acceptInvitation({ invitation, user: 'root', password });
    expect(user).toMatchObject({ name: 'root', roles: ['editor', 'auditor'] });
    expect(await over).toBe('used');
    expect((await service.showResources(token, { kind: 'user' })).resources).toHaveLength(2);
    expect((await service.login({ user: 'root', password })).user.name).toBe('root');

    const logged = async () => (await service.queryAudit(token, { filter: {}, order: 'oldest', limit: 100 })).lines;
    await expect.poll(async () => (await logged()).join()).toContain('"login.succeeded"');
    const lines = await logged();
    const events = lines.map((line) => JSON.parse(line) as { event: string; user?: string; reason?: string });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['first_administrator.invited', 'password.set', 'resource.created', 'login.succeeded']),
    );
    expect(events.find(({ event }) => event === 'resource.created')).toMatchObject({
      user: 'root',
      reason: 'the invitation of the first administrator',
    });
    expect(lines.join()).not.toContain(invitation);
  });

  it('can be one whom the operator’s files name', async () => {
    const service = await start(`${plainUser}---\n${staticAdmin}`);
    const { token: invitation } = await invited(service);
    expect((await service.acceptInvitation({ invitation, user: 'root', password })).user.roles).toEqual(['editor']);
    expect(await service.inviteFirstAdministrator()).toBeUndefined();
  });

  it('adds an authenticator where the cluster wants one', async () => {
    const service = await start(`${plainUser}---\n${preference('second_factor: on')}`);
    const { token: invitation } = await invited(service);
    const { authenticator, secondFactor } = await service.lookAtInvitation({ invitation });
    expect(secondFactor).toBe('required');
    const accept = (code?: string) =>
      service.acceptInvitation({ invitation, user: 'root', password, ...(code && { code }) });
    await expect(accept()).rejects.toMatchObject({ code: 'needs_code' });
    await expect(accept('000000')).rejects.toThrow('The code is wrong.');
    const code = new TOTP({ secret: Secret.fromBase32(authenticator.secret) }).generate({ timestamp: test.clock.now });
    expect((await accept(code)).user.name).toBe('root');
    await expect(service.login({ user: 'root', password })).rejects.toMatchObject({ code: 'needs_code' });
  });

  it.each([
    ['logs in already', async (service: AppService) => service.setPassword('root', password), staticAdmin],
    ['comes by single sign-on', async () => undefined, oidc('editor')],
    [
      'could not use a password',
      async () => undefined,
      `${oidc('access')}---\n${preference('type: oidc, connector_name: sso, local_auth: false')}`,
    ],
  ])('is not invited where one %s', async (_, prepare, documents) => {
    const service = await start(documents);
    await prepare(service);
    expect(await service.inviteFirstAdministrator()).toBeUndefined();
  });

  it('is invited again where the only one is locked out: the way back in', async () => {
    const lock = 'kind: lock\nversion: v2\nmetadata: {name: lost}\nspec: {target: {user: root}}\n';
    const service = await start(`${staticAdmin}---\n${lock}`);
    await service.setPassword('root', password);
    const { token: invitation } = await invited(service);
    await expect(service.acceptInvitation({ invitation, user: 'root', password })).rejects.toThrow();
    expect((await service.acceptInvitation({ invitation, user: 'rescue', password })).user.name).toBe('rescue');
  });

  it('is invited where single sign-on leads to nobody who administers', async () => {
    expect(await (await start(oidc('access'))).inviteFirstAdministrator()).toBeDefined();
  });
});

describe('an invitation of a first administrator', () => {
  let service: AppService;
  beforeEach(async () => {
    service = await start();
  });

  it('works once, also when two are equally quick', async () => {
    const { token: invitation } = await invited(service);
    const outcomes = await Promise.allSettled(
      ['mallory', 'root'].map((user) => service.acceptInvitation({ invitation, user, password })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(service.acceptInvitation({ invitation, user: 'eve', password })).rejects.toMatchObject(notValid);
    await expect(service.lookAtInvitation({ invitation })).rejects.toMatchObject(notValid);
  });

  it('ends after an hour', async () => {
    const { token: invitation } = await invited(service);
    test.clock.now += hour;
    await expect(service.lookAtInvitation({ invitation })).rejects.toMatchObject(notValid);
    await expect(service.acceptInvitation({ invitation, user: 'root', password })).rejects.toMatchObject(notValid);
  });

  it('is void once another one is made, here or by a restart', async () => {
    const first = await invited(service);
    const second = await invited(service);
    expect(await first.over).toBe('replaced');
    await expect(service.lookAtInvitation({ invitation: first.token })).rejects.toMatchObject(notValid);
    const restarted = await test.restart();
    const third = await invited(restarted);
    await expect(restarted.lookAtInvitation({ invitation: second.token })).rejects.toMatchObject(notValid);
    await restarted.lookAtInvitation({ invitation: third.token });
  });

  it('is one at most, however many replicas begin at once', async () => {
    const replica = await createAppService({
      cluster: 'test',
      version: '0.1.0',
      stateDir: test.stateDir,
      defaultResources: loadResources([{ file: 'test.yaml', text: plainUser }]),
      ...oneApp({}),
    });
    onTestFinished(() => replica.close());
    const both = await Promise.all([invited(service), invited(replica)]);
    const good = await Promise.all(
      both.map(({ token: invitation }) =>
        service.lookAtInvitation({ invitation }).then(
          () => true,
          () => false,
        ),
      ),
    );
    expect(good.filter(Boolean)).toHaveLength(1);
    // The one whose invitation is void is told, and can tell its operator.
    const loser = both[good.indexOf(false)];
    expect(await loser?.over).toBe('replaced');
  });

  it('is of no use after somebody else has come to administer', async () => {
    const { token: invitation } = await invited(service);
    const { token: another } = await invited(service);
    await service.acceptInvitation({ invitation: another, user: 'root', password });
    await expect(service.acceptInvitation({ invitation, user: 'eve', password })).rejects.toMatchObject(notValid);
    // Even where the store still had one.
    const backend = await openBackend({ type: 'libsql' }, test.stateDir, () => test.clock.now);
    onTestFinished(() => backend.close());
    const expiresAt = test.clock.now + hour;
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(invitation).digest('base64url');
    const key = 'first-administrator/invitation';
    await backend.put({ key, value: { hash, expiresAt, totpSecret: 'A'.repeat(32) }, expiresAt });
    await expect(service.acceptInvitation({ invitation, user: 'eve', password })).rejects.toMatchObject(notValid);
    expect(await service.inviteFirstAdministrator()).toBeUndefined();
    expect(await backend.get(key)).toBeUndefined();
  });

  it('does not take over a user, and is not lost by a mistake', async () => {
    const { token: invitation } = await invited(service);
    const accept = (user: string | undefined, word = password) =>
      service.acceptInvitation({ invitation, ...(user !== undefined && { user }), password: word });
    await expect(accept('bob')).rejects.toMatchObject({ code: 'conflict' });
    await expect(accept(undefined)).rejects.toThrow('Choose a user name');
    await expect(accept(' root')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(accept('root', 'short')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(service.login({ user: 'bob', password })).rejects.toMatchObject({ code: 'access_denied' });
    expect((await accept('root')).user.name).toBe('root');
  });

  it('cannot be guessed, and who tries is written down', async () => {
    const { token } = await invited(service);
    await expect(service.lookAtInvitation({ invitation: 'a'.repeat(43) })).rejects.toMatchObject(notValid);
    const root = await service.acceptInvitation({ invitation: token, user: 'root', password });
    const refused = async () =>
      (
        await service.queryAudit(root.token, {
          filter: { event: 'invitation.refused' },
          order: 'oldest',
          limit: 10,
        })
      ).lines;
    await expect.poll(async () => (await refused()).length).toBe(1);
    expect((await refused()).join()).not.toContain('aaaa');
  });
});
