import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { assignColours } from './assign-colours.ts';
import { newest, persistedStore } from './persisted.ts';

const schema = z.record(z.string(), z.number());
const store = persistedStore<z.infer<typeof schema>>('session-colours', schema, {});
const remembered = 64;

/** The colour of a role's sessions, as a number for `data-session-colour` (styles/tokens.css). */
export function useSessionColour(roleArn: string): number {
  return useStore(store, (colours) => colours[roleArn] ?? 0);
}

/** Sees to it that each of these roles has a colour, which it then keeps. */
export function rememberColours(roleArns: readonly string[]): void {
  const known = store.getState();
  const next = assignColours(known, roleArns);
  if (next !== known) store.setState(newest(next, remembered), true);
}
