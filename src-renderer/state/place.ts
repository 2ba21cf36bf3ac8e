import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The parts of the settings, in their order. */
export const settingsSections = [
  'account',
  'own',
  'sandbox',
  'gateway',
  'network',
  'production',
  'appearance',
  'login',
  'about',
] as const;
/** One of them. */
export type SettingsSection = (typeof settingsSections)[number];

/** The parts of the administration, in their order. */
export const adminSections = ['users', 'roles', 'connectors', 'sessions', 'locks', 'matrix', 'resources'] as const;
/** One of them. */
export type AdminSection = (typeof adminSections)[number];

/** What of a session is looked at. */
export type SessionView = 'tables' | 'partiql' | 'connect';

/** Where in the window a person is. */
export type Place =
  | { page: 'apps' }
  | { page: 'requests' }
  | { page: 'session'; sessionId: string; view: SessionView }
  | { page: 'settings'; section: SettingsSection }
  | { page: 'admin'; section: AdminSection }
  | { page: 'audit' };

interface Places {
  place: Place;
  /** Where one was before the settings, or the administration. */
  before: Place;
}

const home: Place = { page: 'apps' };

/** Pages beside the work, which are left for where one was. */
const asides: ReadonlySet<Place['page']> = new Set(['settings', 'admin', 'audit']);

/** Where one is. What of it outlives the page, remember-place.ts says. */
export const places = createStore<Places>(() => ({ place: home, before: home }));

/** Where one is. */
export function usePlace(): Place {
  return useStore(places, (state) => state.place);
}

/** Goes somewhere. */
export function go(next: Place): void {
  const { place: now, before } = places.getState();
  // Leaving the settings leads back to where one was before all of them.
  places.setState({ place: next, before: asides.has(now.page) ? before : now });
}

/** Leaves the settings, the administration or the audit log for where one was before. */
export function leaveAside(): void {
  go(places.getState().before);
}

/** Whoever has just logged in begins at the beginning, not in a session of the login before, nor in its administration. */
export function leaveSession(): void {
  if (places.getState().place.page !== 'settings') places.setState({ place: home, before: home });
}

/** Goes to the tables of a session. */
export function goToSession(sessionId: string): void {
  go({ page: 'session', sessionId, view: 'tables' });
}
