import type { AppSessionGrant, LoginGrant } from '../../src-shared/contracts/service-api.ts';
import { type ErrorData, RolegateError } from '../../src-shared/errors.ts';
import { newLocalKeys } from '../../src-shared/local-keys.ts';
import type { KeyHolder } from '../gateway/key-holder.ts';
import { createChainedKeys } from './chained-keys.ts';
import { type HeldSession as Held, restored, shown, toView } from './held-session.ts';
import { keyIdTaken } from './kept-keys.ts';
import { createPastSessions } from './past-sessions.ts';
import type { Session, SessionOptions } from './session-api.ts';
import { watchLogin } from './watch-login.ts';

export type { Session, SessionOptions, SessionView } from './session-api.ts';

export function createSession(options: SessionOptions): Session {
  const { client, secrets, keptKeys, loginWithoutPassword, onChange, now } = options;
  let grant: LoginGrant | undefined;
  let held: Held[] = [];
  let byKey = new Map<string, KeyHolder>();
  let renewing: Promise<void> | undefined;
  let loginEnded: ErrorData | undefined;
  let accessRevision = 0;
  let stopWatching = (): void => undefined;
  const chained = createChainedKeys(now);
  const past = createPastSessions();

  function changed(): void {
    byKey = new Map(
      held.map(({ view, serviceId, keys }) => [
        keys.accessKeyId,
        { ...keys, appSessionId: serviceId, expiresAt: view.expiresAt, plainHttp: view.plainHttp },
      ]),
    );
    chained.keepOnly(new Set(held.map(({ serviceId }) => serviceId)));
    onChange({
      user: grant?.user,
      appSessions: held.map(shown),
      loginEnded,
      endedSessions: past.list(),
      accessRevision,
    });
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
      const started = await client.startAppSession(token, { app, roleArn: role.arn }).catch((error: unknown) => {
        past.add(old, sentence(error), now());
        return undefined;
      });
      if (!started) continue;
      again.push({ ...old, serviceId: started.id, view: goingOn(old, started) });
    }
    return again;
  }

  async function begin(granted: LoginGrant): Promise<void> {
    const isSame = grant?.user.name === granted.user.name;
    const earlier = isSame ? held : [];
    if (!isSame) past.clear();
    stopWatching();
    await secrets.clear();
    grant = granted;
    loginEnded = undefined;
    held = await takeUpAgain(earlier, granted.token);
    await rememberLogin();
    for (const one of held) await remember(one);
    accessRevision += 1;
    watch(granted.token);
    changed();
  }

  /** Listens to what the service tells of this login. */
  function watch(bearer: string): void {
    stopWatching();
    stopWatching = watchLogin(client, bearer, {
      onLoginEnded(why) {
        loginEnded = why;
        changed();
        // Where no password is needed, nobody is asked.
        if (loginWithoutPassword) token().catch(() => undefined);
      },
      onAppSessionEnded(serviceId, reason) {
        const one = held.find((other) => other.serviceId === serviceId);
        if (one) lose([one], reason);
      },
      onAccessChanged: () => void refresh(bearer).catch(() => undefined),
    });
  }

  /** App sessions that somebody else has ended. */
  function lose(lost: readonly Held[], reason: string): void {
    held = held.filter((one) => !lost.includes(one));
    for (const one of lost) past.add(one, reason, now());
    changed();
    for (const { serviceId } of lost) secrets.deleteAppSession(serviceId).catch(() => undefined);
    rememberLogin().catch(() => undefined);
  }

  /** Asks what the login may do by now, and which of its app sessions there still are. */
  async function refresh(bearer: string): Promise<void> {
    const before = held;
    const [user, running] = await Promise.all([client.user(bearer), client.appSessions(bearer)]);
    if (grant?.token !== bearer) return;
    grant = { token: bearer, user };
    accessRevision += 1;
    const ids = new Set(running.map(({ id }) => id));
    const lost = before.filter((one) => held.includes(one) && !ids.has(one.serviceId) && one.view.expiresAt > now());
    lose(lost, 'It was ended.');
  }

  async function token(): Promise<string> {
    const aboutToEnd = !grant || loginEnded || grant.user.validUntil - now() < 60_000;
    if (aboutToEnd && loginWithoutPassword) {
      // However many calls come at that moment, one login serves them all.
      renewing ??= loginWithoutPassword()
        .then(begin)
        .finally(() => {
          renewing = undefined;
        });
      await renewing;
    }
    if (loginEnded) throw RolegateError.fromData(loginEnded);
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
          loginEnded = undefined;
          watch(stored.token);
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
      const ended = loginEnded ? undefined : grant;
      stopWatching();
      grant = undefined;
      loginEnded = undefined;
      held = [];
      past.clear();
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
      const before = past.takeBack(request.app, request.roleArn);
      const place = before ? goingOn(before, started) : toView(started);
      // What was allowed until the session ended is not allowed to the next one.
      const view = { ...place, keepsKeys: kept !== undefined, plainHttp: false, unlocked: false };
      const one: Held = { view, serviceId: started.id, keys: kept ?? before?.keys ?? newLocalKeys() };
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
    findKeyHolder: (accessKeyId) =>
      byKey.get(accessKeyId) ?? chained.find(accessKeyId) ?? past.findKeyHolder(accessKeyId),
    noteConsole(id, until) {
      const one = find(id);
      one.view = { ...one.view, consoleUntil: Math.max(until, one.view.consoleUntil ?? 0) };
      changed();
    },
    addChain: (serviceSessionId, grant) => chained.add(serviceSessionId, grant),
    token,
    close: () => stopWatching(),
  };
}

/** An app session that is started anew in the place of one before: the same id, region and settings. */
function goingOn({ view }: Held, started: AppSessionGrant): Held['view'] {
  const { id, region, keepsKeys, plainHttp, unlocked, consoleUntil } = view;
  return {
    ...toView(started, id),
    region,
    keepsKeys,
    plainHttp,
    unlocked,
    ...(consoleUntil !== undefined && { consoleUntil }),
  };
}

function sentence(error: unknown): string {
  return error instanceof RolegateError ? (error.hint ?? error.message) : 'It cannot be started again.';
}

function notLoggedIn(): never {
  throw new RolegateError('needs_login', 'You are not logged in.', { hint: 'Log in first.' });
}
