import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { afterClosing, type Desk } from './desk.ts';
import { newest, persistedStore } from './persisted.ts';

const desk: z.ZodMiniType<Desk> = z.object({ open: z.array(z.string()), active: z.optional(z.string()) });

/**
 * Whose desk it is. A role keeps its desk in each region across app sessions: who starts the role again tomorrow
 * finds the same tables open.
 */
export interface DeskOwner {
  app: string;
  roleArn: string;
  region: string;
}

const schema = z.record(z.string(), desk);
const store = persistedStore<z.infer<typeof schema>>('desks', schema, {});
const remembered = 60;
const emptyDesk: Desk = { open: [] };

/** The desk of a role in a region. */
export function useDesk(owner: DeskOwner): Desk {
  const key = keyOf(owner);
  return useStore(store, (desks) => desks[key] ?? emptyDesk);
}

/** Opens a table, in front or behind what is in front. */
export function openTable(owner: DeskOwner, table: string, options: { inBackground?: boolean } = {}): void {
  change(owner, ({ open, active }) => ({
    open: open.includes(table) ? open : [...open, table],
    active: options.inBackground && active !== undefined ? active : table,
  }));
}

/** Closes a table's tab; its neighbour comes to the front. */
export function closeTable(owner: DeskOwner, table: string): void {
  change(owner, (desk) => afterClosing(desk, table));
}

function change(owner: DeskOwner, how: (desk: Desk) => Desk): void {
  const key = keyOf(owner);
  const { [key]: current = emptyDesk, ...others } = store.getState();
  store.setState(newest({ ...others, [key]: how(current) }, remembered), true);
}

function keyOf({ app, roleArn, region }: DeskOwner): string {
  // Never joined by a separator: any could be part of a name.
  return JSON.stringify([app, roleArn, region]);
}
