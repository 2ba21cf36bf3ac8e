import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { newest, persistedStore } from './persisted.ts';

const layout = z.object({
  /** Attributes in the order that a person gave them; the others follow as they are seen. */
  order: z.array(z.string()),
  hidden: z.array(z.string()),
});
const schema = z.record(z.string(), layout);

/** How a person has arranged a table's columns. */
export type ColumnArrangement = z.infer<typeof layout>;

const store = persistedStore<z.infer<typeof schema>>('column-layouts', schema, {});
const remembered = 200;
const none: ColumnArrangement = { order: [], hidden: [] };

/** The arrangement of a table's columns, and the function that remembers another one. */
export function useColumnArrangement(tableKey: string): [ColumnArrangement, (next: ColumnArrangement) => void] {
  const chosen = useStore(store, (tables) => tables[tableKey] ?? none);
  const choose = (next: ColumnArrangement) => {
    const { [tableKey]: _, ...others } = store.getState();
    store.setState(newest({ ...others, [tableKey]: next }, remembered), true);
  };
  return [chosen, choose];
}
