import * as z from 'zod/mini';
import { persistedStore } from './persisted.ts';
import { go, places } from './place.ts';

const schema = z.object({
  /** The session that was open last; empty when none was. */
  sessionId: z.string(),
  view: z.enum(['tables', 'connect']),
});

/** Goes back to the session that was open when the page was left, and remembers the next one. */
export function rememberPlace(): void {
  const store = persistedStore<z.infer<typeof schema>>('place', schema, { sessionId: '', view: 'tables' });
  const { sessionId, view } = store.getState();
  const isElsewhere = places.getState().place.page !== 'apps';
  if (sessionId !== '' && !isElsewhere) go({ page: 'session', sessionId, view });
  places.subscribe(({ place }) => {
    if (place.page === 'session') store.setState({ sessionId: place.sessionId, view: place.view });
    else if (place.page === 'apps') store.setState({ sessionId: '' });
  });
}
