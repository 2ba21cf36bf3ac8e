import { adminScreens } from './admin.ts';
import { appScreens } from './apps.ts';
import { connectScreens } from './connect.ts';
import { itemScreens } from './items.ts';
import { jobScreens } from './jobs.ts';
import { loginScreens } from './login.ts';
import { observingScreens } from './observing.ts';
import { overlays } from './overlays.ts';
import { partiqlScreens } from './partiql.ts';
import { readingScreens } from './reading.ts';
import { requestScreens } from './requests.ts';
import type { Screen } from './screen.ts';
import { settingsScreens } from './settings.ts';
import { tableScreens } from './tables.ts';

/** Every screen, in every state that it is drawn in. */
export const screens: readonly Screen[] = [
  ...loginScreens,
  ...appScreens,
  ...tableScreens,
  ...itemScreens,
  ...readingScreens,
  ...partiqlScreens,
  ...observingScreens,
  ...jobScreens,
  ...connectScreens,
  ...settingsScreens,
  ...adminScreens,
  ...overlays,
  ...requestScreens,
];

/** Those whose layout has to bear a small and a large window too. */
export const resized: ReadonlySet<string> = new Set([
  'login',
  'login-memory',
  'apps',
  'apps-search',
  'tables-denied',
  'items',
  'items-inspected',
  'reading-filter',
  'items-all-types',
  'indexes',
  'connect',
  'partiql-results',
  'production-locked',
  'settings-own',
  'admin-users',
  'admin-role',
  'admin-matrix',
  'audit-event',
  'palette',
  'role-switcher',
  'own-account',
  'requests',
]);
