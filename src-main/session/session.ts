import { randomBytes } from 'node:crypto';
import type {
  AppInfo,
  AppSessionGrant,
  AppSessionRequest,
  LoginGrant,
  LoginRequest,
  UserInfo,
} from '../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { type KeyHolder, type LocalKeys, newLocalKeys } from '../gateway/local-keys.ts';
import type { ServiceClient } from '../service-client/service-client.ts';
import type { LoginSecrets } from './login-secrets.ts';

/** Who is logged in, with which IAM roles, and with which local keys tools reach them. */
export interface Session {
  /** Takes up the login of the last start, if there is one and the service still knows it. */
  restore(): Promise<void>;
  /** Logs in. App sessions of an earlier login of the same user are taken up again, keys and all. */
  login(request: LoginRequest): Promise<void>;
  /** @throws RolegateError `bad_input` where there is no login to end (own credentials) */
  logout(): Promise<void>;
  /** @throws RolegateError `needs_login` */
  status(): Promise<UserInfo>;
  apps(): Promise<AppInfo[]>;
  /** Starts an app session, or takes the one that runs with this role already. */
  startAppSession(request: AppSessionRequest): Promise<AppSession>;
  endAppSession(id: string): Promise<void>;
  setRegion(id: string, region: string): Promise<void>;
  /** @throws RolegateError `not_found` */
  requireAppSession(id: string): AppSession;
  /** What a call made with this app session has to carry. @throws RolegateError `not_found`, `needs_login` */
  credentialsOf(id: string): Promise<{ token: string; serviceSessionId: string }>;
  keysOf(id: string): LocalKeys;
  findKeyHolder(accessKeyId: string): KeyHolder | undefined;
  /** The login's token. @throws RolegateError `needs_login` */
  token(): Promise<string>;
}

export interface SessionOptions {
  client: ServiceClient;
  secrets: LoginSecrets;
  /** Logs in without a password, where the operating system's user is the user. */
  loginWithoutPassword?: (() => Promise<LoginGrant>) | undefined;
  onChange: (view: SessionView) => void;
  now: () => number;
}

export interface SessionView {
  user: UserInfo | undefined;
  appSessions: AppSession[];
}

interface Held {
  view: AppSession;
  /** The service's id of it; ours stays the same over a new login, so that windows keep their place. */
  serviceId: string;
  keys: LocalKeys;
}

export function createSession(options: SessionOptions): Session {
  const { client, secrets, loginWithoutPassword, onChange, now } = options;
  let grant: LoginGrant | undefined;
  let held: Held[] = [];
  let byKey = new Map<string, KeyHolder>();
  let renewing: Promise<void> | undefined;

  function changed(): void {
    byKey = new Map(
      held.map(({ view, serviceId, keys }) => [
        keys.accessKeyId,
        { ...keys, appSessionId: serviceId, expiresAt: view.expiresAt },
      ]),
    );
    onChange({ user: grant?.user, appSessions: held.map(({ view }) => view) });
  }

  function rememberLogin(): Promise<void> {
    const { token } = grant ?? notLoggedIn();
    return secrets.writeLogin({ token, appSessions: held.map(({ serviceId }) => serviceId) });
  }

  async function remember({ view, serviceId, keys }: Held): Promise<void> {
    await secrets.writeAppSession(serviceId, { id: view.id, region: view.region, ...keys });
    await rememberLogin();
  }

  /** Starts again, for a new login of the same user, the app sessions that the old one had. */
  async function takeUpAgain(earlier: readonly Held[], token: string): Promise<Held[]> {
    const again: Held[] = [];
    for (const old of earlier) {
      const { app, role } = old.view;
      // A role that was taken away in the meantime is gone; the others go on.
      const started = await client.startAppSession(token, { app, roleArn: role.arn }).catch(() => undefined);
      if (!started) continue;
      again.push({ ...old, serviceId: started.id, view: { ...toView(started, old.view.id), region: old.view.region } });
    }
    return again;
  }

  async function begin(granted: LoginGrant): Promise<void> {
    const earlier = grant?.user.name === granted.user.name ? held : [];
    await secrets.clear();
    grant = granted;
    held = await takeUpAgain(earlier, granted.token);
    await rememberLogin();
    for (const one of held) await remember(one);
    changed();
  }

  async function token(): Promise<string> {
    const aboutToEnd = !grant || grant.user.validUntil - now() < 60_000;
    if (aboutToEnd && loginWithoutPassword) {
      // However many calls come at that moment, one login serves them all.
      renewing ??= loginWithoutPassword()
        .then(begin)
        .finally(() => {
          renewing = undefined;
        });
      await renewing;
    }
    return (grant ?? notLoggedIn()).token;
  }

  function find(id: string): Held {
    const found = held.find(({ view }) => view.id === id);
    if (found) return found;
    throw new RolegateError('not_found', 'This session with an IAM role has ended.', { hint: 'Pick the role again.' });
  }

  async function forget(one: Held): Promise<void> {
    held = held.filter((other) => other !== one);
    await secrets.deleteAppSession(one.serviceId);
    await rememberLogin();
    changed();
  }

  return {
    async restore() {
      const stored = await secrets.readLogin();
      if (stored) {
        try {
          const user = await client.user(stored.token);
          const running = await client.appSessions(stored.token);
          grant = { token: stored.token, user };
          held = await Promise.all(running.map((one) => restored(one, secrets)));
          for (const one of held) if (!stored.appSessions.includes(one.serviceId)) await remember(one);
        } catch (error) {
          if (!(error instanceof RolegateError && error.needsLogin)) throw error;
          await secrets.clear();
        }
      }
      if (!grant && loginWithoutPassword) await begin(await loginWithoutPassword());
      changed();
    },

    async login(request) {
      await begin(await client.login(request));
    },

    async logout() {
      if (loginWithoutPassword) {
        throw new RolegateError('bad_input', 'You work with your own AWS credentials, so there is no login to end.', {
          hint: 'Go back to the sandbox in the settings.',
        });
      }
      const ended = grant;
      grant = undefined;
      held = [];
      await secrets.clear();
      changed();
      // Here it is over in any case; a service that cannot be reached ends it when its time has come.
      if (ended) await client.logout(ended.token).catch(() => undefined);
    },

    status: async () => client.user(await token()),
    apps: async () => client.apps(await token()),

    async startAppSession(request) {
      const bearer = await token();
      const running = held.find(({ view }) => view.app === request.app && view.role.arn === request.roleArn);
      if (running && running.view.expiresAt > now()) return running.view;
      const started = await client.startAppSession(bearer, request);
      const one: Held = { view: toView(started), serviceId: started.id, keys: newLocalKeys() };
      held = [...held.filter((other) => other !== running), one];
      await remember(one);
      changed();
      return one.view;
    },

    async endAppSession(id) {
      const one = find(id);
      await forget(one);
      await client.endAppSession(await token(), one.serviceId).catch((error: unknown) => {
        // Over already is as good.
        if (!(error instanceof RolegateError && error.code === 'session_expired')) throw error;
      });
    },

    async setRegion(id, region) {
      const one = find(id);
      one.view = { ...one.view, region };
      changed();
      await remember(one);
    },

    requireAppSession: (id) => find(id).view,
    async credentialsOf(id) {
      const bearer = await token();
      return { token: bearer, serviceSessionId: find(id).serviceId };
    },
    keysOf: (id) => find(id).keys,
    findKeyHolder: (accessKeyId) => byKey.get(accessKeyId),
    token,
  };
}

async function restored(running: AppSessionGrant, secrets: LoginSecrets): Promise<Held> {
  const stored = await secrets.readAppSession(running.id);
  if (!stored) return { view: toView(running), serviceId: running.id, keys: newLocalKeys() };
  const { id, region, accessKeyId, secretAccessKey } = stored;
  return { view: { ...toView(running, id), region }, serviceId: running.id, keys: { accessKeyId, secretAccessKey } };
}

function toView(grant: AppSessionGrant, id = randomBytes(12).toString('base64url')): AppSession {
  return { ...grant, id };
}

function notLoggedIn(): never {
  throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in first.' });
}
