import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { newest, persistedStore } from './persisted.ts';

const schema = z.record(z.string(), z.array(z.string()));
const store = persistedStore<z.infer<typeof schema>>('pinned-tables', schema, {});
const remembered = 100;
const none: string[] = [];

/** Where tables are: pins are for an account and a region, whatever the role. */
export interface TablesPlace {
  accountId: string;
  region: string;
}

/** The tables that a person has pinned, and the function that pins one or takes the pin away. */
export function usePinnedTables({ accountId, region }: TablesPlace): [readonly string[], (table: string) => void] {
  const key = JSON.stringify([accountId, region]);
  const pinned = useStore(store, (places) => places[key] ?? none);
  const toggle = (table: string) => {
    const { [key]: before = none, ...others } = store.getState();
    const next = before.includes(table) ? before.filter((name) => name !== table) : [...before, table];
    store.setState(newest({ ...others, [key]: next }, remembered), true);
  };
  return [pinned, toggle];
}
