import * as z from 'zod/mini';
import type { AppSession } from '../../src-shared/contracts/state.ts';
import { persistedStore } from './persisted.ts';
import { go, goToSession, places } from './place.ts';

const schema = z.object({
  /** The session that was open last; empty when none was, absent when nothing is known. */
  sessionId: z.optional(z.string()),
  view: z.enum(['tables', 'partiql', 'connect']),
});

const store = persistedStore<z.infer<typeof schema>>('place', schema, { view: 'tables' });

places.subscribe(({ place }) => {
  if (place.page === 'session') store.setState({ sessionId: place.sessionId, view: place.view });
  else if (place.page === 'apps') store.setState({ sessionId: '' });
});

/**
 * Goes back to where one was when the page was left. Where that is not known (in browser mode each start has an
 * address, and so a memory, of its own), it is the session that was started last.
 */
export function restorePlace(sessions: readonly AppSession[]): void {
  const { sessionId, view } = store.getState();
  const [latest] = [...sessions].sort((a, b) => b.startedAt - a.startedAt);
  if (sessionId === undefined) {
    if (latest) goToSession(latest.id);
  } else if (sessions.some(({ id }) => id === sessionId)) {
    go({ page: 'session', sessionId, view });
  }
}
