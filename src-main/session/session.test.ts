import { beforeEach, describe, expect, it } from 'vitest';
import type { AppSessionGrant, LoginGrant, ServiceEvent } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { ServiceClient } from '../service-client/service-client.ts';
import { createKeptKeys } from './kept-keys.ts';
import { createLoginSecrets } from './login-secrets.ts';
import { openSecretStore, type SecretStore } from './secret-store.ts';
import { createSession, type SessionView } from './session.ts';

const roleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
const start = { app: 'aws', roleArn };
const password = 'right';

/** A service that knows users, tokens and app sessions, and nothing of AWS. */
function fakeService(now: () => number) {
  const logins = new Map<string, LoginGrant>();
  const sessions = new Map<string, AppSessionGrant & { token: string }>();
  const deniedRoles = new Set<string>();
  const watching = new Map<string, (event: ServiceEvent) => void>();
  let count = 0;
  const requireLogin = (token: string) => {
    const login = logins.get(token);
    if (login && login.user.validUntil > now()) return login;
    throw new RolegateError('needs_login', 'You are not logged in.');
  };
  const client = {
    async login({ user, password: given }) {
      if (given !== password) throw new RolegateError('access_denied', 'Wrong password.');
      const token = `token-${++count}`;
      const grant = {
        token,
        user: { name: user, roles: [], traits: {}, cluster: 'test', validUntil: now() + 3_600_000 },
      };
      logins.set(token, grant);
      return grant;
    },
    logout: async (token: string) => void logins.delete(token),
    user: async (token: string) => requireLogin(token).user,
    appSessions: async (token: string) => {
      const { user } = requireLogin(token);
      const own = [...sessions.values()].filter((one) => logins.get(one.token)?.user.name === user.name);
      return own.filter((one) => one.expiresAt > now()).map(({ token: _, ...one }) => one);
    },
    async startAppSession(token: string, { app, roleArn: arn }) {
      const { user } = requireLogin(token);
      if (deniedRoles.has(arn)) throw new RolegateError('access_denied', 'Not any more.');
      const role = { arn, name: 'R', path: '/', accountId: '123456789000', partition: 'aws' };
      const grant = {
        id: `service-${++count}`,
        app,
        role,
        region: 'us-east-1',
        startedAt: now(),
        expiresAt: user.validUntil,
        readOnly: false,
      };
      sessions.set(grant.id, { ...grant, token });
      return grant;
    },
    async watch(token, onEvent, signal) {
      requireLogin(token);
      watching.set(token, onEvent);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    endAppSession: async (token: string, id: string) => {
      requireLogin(token);
      if (!sessions.delete(id)) throw new RolegateError('session_expired', 'Over.');
    },
  } as Partial<ServiceClient> as ServiceClient;
  /** Tells the latest login what happens. */
  const tell = (event: ServiceEvent) => [...watching.values()].at(-1)?.(event);
  return { client, deniedRoles, sessions, logins, tell };
}

let time: number;
let store: SecretStore;
let service: ReturnType<typeof fakeService>;
let view: SessionView;
const now = () => time;

beforeEach(async () => {
  time = 1_000_000;
  store = await openSecretStore({ wanted: 'memory', homeId: 'x', file: '' });
  service = fakeService(now);
});

function open(more: { loginWithoutPassword?: () => Promise<LoginGrant> } = {}) {
  return createSession({
    client: service.client,
    secrets: createLoginSecrets(store, 'sandbox'),
    keptKeys: createKeptKeys(store, 'sandbox/kept-keys'),
    onChange: (changed) => {
      view = changed;
    },
    now,
    ...more,
  });
}

describe('a session', () => {
  it('begins logged out, and says so to whoever asks for more', async () => {
    const session = open();
    await session.restore();
    expect(view).toMatchObject({ user: undefined, appSessions: [], endedSessions: [] });
    await expect(session.apps()).rejects.toMatchObject({ code: 'needs_login', needsLogin: true });
  });

  it('starts an IAM role once, with keys of its own', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const [one, again] = [await session.startAppSession(start), await session.startAppSession(start)];
    const other = await session.startAppSession({ ...start, roleArn: roleArn.replace('Example', 'Other') });
    expect(again).toEqual(one);
    expect(view.appSessions.map(({ id }) => id)).toEqual([one.id, other.id]);
    const keys = session.keysOf(one.id);
    expect(keys.accessKeyId).not.toBe(session.keysOf(other.id).accessKeyId);
    expect(session.findKeyHolder(keys.accessKeyId)).toMatchObject({ ...keys, expiresAt: one.expiresAt });
    expect(session.findKeyHolder('RGSOMEBODYELSE')).toBeUndefined();
  });

  it('is there after a restart: login, roles, regions and local keys', async () => {
    const first = open();
    await first.login({ user: 'alice', password });
    const { id } = await first.startAppSession(start);
    await first.setRegion(id, 'eu-west-1');
    const keys = first.keysOf(id);

    const second = open();
    await second.restore();
    expect(view.user?.name).toBe('alice');
    expect(view.appSessions).toMatchObject([{ id, region: 'eu-west-1' }]);
    expect(second.keysOf(id)).toEqual(keys);
    expect(second.findKeyHolder(keys.accessKeyId)?.appSessionId).toMatch(/^service-/);
  });

  it('keeps a role’s keys for later sessions when it is told to, and makes new ones otherwise', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const keys = session.keysOf(id);
    await session.keepKeys(id, true);
    await session.logout();

    await session.login({ user: 'alice', password });
    const later = await session.startAppSession(start);
    expect(later.keepsKeys).toBe(true);
    expect(session.keysOf(later.id)).toEqual(keys);
    await session.keepKeys(later.id, false);
    expect(view.appSessions).toMatchObject([{ keepsKeys: false }]);
    expect(session.keysOf(later.id)).not.toEqual(keys);
    expect(session.findKeyHolder(keys.accessKeyId)).toBeUndefined();
  });

  it('takes the user’s own keys, but never one id for two roles', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const own = { accessKeyId: 'MY-TERRAFORM-KEY-1', secretAccessKey: 'x'.repeat(32) };
    const one = await session.startAppSession(start);
    const other = await session.startAppSession({ ...start, roleArn: roleArn.replace('Example', 'Other') });
    await session.keepKeys(one.id, true, own);
    expect(session.findKeyHolder(own.accessKeyId)?.appSessionId).toMatch(/^service-/);
    await expect(session.keepKeys(other.id, true, own)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('allows plain http until it is started again', async () => {
    const first = open();
    await first.login({ user: 'alice', password });
    const { id } = await first.startAppSession(start);
    first.allowPlainHttp(id, true);
    expect(first.findKeyHolder(first.keysOf(id).accessKeyId)?.plainHttp).toBe(true);
    const second = open();
    await second.restore();
    expect(view.appSessions).toMatchObject([{ id, plainHttp: false }]);
  });

  it('knows the virtual credentials of chained roles for as long as the role’s session goes on', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const { serviceSessionId } = await session.credentialsOf(id);
    const grant = {
      id: 'chain-1',
      accessKeyId: 'RGCHAIN',
      secretAccessKey: 's',
      sessionToken: 't',
      expiresAt: time + 1,
    };
    session.addChain(serviceSessionId, grant);
    expect(session.findKeyHolder('RGCHAIN')).toMatchObject({
      appSessionId: serviceSessionId,
      chain: { id: 'chain-1', sessionToken: 't' },
    });
    await session.endAppSession(id);
    expect(session.findKeyHolder('RGCHAIN')).toBeUndefined();
  });

  it('is logged out after a restart when the service says the login is over', async () => {
    await open().login({ user: 'alice', password });
    time += 3_600_000;
    await open().restore();
    expect(view.user).toBeUndefined();
    expect(await store.get('sandbox/login')).toBeUndefined();
  });

  it('keeps the login when the service cannot be reached', async () => {
    await open().login({ user: 'alice', password });
    const down = { ...service.client, user: () => Promise.reject(new RolegateError('unavailable', 'Down.')) };
    const session = createSession({
      client: down,
      secrets: createLoginSecrets(store, 'sandbox'),
      keptKeys: createKeptKeys(store, 'sandbox/kept-keys'),
      onChange: () => undefined,
      now,
    });
    await expect(session.restore()).rejects.toThrow('Down.');
    await open().restore();
    expect(view.user?.name).toBe('alice');
  });

  it('goes on in place after a new login: same ids, same keys', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const gone = await session.startAppSession({ ...start, roleArn: `${roleArn}2` });
    const keys = session.keysOf(id);
    time += 3_600_000;
    await expect(session.status()).rejects.toMatchObject({ needsLogin: true });
    service.deniedRoles.add(`${roleArn}2`);
    await session.login({ user: 'alice', password });
    expect(view.appSessions.map((one) => one.id)).toEqual([id]);
    expect(session.keysOf(id)).toEqual(keys);
    expect(session.findKeyHolder(keys.accessKeyId)?.expiresAt).toBe(time + 3_600_000);
    expect(() => session.keysOf(gone.id)).toThrow('has ended');
  });

  it('of another user has nothing of the one before', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const keys = session.keysOf(id);
    await session.login({ user: 'bob', password });
    expect(view.appSessions).toEqual([]);
    expect(session.findKeyHolder(keys.accessKeyId)).toBeUndefined();
  });

  it('is over everywhere after the logout, also when the service cannot be told', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const keys = session.keysOf(id);
    service.client.logout = () => Promise.reject(new RolegateError('unavailable', 'Down.'));
    await session.logout();
    expect(view).toMatchObject({ user: undefined, appSessions: [], endedSessions: [] });
    expect(session.findKeyHolder(keys.accessKeyId)).toBeUndefined();
    await open().restore();
    expect(view.user).toBeUndefined();
  });

  it('loses one IAM role when that is ended, also when it was over already', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const one = await session.startAppSession(start);
    await session.endAppSession(one.id);
    expect(view.appSessions).toEqual([]);
    const two = await session.startAppSession(start);
    expect(two.id).not.toBe(one.id);
    service.sessions.clear();
    await session.endAppSession(two.id);
    await expect(session.endAppSession(two.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a session that the service tells of', () => {
  const idOfService = () => [...service.sessions.keys()].at(-1) ?? '';
  const ended = {
    event: 'login_ended',
    message: 'Your login has ended: bob has ended it.',
    hint: 'Log in again.',
  } as const;

  it('says at once that the login has ended, and goes on in place after the next one', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const keys = session.keysOf(id);
    service.tell(ended);
    expect(view).toMatchObject({
      user: { name: 'alice' },
      loginEnded: { message: ended.message },
      appSessions: [{ id }],
    });
    await expect(session.token()).rejects.toMatchObject({ code: 'needs_login', message: ended.message });
    expect(session.findKeyHolder(keys.accessKeyId)).toBeDefined();
    await session.login({ user: 'alice', password });
    expect(view).toMatchObject({ loginEnded: undefined, appSessions: [{ id }] });
    expect(session.keysOf(id)).toEqual(keys);
  });

  it('says why an app session has ended, also to its tools, and starts it again in its place', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    await session.setRegion(id, 'eu-west-1');
    session.noteConsole(id, time + 3_000);
    const keys = session.keysOf(id);
    service.tell({ event: 'app_session_ended', id: idOfService(), reason: 'The role dev denies it.' });
    expect(view.appSessions).toEqual([]);
    expect(view.endedSessions).toEqual([
      { id, reason: 'The role dev denies it.', at: time, consoleUntil: time + 3_000 },
    ]);
    expect(session.findKeyHolder(keys.accessKeyId)).toMatchObject({ endedBecause: 'The role dev denies it.' });
    const again = await session.startAppSession(start);
    expect(again).toMatchObject({ id, region: 'eu-west-1', accessKeyId: keys.accessKeyId });
    expect(view.endedSessions).toEqual([]);
    expect(session.findKeyHolder(keys.accessKeyId)?.endedBecause).toBeUndefined();
  });

  it('asks what there is when what it may do has changed', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { id } = await session.startAppSession(start);
    const before = view.accessRevision;
    service.sessions.clear();
    service.tell({ event: 'access_changed' });
    await expect.poll(() => view.endedSessions).toMatchObject([{ id }]);
    expect(view.accessRevision).toBe(before + 1);
  });

  it('hears nothing more of the login before', async () => {
    const session = open();
    await session.login({ user: 'alice', password });
    const { tell } = service;
    await session.login({ user: 'alice', password });
    await session.logout();
    tell(ended);
    expect(view).toMatchObject({ user: undefined, loginEnded: undefined });
  });
});

describe('a session without a password', () => {
  it('logs in by itself, once for all who ask, and again when the login runs out', async () => {
    let logins = 0;
    const loginWithoutPassword = () => {
      logins++;
      return service.client.login({ user: 'me', password });
    };
    const session = open({ loginWithoutPassword });
    await session.restore();
    const { id } = await session.startAppSession(start);
    expect(logins).toBe(1);
    time += 3_600_000;
    await Promise.all([session.credentialsOf(id), session.status(), session.token()]);
    expect(logins).toBe(2);
    expect(view.appSessions).toMatchObject([{ id }]);
    await expect(session.logout()).rejects.toThrow('no login to end');
  });
});
