import { RolegateError } from '../../src-shared/errors.ts';
import type { Catalog } from '../access/catalog.ts';
import type { AppSession, Login, Sessions } from '../auth/sessions.ts';
import type { Log } from '../log.ts';
import type { Kind } from '../resources/document.ts';

/** The kinds of resources on which a session stands. */
const decisive: readonly Kind[] = ['role', 'user', 'app', 'lock', 'access_request'];

export interface Revocation {
  /** Ends an app session, wherever it is in use. */
  end(session: AppSession, reason: string): Promise<boolean>;
  /** Ends a login with its app sessions. */
  endLogin(login: Login, reason: string): Promise<number>;
  /** Ends all logins of a user. */
  endUser(user: string, reason: string): Promise<{ logins: number; appSessions: number }>;
  close(): void;
}

export interface RevocationParts {
  sessions: Sessions;
  catalog: Catalog;
  resources: {
    onChange(listener: (changed: ReadonlySet<Kind>) => void): void;
    nextExpiry(): number | undefined;
    users(): ReadonlyMap<string, unknown>;
  };
  /** Cuts what is under way, and forgets what was kept for the session. */
  cut: (session: AppSession, reason: string) => void;
  /** Told of every app session that ended here. */
  ended: (session: AppSession, reason: string) => void;
  /** Told of every login that ended, or that is of no use for now, in a sentence. */
  loginEnded: (login: Login, message: string) => void;
  /** Told when what decisions stand on has changed. */
  changed: () => void;
  log: Log;
  now: () => number;
}

/** Milliseconds of looking at sessions before others have their turn. */
const longestTurn = 10;
/** The longest time that a timer takes. */
const longestTimer = 2_147_483_647;

/**
 * The one way in which sessions end before their time: by logout, by an administrator, and by a change of roles,
 * users, apps or locks after which they would not be granted any more. Whatever they have under way is cut at once.
 */
export function startRevocation(parts: RevocationParts): Revocation {
  const { sessions, catalog, resources, cut, ended, loginEnded, changed, log, now } = parts;
  let timer: NodeJS.Timeout | undefined;
  let usersBefore = resources.users();
  /** Deleted users whose logins may not all have ended yet. */
  const gone = new Set<string>();

  async function end(session: AppSession, reason: string): Promise<boolean> {
    cut(session, reason);
    const isFirst = await sessions.endAppSession(session, reason);
    // Of several replicas that see the same change, one writes it down.
    if (isFirst) ended(session, reason);
    return isFirst;
  }

  async function endLogin(login: Login, reason: string): Promise<number> {
    const own = await sessions.endLogin(login, reason);
    loginEnded(login, `Your login has ended: ${reason}`);
    for (const session of own) {
      cut(session, reason);
      ended(session, reason);
    }
    return own.length;
  }

  async function endUser(user: string, reason: string) {
    const logins = (await sessions.logins()).filter((login) => login.user === user);
    let appSessions = 0;
    for (const login of logins) appSessions += await endLogin(login, reason);
    return { logins: logins.length, appSessions };
  }

  /** Why an app session would not be granted any more, if so. */
  function objection({ user, app, roleArn }: AppSession): string | undefined {
    try {
      catalog.authorise(catalog.requireUser(user), app, roleArn);
      return undefined;
    } catch (error) {
      if (!(error instanceof RolegateError)) throw error;
      return error.hint ?? error.message;
    }
  }

  async function review(): Promise<void> {
    watchExpiry();
    changed();
    let since = performance.now();
    for (const session of sessions.heldAppSessions()) {
      const reason = objection(session);
      if (reason !== undefined) await end(session, reason);
      if (performance.now() - since < longestTurn) continue;
      // Thousands of sessions are many decisions: requests go on between them.
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }

  /** A user or a lock that expires changes what is granted, and nobody tells. */
  function watchExpiry(): void {
    clearTimeout(timer);
    const next = resources.nextExpiry();
    if (next === undefined) return;
    timer = setTimeout(reviewNow, Math.min(Math.max(0, next - now()) + 50, longestTimer));
    timer.unref();
  }

  function reviewNow(): void {
    review().catch((error: unknown) => log.error('Sessions cannot be reviewed.', { reason: String(error) }));
  }

  /** A login of somebody who is no user any more must not come back to life with a new user of that name. */
  async function endLoginsOfNobody(): Promise<void> {
    const usersNow = resources.users();
    for (const name of usersBefore.keys()) if (!usersNow.has(name)) gone.add(name);
    usersBefore = usersNow;
    // Users change at every single sign-on, and there are many logins to read: mostly nobody has gone.
    if (gone.size === 0) return;
    const names = new Set(gone);
    for (const login of await sessions.logins()) {
      if (names.has(login.user)) await endLogin(login, 'the user was deleted.');
    }
    for (const name of names) gone.delete(name);
  }

  resources.onChange((changed) => {
    if (!decisive.some((kind) => changed.has(kind))) return;
    reviewNow();
    if (changed.has('user')) {
      endLoginsOfNobody().catch((error: unknown) =>
        log.error('Logins of deleted users cannot be ended.', { reason: String(error) }),
      );
    }
  });
  sessions.onEndedElsewhere(cut);
  sessions.onLoginEndedElsewhere((login, reason) => loginEnded(login, `Your login has ended: ${reason}`));
  watchExpiry();

  return { end, endLogin, endUser, close: () => clearTimeout(timer) };
}
