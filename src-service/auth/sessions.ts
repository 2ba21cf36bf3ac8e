import { hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';
import { memoize } from '../../src-shared/memoize.ts';
import type { Backend, Change } from '../backend/backend.ts';
import { keyPart } from '../backend/entry-text.ts';

const storedLogin = z.object({
  user: z.string(),
  startedAt: z.number(),
  expiresAt: z.number(),
  /** When it was used last, to a minute or so; kept only where unused logins end early. */
  usedAt: z.number().optional(),
  /** Whether it was made with a passkey, which is two factors in one. */
  byPasskey: z.boolean().optional(),
});
const storedAppSession = z.object({
  id: z.string(),
  user: z.string(),
  loginId: z.string(),
  app: z.string(),
  roleArn: z.string(),
  startedAt: z.number(),
  expiresAt: z.number(),
});

/** A login: who, and until when. `id` is the hash of its token, which is nowhere kept. */
export type Login = z.infer<typeof storedLogin> & { id: string };
/** A user's grant to use one IAM role of one app until a time. */
export type AppSession = z.infer<typeof storedAppSession>;
/** What is known of an app session after its end, too. */
export type OwnAppSession = Pick<AppSession, 'id' | 'user' | 'app' | 'roleArn'>;

/**
 * Logins and app sessions. They outlive a restart in the backend; those in use are held in memory as well, because
 * every request asks for them. What another replica ends is forgotten here within a second.
 */
export interface Sessions {
  startLogin(user: string, expiresAt: number, byPasskey?: boolean): Promise<{ token: string; login: Login }>;
  /**
   * @param isUse false for what somebody else than the user can bring about: it keeps no unused login from ending
   * @throws RolegateError `needs_login` for a token that is unknown, ended, over or unused for too long.
   */
  requireLogin(token: string, isUse?: boolean): Promise<Login>;
  /** Why a login is over, if it is, without counting as a use of it. */
  loginOver(login: Login): string | undefined;
  /** All logins that are not over. */
  logins(): Promise<Login[]>;
  /**
   * Ends a login and every app session that was started with it.
   *
   * @param reason told to whoever comes with its token later
   * @returns the app sessions that this call ended
   */
  endLogin(login: Login, reason: string): Promise<AppSession[]>;
  startAppSession(login: Login, grant: { app: string; roleArn: string; expiresAt: number }): Promise<AppSession>;
  /** @throws RolegateError `session_expired`, with the reason, when it is not this user's, ended or over. */
  requireAppSession(login: Login, id: string): Promise<AppSession>;
  /**
   * What an app session of this user's is for, or was until a day ago at most.
   *
   * @throws RolegateError `session_expired` when there was none, or it was another's
   */
  requireOwn(login: Login, id: string): Promise<OwnAppSession>;
  appSessionsOf(user: string): Promise<AppSession[]>;
  allAppSessions(): Promise<AppSession[]>;
  /** The app sessions that this process has seen in use. */
  heldAppSessions(): AppSession[];
  /** @returns whether this call ended it, and not another before it */
  endAppSession(session: AppSession, reason: string): Promise<boolean>;
  /** Tells of app sessions that ended elsewhere, so that what they have under way here can be cut. */
  onEndedElsewhere(listener: (session: AppSession, reason: string) => void): void;
  /** Tells of logins that were in use here and ended elsewhere. */
  onLoginEndedElsewhere(listener: (login: Login, reason: string) => void): void;
  close(): void;
}

export interface SessionsOptions {
  backend: Backend;
  now: () => number;
  /** How long a login may go unused, in milliseconds; no limit when undefined. */
  idleTimeout?: () => number | undefined;
}

/** How many logins, and how many app sessions, are held in memory; those that were not used for longest go first. */
const maxHeld = 50_000;
const loginPrefix = 'logins/';
const appSessionPrefix = 'app-sessions/';
const storedEnd = z.object({ user: z.string(), reason: z.string() });
const storedOwner = z.object({ user: z.string(), app: z.string(), roleArn: z.string() });
/** How long it is known whose an app session was, after its time. */
const ownerKnownFor = 24 * 3_600_000;
/** The use of a login is written down no more often than this. */
const noteUseEvery = 60_000;

export function createSessions({ backend, now, idleTimeout = () => undefined }: SessionsOptions): Sessions {
  const logins = new Map<string, { login: Login; revision: string }>();
  const appSessions = new Map<string, AppSession>();
  const endedListeners = new Set<(session: AppSession, reason: string) => void>();
  const loginEndedListeners = new Set<(login: Login, reason: string) => void>();

  const stopWatching = [
    backend.watch(loginPrefix, (change) => void forgetEndedLogins(change).catch(() => logins.clear())),
    backend.watch(appSessionPrefix, (change) => void forgetEnded(change).catch(() => undefined)),
  ];

  async function forgetEndedLogins({ keys, missed }: Change): Promise<void> {
    const ids = missed ? [...logins.keys()] : keys.map((key) => key.slice(loginPrefix.length));
    for (const id of ids) {
      const held = logins.get(id);
      // One whose time is over is gone from the store as well, and says itself that it is over.
      if (!held || held.login.expiresAt <= now()) continue;
      const entry = await backend.get(loginKey(id));
      if (entry?.revision === logins.get(id)?.revision) continue;
      if (!logins.delete(id) || entry) continue;
      const reason = (await whyEnded(id, held.login.user)) ?? endedSomewhere;
      for (const listener of loginEndedListeners) listener(held.login, reason);
    }
  }

  async function forgetEnded({ keys, missed }: Change): Promise<void> {
    const changed = new Set(keys);
    const held = [...appSessions.values()].filter((one) => missed || changed.has(appSessionKey(one.user, one.id)));
    for (const session of held) {
      if (await backend.get(appSessionKey(session.user, session.id))) continue;
      if (!appSessions.delete(session.id)) continue;
      const reason = (await whyEnded(session.id, session.user)) ?? endedSomewhere;
      for (const listener of endedListeners) listener(session, reason);
    }
  }

  /** Notes why something ended, for as long as somebody may still come with it. It is there before the end is. */
  async function noteEnd({ id, user, expiresAt }: Login | AppSession, reason: string): Promise<void> {
    if (expiresAt > now()) await backend.put({ key: endKey(id), value: { user, reason }, expiresAt });
  }

  /** @param user whose it must have been; whoever has a login's token may know in any case */
  async function whyEnded(id: string, user?: string): Promise<string | undefined> {
    const end = storedEnd.safeParse((await backend.get(endKey(id)))?.value).data;
    return end && (user === undefined || end.user === user) ? end.reason : undefined;
  }

  function loginOver(login: Login): string | undefined {
    if (login.expiresAt <= now()) return 'Your login has expired.';
    const limit = idleTimeout();
    const usedAt = logins.get(login.id)?.login.usedAt ?? login.usedAt ?? login.startedAt;
    if (limit === undefined || now() - usedAt <= limit) return undefined;
    return 'Your login was not used for too long.';
  }

  async function readLogin(id: string): Promise<Login | undefined> {
    const held = logins.get(id);
    if (held) return hold(logins, id, held).login;
    const entry = await backend.get(loginKey(id));
    const stored = storedLogin.safeParse(entry?.value);
    if (!entry || !stored.success) return undefined;
    return hold(logins, id, { login: { ...stored.data, id }, revision: entry.revision }).login;
  }

  /** Notes that a login is used. Another replica may note it at the same time; one of both is enough. */
  async function noteUse(login: Login): Promise<void> {
    const held = logins.get(login.id);
    if (!held) return;
    const { id, ...used } = { ...login, usedAt: now() };
    held.login = { ...used, id };
    const entry = { key: loginKey(id), value: used, expiresAt: login.expiresAt };
    const revision = await backend.compareAndSwap(entry, held.revision);
    if (revision === undefined) logins.delete(id);
    else held.revision = revision;
  }

  async function readAppSession(user: string, id: string): Promise<AppSession | undefined> {
    const held = appSessions.get(id);
    if (held) return held.user === user ? hold(appSessions, id, held) : undefined;
    const stored = storedAppSession.safeParse((await backend.get(appSessionKey(user, id)))?.value);
    return stored.success ? hold(appSessions, id, stored.data) : undefined;
  }

  async function readAppSessions(prefix: string): Promise<AppSession[]> {
    const entries = await backend.range(prefix);
    const sessions = entries.map((entry) => storedAppSession.safeParse(entry.value)).flatMap((one) => one.data ?? []);
    return sessions.sort((a, b) => a.startedAt - b.startedAt);
  }

  const appSessionsOf = (user: string) => readAppSessions(appSessionKey(user, ''));

  async function endAppSession(session: AppSession, reason: string): Promise<boolean> {
    await noteEnd(session, reason);
    appSessions.delete(session.id);
    return backend.delete(appSessionKey(session.user, session.id));
  }

  async function endLogin(login: Login, reason: string): Promise<AppSession[]> {
    await noteEnd(login, reason);
    logins.delete(login.id);
    await backend.delete(loginKey(login.id));
    const own = (await appSessionsOf(login.user)).filter((session) => session.loginId === login.id);
    const ended: AppSession[] = [];
    for (const session of own) if (await endAppSession(session, reason)) ended.push(session);
    return ended;
  }

  return {
    async startLogin(user, expiresAt, byPasskey = false) {
      const token = randomBytes(32).toString('base64url');
      const login = { user, startedAt: now(), expiresAt, usedAt: now(), ...(byPasskey && { byPasskey }) };
      const id = hashOf(token);
      const revision = await backend.put({ key: loginKey(id), value: login, expiresAt });
      return { token, login: hold(logins, id, { login: { ...login, id }, revision }).login };
    },

    async requireLogin(token, isUse = true) {
      // The lookup is by hash, so how long it takes tells nothing about the token.
      const id = hashOf(token);
      const login = await readLogin(id);
      const hint = 'Log in again.';
      if (!login) {
        const reason = await whyEnded(id);
        const message = reason === undefined ? 'You are not logged in.' : `Your login has ended: ${reason}`;
        throw new RolegateError('needs_login', message, { hint });
      }
      const over = loginOver(login);
      if (over !== undefined) {
        if (login.expiresAt > now()) await endLogin(login, 'it was not used for too long.');
        throw new RolegateError('needs_login', over, { hint });
      }
      const limit = idleTimeout();
      if (isUse && limit !== undefined) {
        const unused = now() - (login.usedAt ?? login.startedAt);
        if (unused > Math.min(noteUseEvery, limit / 4)) await noteUse(login);
      }
      return login;
    },

    loginOver,

    async logins() {
      const entries = await backend.range(loginPrefix);
      return entries.flatMap(({ key, value }) => {
        const stored = storedLogin.safeParse(value);
        return stored.success ? [{ ...stored.data, id: key.slice(loginPrefix.length) }] : [];
      });
    },

    endLogin,

    async startAppSession(login, { app, roleArn, expiresAt }) {
      const id = randomBytes(12).toString('base64url');
      const session = { id, user: login.user, loginId: login.id, app, roleArn, startedAt: now(), expiresAt };
      const owner = { user: login.user, app, roleArn };
      await Promise.all([
        backend.put({ key: appSessionKey(login.user, id), value: session, expiresAt }),
        backend.put({ key: ownerKey(id), value: owner, expiresAt: expiresAt + ownerKnownFor }),
      ]);
      return hold(appSessions, id, session);
    },

    async requireAppSession(login, id) {
      const session = await readAppSession(login.user, id);
      if (session && session.expiresAt > now()) return session;
      const reason = session ? undefined : await whyEnded(id, login.user);
      throw reason === undefined ? sessionOver() : sessionEnded(reason);
    },

    async requireOwn(login, id) {
      const session = await readAppSession(login.user, id);
      if (session) return session;
      const owner = storedOwner.safeParse((await backend.get(ownerKey(id)))?.value).data;
      if (owner?.user !== login.user) throw sessionOver();
      return { id, ...owner };
    },

    appSessionsOf,
    allAppSessions: () => readAppSessions(appSessionPrefix),
    heldAppSessions: () => [...appSessions.values()],
    endAppSession,
    onEndedElsewhere: (listener) => void endedListeners.add(listener),
    onLoginEndedElsewhere: (listener) => void loginEndedListeners.add(listener),
    close() {
      for (const stop of stopWatching) stop();
    },
  };
}

const endedSomewhere = 'it was ended.';

function sessionOver(): RolegateError {
  return new RolegateError('session_expired', 'The session with this IAM role is over.', {
    hint: 'Start it again by picking the role.',
  });
}

/** What whoever uses an app session that ended before its time is told. */
export function sessionEnded(reason: string): RolegateError {
  return new RolegateError('session_expired', `The session with this IAM role has ended: ${reason}`, {
    hint: 'Pick the role again, if you still have it.',
  });
}

function hold<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > maxHeld && oldest !== undefined) map.delete(oldest);
  return value;
}

/** Remembered, because every request comes with its token. */
const hashOf = memoize((token: string) => hash('sha256', token, 'base64url'), 256);

function loginKey(id: string): string {
  return `${loginPrefix}${id}`;
}

function endKey(id: string): string {
  return `ended/${id}`;
}

function ownerKey(id: string): string {
  return `app-session-owners/${id}`;
}

function appSessionKey(user: string, id: string): string {
  return `${appSessionPrefix}${keyPart(user)}/${id}`;
}
