import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { persistedStore } from './persisted.ts';

const schema = z.object({
  /** Widths in pixels. */
  sidebarWidth: z.number(),
  inspectorWidth: z.number(),
  partiqlHeight: z._default(z.number(), 160),
  connectMode: z.enum(['proxy', 'endpoint']),
  shell: z.enum(['unix', 'powershell', 'command-prompt']),
  /** How an item is shown first. */
  itemView: z._default(z.enum(['json', 'dynamodb']), 'dynamodb'),
  /** Whether opening a table reads its first page. */
  readsFirstPage: z._default(z.boolean(), true),
});

/** How a person likes the window. */
export type Preferences = z.infer<typeof schema>;

const isWindows = navigator.userAgent.includes('Windows');

const store = persistedStore<Preferences>('preferences', schema, {
  sidebarWidth: 232,
  inspectorWidth: 430,
  partiqlHeight: 160,
  connectMode: 'proxy',
  shell: isWindows ? 'powershell' : 'unix',
  itemView: 'dynamodb',
  readsFirstPage: true,
});

/** One preference, and the function that changes it. */
export function usePreference<Name extends keyof Preferences>(
  name: Name,
): [Preferences[Name], (value: Preferences[Name]) => void] {
  const value = useStore(store, (preferences) => preferences[name]);
  return [value, (next) => store.setState({ [name]: next } as Partial<Preferences>)];
}
