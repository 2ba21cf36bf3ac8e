import * as z from 'zod/mini';
import { newest, persistedStore } from './persisted.ts';
import type { TablesPlace } from './pinned-tables.ts';

const schema = z.record(z.string(), z.array(z.string()));
const store = persistedStore<z.infer<typeof schema>>('recent-tables', schema, {});
const rememberedPlaces = 100;
const rememberedTables = 8;

/** The tables of an account and a region that were looked at last, the last one first. */
export function recentTables({ accountId, region }: TablesPlace): readonly string[] {
  return store.getState()[JSON.stringify([accountId, region])] ?? [];
}

/** Remembers that a table is being looked at. */
export function rememberTable({ accountId, region }: TablesPlace, table: string): void {
  const key = JSON.stringify([accountId, region]);
  const { [key]: before = [], ...others } = store.getState();
  if (before[0] === table) return;
  const next = [table, ...before.filter((name) => name !== table)].slice(0, rememberedTables);
  store.setState(newest({ ...others, [key]: next }, rememberedPlaces), true);
}
