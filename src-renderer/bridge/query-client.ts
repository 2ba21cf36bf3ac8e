import { QueryClient } from '@tanstack/react-query';
import type { CallName } from '../../src-shared/contracts/call-names.ts';
import type { AppState } from '../../src-shared/contracts/state.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { RolegateClient } from './client.ts';

const retries = 2;
/** Reads whose answer is another once somebody's roles have changed. */
const standsOnAccess: ReadonlySet<CallName> = new Set<CallName>(['apps.list', 'requests.list']);

/** react-query, taught what our errors mean and who is at the other end. */
export function createQueryClient(client: RolegateClient): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The main process is on this machine; whether the machine is online is for it to find out.
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < retries && error instanceof RolegateError && error.retryable,
        retryDelay: (failures) => 300 * 2 ** failures,
        staleTime: 30_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  let owner: string | undefined;
  client.mirror.subscribe(({ state, link }, before) => {
    const next = ownerOf(state);
    // Nothing that one login has read may be shown to the next. One that merely ended is held, and may come back.
    if (next !== owner && !client.gate.store.getState().held) {
      if (owner !== undefined) queries.clear();
      owner = next;
    }
    const isBack = link?.at === 'up' && before.link?.at === 'down';
    const isLoggedInAgain = before.state?.loginEnded !== undefined && state?.loginEnded === undefined;
    if (isBack || isLoggedInAgain) {
      void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' });
    }
    if (state?.accessRevision !== before.state?.accessRevision) {
      void queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => standsOnAccess.has(name as CallName) });
    }
  });
  return queries;
}

/** Whose data the cache holds: one user of one app-service. */
function ownerOf(state: AppState | undefined): string | undefined {
  if (!state?.user) return undefined;
  return JSON.stringify([state.way, state.serviceUrl, state.profile, state.user.name]);
}
