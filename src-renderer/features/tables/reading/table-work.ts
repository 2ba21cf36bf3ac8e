import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Criteria, emptyCriteria } from '../../../../src-shared/reading/criteria.ts';
import type { RolegateClient } from '../../../bridge/client.ts';
import { useClient } from '../../../bridge/react.tsx';
import { confirmChange } from '../../production/confirm-change.ts';
import { plural } from '../../shared/format.ts';
import { useSession } from '../../workspace/session-context.tsx';
import { Stage } from '../editing/stage.ts';
import { Reading } from './reading.ts';

/** What is being done with one table of one session: what was filled in, what was read, what is being counted. */
export interface TableWork {
  criteria: StoreApi<Criteria>;
  reading: Reading;
  counting: Reading;
  /** What waits to be written. */
  stage: Stage;
  /** Whether nothing is read before somebody says so, not even the first page: a link led here. */
  waits: boolean;
}

const remembered = 40;
const works = new WeakMap<RolegateClient, Map<string, TableWork>>();

/** The work on a table. It outlives the table's tab and a change of the region, so that coming back costs nothing. */
export function useTableWork(table: string): TableWork {
  const client = useClient();
  const { where } = useSession();
  return tableWork(client, where, table);
}

/**
 * Gets a table ready for a link: what it asks for is filled in, and nothing is read by itself.
 *
 * @param filledIn what to fill in; what was filled in before stays without it
 */
export function prepareTable(
  client: RolegateClient,
  where: { appSessionId: string; region: string },
  table: string,
  filledIn: Criteria | undefined,
): void {
  const work = tableWork(client, where, table);
  work.waits = true;
  if (filledIn) work.criteria.setState(filledIn, true);
}

function tableWork(
  client: RolegateClient,
  { appSessionId, region }: { appSessionId: string; region: string },
  table: string,
): TableWork {
  const all = works.get(client) ?? new Map<string, TableWork>();
  works.set(client, all);
  const key = JSON.stringify([appSessionId, region, table]);
  const known = all.get(key);
  if (known) return known;
  const newReading = () =>
    new Reading({
      read: (page) => client.read('tables.readPage', { appSessionId, region, table, ...page }),
      cancel: (readId) => void client.act('tables.cancel', { readId }).catch(() => undefined),
    });
  const place = { appSessionId, region, table };
  const stage = new Stage({
    load: async () => (await client.read('stages.get', place)).changes,
    save: async (changes) => {
      await client.act('stages.set', { ...place, changes: [...changes] });
    },
    async commit(ids, mode) {
      const title = `Commit ${plural(ids.length, 'change')} to ${table}?`;
      const meant = await confirmChange(client, place, { title, action: 'Commit', word: table });
      return meant ? (await client.act('stages.commit', { ...place, ids, mode, ...meant })).outcomes : [];
    },
  });
  const made: TableWork = {
    waits: false,
    criteria: createStore(emptyCriteria),
    reading: newReading(),
    counting: newReading(),
    stage,
  };
  all.set(key, made);
  const oldest = all.keys().next().value;
  if (all.size > remembered && oldest !== undefined) all.delete(oldest);
  return made;
}

/** The attributes that were seen in a table's items, without reading anything. */
export function seenNames(
  client: RolegateClient,
  { appSessionId, region }: { appSessionId: string; region: string },
  table: string,
): readonly string[] {
  return (
    works
      .get(client)
      ?.get(JSON.stringify([appSessionId, region, table]))
      ?.reading.store.getState().names ?? []
  );
}

/** Forgets the work on a table that is gone: another one may get its name. */
export function forgetTableWork(
  client: RolegateClient,
  { appSessionId, region }: { appSessionId: string; region: string },
  table: string,
): void {
  works.get(client)?.delete(JSON.stringify([appSessionId, region, table]));
}

/** What was filled in, and the function that changes some of it. */
export function useCriteria(work: TableWork): [Criteria, (changes: Partial<Criteria>) => void] {
  return [useStore(work.criteria), (changes) => work.criteria.setState(changes)];
}
