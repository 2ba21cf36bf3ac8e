import { hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend } from '../backend/backend.ts';

const storedLogin = z.object({ user: z.string(), startedAt: z.number(), expiresAt: z.number() });
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

/**
 * Logins and app sessions. They outlive a restart in the backend; those in use are held in memory as well, because
 * every request asks for them.
 */
export interface Sessions {
  startLogin(user: string, expiresAt: number): Promise<{ token: string; login: Login }>;
  /** @throws RolegateError `needs_login` for a token that is unknown, ended or over. */
  requireLogin(token: string): Promise<Login>;
  /** Ends a login and every app session that was started with it. */
  endLogin(login: Login): Promise<AppSession[]>;
  startAppSession(login: Login, grant: { app: string; roleArn: string; expiresAt: number }): Promise<AppSession>;
  /** @throws RolegateError `session_expired` when it is not this user's, ended or over. */
  requireAppSession(login: Login, id: string): Promise<AppSession>;
  appSessionsOf(login: Login): Promise<AppSession[]>;
  endAppSession(session: AppSession): Promise<void>;
}

const maxHeld = 10_000;

export function createSessions(backend: Backend, now: () => number): Sessions {
  const logins = new Map<string, Login>();
  const appSessions = new Map<string, AppSession>();

  async function readLogin(id: string): Promise<Login | undefined> {
    const held = logins.get(id);
    if (held) return held;
    const stored = storedLogin.safeParse((await backend.get(loginKey(id)))?.value);
    return stored.success ? hold(logins, id, { ...stored.data, id }) : undefined;
  }

  async function readAppSession(user: string, id: string): Promise<AppSession | undefined> {
    const held = appSessions.get(id);
    if (held) return held.user === user ? held : undefined;
    const stored = storedAppSession.safeParse((await backend.get(appSessionKey(user, id)))?.value);
    return stored.success ? hold(appSessions, id, stored.data) : undefined;
  }

  async function appSessionsOf(login: Login): Promise<AppSession[]> {
    const entries = await backend.range(appSessionKey(login.user, ''));
    const sessions = entries.map((entry) => storedAppSession.safeParse(entry.value)).flatMap((one) => one.data ?? []);
    return sessions.sort((a, b) => a.startedAt - b.startedAt);
  }

  async function endAppSession(session: AppSession): Promise<void> {
    appSessions.delete(session.id);
    await backend.delete(appSessionKey(session.user, session.id));
  }

  return {
    async startLogin(user, expiresAt) {
      const token = randomBytes(32).toString('base64url');
      const login = { user, startedAt: now(), expiresAt };
      const id = hashOf(token);
      await backend.put({ key: loginKey(id), value: login, expiresAt });
      return { token, login: hold(logins, id, { ...login, id }) };
    },

    async requireLogin(token) {
      // The lookup is by hash, so how long it takes tells nothing about the token.
      const login = await readLogin(hashOf(token));
      if (login && login.expiresAt > now()) return login;
      throw new RolegateError('needs_login', login ? 'Your login has expired.' : 'You are not logged in.', {
        hint: 'Log in again.',
      });
    },

    async endLogin(login) {
      logins.delete(login.id);
      await backend.delete(loginKey(login.id));
      const own = (await appSessionsOf(login)).filter((session) => session.loginId === login.id);
      for (const session of own) await endAppSession(session);
      return own;
    },

    async startAppSession(login, { app, roleArn, expiresAt }) {
      const id = randomBytes(12).toString('base64url');
      const session = { id, user: login.user, loginId: login.id, app, roleArn, startedAt: now(), expiresAt };
      await backend.put({ key: appSessionKey(login.user, id), value: session, expiresAt });
      return hold(appSessions, id, session);
    },

    async requireAppSession(login, id) {
      const session = await readAppSession(login.user, id);
      if (session && session.expiresAt > now()) return session;
      throw new RolegateError('session_expired', 'The session with this IAM role is over.', {
        hint: 'Start it again by picking the role.',
      });
    },

    appSessionsOf,
    endAppSession,
  };
}

function hold<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > maxHeld && oldest !== undefined) map.delete(oldest);
  return value;
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

function loginKey(id: string): string {
  return `logins/${id}`;
}

function appSessionKey(user: string, id: string): string {
  return `app-sessions/${encodeURIComponent(user)}/${id}`;
}
