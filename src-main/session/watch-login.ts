import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceEvent } from '../../src-shared/contracts/service-api.ts';
import { type ErrorData, RolegateError } from '../../src-shared/errors.ts';
import type { ServiceClient } from '../service-client/service-client.ts';

export interface LoginWatcher {
  /** The login is of no use any more. Nothing comes after this. */
  onLoginEnded(why: ErrorData): void;
  /** @param id the service's id of the app session */
  onAppSessionEnded(id: string, reason: string): void;
  /** What one may do has changed, or may have while nobody was told. */
  onAccessChanged(): void;
}

/** Between two attempts to reach the service, in milliseconds; the last one repeats. */
const pauses = [500, 1_000, 2_000, 5_000, 15_000];

/**
 * Watches a login until it ends or the returned function is called. A connection that is lost is made again, and
 * what may have been missed meanwhile is asked for.
 */
export function watchLogin(client: Pick<ServiceClient, 'watch'>, token: string, watcher: LoginWatcher): () => void {
  const stop = new AbortController();
  void keepWatching(client, token, watcher, stop.signal).catch(() => undefined);
  return () => stop.abort();
}

async function keepWatching(
  client: Pick<ServiceClient, 'watch'>,
  token: string,
  watcher: LoginWatcher,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  let wasLost = false;
  let hasEnded = false;
  const take = (event: ServiceEvent) => {
    if (signal.aborted || hasEnded) return;
    if (wasLost) watcher.onAccessChanged();
    wasLost = false;
    failures = 0;
    if (event.event === 'access_changed') watcher.onAccessChanged();
    else if (event.event === 'app_session_ended') watcher.onAppSessionEnded(event.id, event.reason);
    else if (event.event === 'login_ended') {
      hasEnded = true;
      watcher.onLoginEnded(new RolegateError('needs_login', event.message, { hint: event.hint }).toData());
    }
  };
  while (!signal.aborted && !hasEnded) {
    try {
      await client.watch(token, take, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof RolegateError && error.needsLogin) {
        watcher.onLoginEnded(error.toData());
        return;
      }
      // A service of an older version cannot be watched; what ends is then found out when it is used.
      if (error instanceof RolegateError && error.code === 'not_found') return;
    }
    if (hasEnded) return;
    wasLost = true;
    await delay(pauses[Math.min(failures, pauses.length - 1)], undefined, { signal, ref: false });
    failures += 1;
  }
}
