import type { ServiceEvent } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Catalog } from '../access/catalog.ts';
import type { AppSession, Login, Sessions } from '../auth/sessions.ts';

/** Those who want to hear at once what happens to a login. */
export interface Watches {
  /** See `AppService.watch`. */
  watch(token: string, onEvent: (event: ServiceEvent) => void, signal: AbortSignal): Promise<void>;
  /** A login is over. @param message why, in a sentence */
  loginEnded(login: Login, message: string): void;
  appSessionEnded(session: AppSession, reason: string): void;
  /** What decisions stand on has changed: who may still be here, and with what, is to be asked anew. */
  changed(): void;
  close(): void;
}

export interface WatchParts {
  sessions: Sessions;
  catalog: Catalog;
  /** Ends a login that nobody has used for too long. */
  endUnused: (login: Login) => Promise<unknown>;
}

interface Watcher {
  login: Login;
  send: (event: ServiceEvent) => void;
  end: () => void;
}

/** A sign of life, by which the other side knows that the connection still stands. */
const aliveEvery = 15_000;
/** A change rarely comes alone; all that come together are told of once. */
const gatherFor = 50;
const maxWatchers = 16;

export function createWatches({ sessions, catalog, endUnused }: WatchParts): Watches {
  const watchers = new Set<Watcher>();
  let gathering: NodeJS.Timeout | undefined;
  const beat = setInterval(lookAround, aliveEvery);
  beat.unref();

  function lookAround(): void {
    for (const watcher of watchers) {
      const over = sessions.loginOver(watcher.login);
      if (over === undefined) watcher.send({ event: 'alive' });
      else {
        endWatcher(watcher, over);
        endUnused(watcher.login).catch(() => undefined);
      }
    }
  }

  function endWatcher(watcher: Watcher, message: string, hint = 'Log in again.'): void {
    watcher.send({ event: 'login_ended', message, hint });
    watcher.end();
  }

  /** Whoever is no user any more, or is kept out, is as good as logged out. */
  function objection({ user }: Login): string | undefined {
    try {
      catalog.requireUser(user);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  function tellChanges(): void {
    gathering = undefined;
    for (const watcher of watchers) {
      const kept = objection(watcher.login);
      if (kept === undefined) watcher.send({ event: 'access_changed' });
      else endWatcher(watcher, kept, 'Ask your administrator.');
    }
  }

  return {
    async watch(token, onEvent, signal) {
      const login = await sessions.requireLogin(token);
      const kept = objection(login);
      if (kept !== undefined) throw new RolegateError('needs_login', kept, { hint: 'Ask your administrator.' });
      const own = [...watchers].filter((watcher) => watcher.login.id === login.id);
      if (own.length >= maxWatchers) throw new RolegateError('limit', 'This login is watched often enough already.');
      await new Promise<void>((resolve) => {
        const watcher: Watcher = {
          login,
          send: onEvent,
          end() {
            watchers.delete(watcher);
            signal.removeEventListener('abort', watcher.end);
            resolve();
          },
        };
        watchers.add(watcher);
        signal.addEventListener('abort', watcher.end);
        if (signal.aborted) watcher.end();
        else onEvent({ event: 'alive' });
      });
    },

    loginEnded({ id }, message) {
      for (const watcher of watchers) if (watcher.login.id === id) endWatcher(watcher, message);
    },

    appSessionEnded({ id, user }, reason) {
      for (const { login, send } of watchers) if (login.user === user) send({ event: 'app_session_ended', id, reason });
    },

    changed() {
      gathering ??= setTimeout(tellChanges, gatherFor);
    },

    close() {
      clearInterval(beat);
      clearTimeout(gathering);
      for (const { end } of watchers) end();
    },
  };
}
