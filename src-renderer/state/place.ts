import * as z from 'zod/mini';
import { useStore } from 'zustand';
import { persistedStore } from './persisted.ts';

/** The parts of the settings, in their order. */
export const settingsSections = ['own', 'sandbox', 'gateway', 'appearance', 'login', 'about'] as const;
export type SettingsSection = (typeof settingsSections)[number];

const place = z.discriminatedUnion('page', [
  z.object({ page: z.literal('apps') }),
  z.object({ page: z.literal('session'), sessionId: z.string(), view: z.enum(['tables', 'connect']) }),
  z.object({ page: z.literal('settings'), section: z.enum(settingsSections) }),
]);

/** Where in the window a person is. */
export type Place = z.infer<typeof place>;

const schema = z.object({ place, before: z.optional(place) });

const store = persistedStore<z.infer<typeof schema>>('place', schema, { place: { page: 'apps' } });

/** Where one is. */
export function usePlace(): Place {
  return useStore(store, (state) => state.place);
}

/** Goes somewhere. */
export function go(next: Place): void {
  const { place: now, before } = store.getState();
  // Leaving the settings leads back to where one was before all of them.
  store.setState({ place: next, before: now.page === 'settings' ? before : now });
}

/** Leaves the settings for where one was before. */
export function leaveSettings(): void {
  go(store.getState().before ?? { page: 'apps' });
}

/** Goes to the tables of a session. */
export function goToSession(sessionId: string): void {
  go({ page: 'session', sessionId, view: 'tables' });
}
