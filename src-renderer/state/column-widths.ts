import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { newest, persistedStore } from './persisted.ts';

const widths = z.record(z.string(), z.number());
const schema = z.record(z.string(), widths);

/** Chosen widths by attribute, in pixels. */
export type ColumnWidths = z.infer<typeof widths>;

const store = persistedStore<z.infer<typeof schema>>('column-widths', schema, {});
const remembered = 200;
const none: ColumnWidths = {};

/** The widths that a person gave a table's columns, and the function that remembers new ones. */
export function useColumnWidths(tableKey: string): [ColumnWidths, (widths: ColumnWidths) => void] {
  const chosen = useStore(store, (tables) => tables[tableKey] ?? none);
  const choose = (next: ColumnWidths) => {
    const { [tableKey]: _, ...others } = store.getState();
    store.setState(newest({ ...others, [tableKey]: next }, remembered), true);
  };
  return [chosen, choose];
}
