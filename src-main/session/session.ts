import { randomBytes } from 'node:crypto';
import type { AcceptInvitationRequest } from '../../src-shared/contracts/account-api.ts';
import type { ChainGrant } from '../../src-shared/contracts/aws-call.ts';
import type {
  AppInfo,
  AppSessionGrant,
  AppSessionRequest,
  LoginGrant,
  LoginRequest,
  UserInfo,
} from '../../src-shared/contracts/service-api.ts';
import type { FinishSignOnRequest } from '../../src-shared/contracts/sign-on-api.ts';
import type { AppSession } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { type LocalKeys, newLocalKeys } from '../../src-shared/local-keys.ts';
import type { KeyHolder } from '../gateway/key-holder.ts';
import type { ServiceClient } from '../service-client/service-client.ts';
import { createChainedKeys } from './chained-keys.ts';
import { type KeptKeys, keyIdTaken } from './kept-keys.ts';
import type { LoginSecrets } from './login-secrets.ts';

/** Who is logged in, with which IAM roles, and with which local keys tools reach them. */
export interface Session {
  /** Takes up the login of the last start, if there is one and the service still knows it. */
  restore(): Promise<void>;
  /** Logs in. App sessions of an earlier login of the same user are taken up again, keys and all. */
  login(request: LoginRequest): Promise<void>;
  /** Logs in with what a sign-on by the browser has brought. */
  finishSignOn(request: FinishSignOnRequest): Promise<void>;
  /** Logs in by choosing the password that an invitation is for. */
  acceptInvitation(request: AcceptInvitationRequest): Promise<void>;
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
  /**
   * Keeps the keys of an app session for whenever its role is used again, or no longer does.
   *
   * @param keys the user's own in place of those that were made
   * @throws RolegateError `conflict` when another role has the same access key id
   */
  keepKeys(id: string, keep: boolean, keys?: LocalKeys): Promise<void>;
  /** Allows plain http for an app session, until it ends or Rolegate is started again. */
  allowPlainHttp(id: string, allow: boolean): void;
  /** Allows a session in production to write, until it ends or Rolegate is started again. */
  unlock(id: string, unlocked: boolean): void;
  /** Takes in the virtual credentials of a chained role. */
  addChain(serviceSessionId: string, grant: ChainGrant): void;
  findKeyHolder(accessKeyId: string): KeyHolder | undefined;
  /** The login's token. @throws RolegateError `needs_login` */
  token(): Promise<string>;
}

export interface SessionOptions {
  client: ServiceClient;
  secrets: LoginSecrets;
  keptKeys: KeptKeys;
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
  view: Omit<AppSession, 'accessKeyId'>;
  /** The service's id of it; ours stays the same over a new login, so that windows keep their place. */
  serviceId: string;
  keys: LocalKeys;
}

export function createSession(options: SessionOptions): Session {
  const { client, secrets, keptKeys, loginWithoutPassword, onChange, now } = options;
  let grant: LoginGrant | undefined;
  let held: Held[] = [];
  let byKey = new Map<string, KeyHolder>();
  let renewing: Promise<void> | undefined;
  const chained = createChainedKeys(now);

  function changed(): void {
    byKey = new Map(
      held.map(({ view, serviceId, keys }) => [
        keys.accessKeyId,
        { ...keys, appSessionId: serviceId, expiresAt: view.expiresAt, plainHttp: view.plainHttp },
      ]),
    );
    chained.keepOnly(new Set(held.map(({ serviceId }) => serviceId)));
    onChange({ user: grant?.user, appSessions: held.map(shown) });
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
      const { id, region, keepsKeys, plainHttp, unlocked } = old.view;
      const view = { ...toView(started, id), region, keepsKeys, plainHttp, unlocked };
      again.push({ ...old, serviceId: started.id, view });
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
          held = await Promise.all(running.map((one) => restored(one, secrets, keptKeys)));
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

    async finishSignOn(request) {
      await begin(await client.finishSignOn(request));
    },

    async acceptInvitation(request) {
      await begin(await client.acceptInvitation(request));
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
      if (running && running.view.expiresAt > now()) return shown(running);
      const started = await client.startAppSession(bearer, request);
      const kept = await keptKeys.of(request.app, request.roleArn);
      const view = { ...toView(started), keepsKeys: kept !== undefined };
      const one: Held = { view, serviceId: started.id, keys: kept ?? newLocalKeys() };
      held = [...held.filter((other) => other !== running), one];
      await remember(one);
      changed();
      return shown(one);
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

    async keepKeys(id, keep, keys) {
      const one = find(id);
      const { app, role } = one.view;
      if (keys && held.some((other) => other !== one && other.keys.accessKeyId === keys.accessKeyId))
        throw keyIdTaken();
      if (keep) await keptKeys.keep(app, role.arn, keys ?? one.keys);
      else await keptKeys.drop(app, role.arn);
      one.keys = keep ? (keys ?? one.keys) : newLocalKeys();
      one.view = { ...one.view, keepsKeys: keep };
      changed();
      await remember(one);
    },

    allowPlainHttp(id, allow) {
      const one = find(id);
      one.view = { ...one.view, plainHttp: allow };
      changed();
    },

    unlock(id, unlocked) {
      const one = find(id);
      one.view = { ...one.view, unlocked };
      changed();
    },

    requireAppSession: (id) => shown(find(id)),
    async credentialsOf(id) {
      const bearer = await token();
      return { token: bearer, serviceSessionId: find(id).serviceId };
    },
    keysOf: (id) => find(id).keys,
    findKeyHolder: (accessKeyId) => byKey.get(accessKeyId) ?? chained.find(accessKeyId),
    addChain: (serviceSessionId, grant) => chained.add(serviceSessionId, grant),
    token,
  };
}

async function restored(running: AppSessionGrant, secrets: LoginSecrets, keptKeys: KeptKeys): Promise<Held> {
  const kept = await keptKeys.of(running.app, running.role.arn);
  const keepsKeys = kept !== undefined;
  const stored = await secrets.readAppSession(running.id);
  if (!stored) {
    return { view: { ...toView(running), keepsKeys }, serviceId: running.id, keys: kept ?? newLocalKeys() };
  }
  const { id, region, accessKeyId, secretAccessKey } = stored;
  const view = { ...toView(running, id), region, keepsKeys };
  return { view, serviceId: running.id, keys: kept ?? { accessKeyId, secretAccessKey } };
}

function shown({ view, keys }: Held): AppSession {
  return { ...view, accessKeyId: keys.accessKeyId };
}

function toView(grant: AppSessionGrant, id = randomBytes(12).toString('base64url')): Held['view'] {
  return { ...grant, id, keepsKeys: false, plainHttp: false, unlocked: false };
}

function notLoggedIn(): never {
  throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in first.' });
}
