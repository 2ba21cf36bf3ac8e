import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

/** The list of tables, and what befalls a session. */
export const tableScreens: Screen[] = [
  { name: 'tables', query: session, remembered: inSession(), steps: (page) => page.getByText('Telemetry').waitFor() },
  { name: 'tables-loading', query: `${session}&tables.list=pending`, remembered: inSession() },
  {
    name: 'tables-denied',
    query: `${session}&tables.list=denied`,
    remembered: inSession(),
    steps: (page) => page.getByText('AccessDeniedException').waitFor(),
  },
  {
    name: 'tables-empty-region',
    query: 'scene=alice,empty-region',
    remembered: inSession(),
    steps: (page) => page.getByRole('button', { name: 'Look in us-east-1' }).waitFor(),
  },
  {
    name: 'tables-many',
    query: 'scene=alice,session,many-tables',
    remembered: inSession(),
    steps: async (page) => {
      await page.getByText('2,500', { exact: true }).waitFor();
      await page.getByRole('combobox', { name: 'Search tables' }).fill('ship 09');
      await page.getByRole('option', { name: 'prod-shipping-0901' }).waitFor();
    },
  },
  {
    name: 'tables-recent',
    query: 'scene=alice,session,many-tables',
    remembered: {
      ...inSession(),
      'recent-tables': {
        [JSON.stringify(['123456789012', 'us-east-1'])]: ['prod-shipping-0901', 'prod-shipping-0096', 'gone'],
      },
    },
    steps: async (page) => {
      await page.getByText('2,500', { exact: true }).waitFor();
      await page.getByRole('option', { name: 'prod-shipping-0901' }).waitFor();
    },
  },
  {
    name: 'tables-offline',
    query: `${session}&tables.list=unavailable`,
    remembered: inSession(),
    steps: (page) => page.getByText('does not answer').waitFor(),
  },
  {
    name: 'tables-needs-login',
    query: `${session}&tables.list=expired`,
    remembered: inSession(),
    steps: (page) => page.getByRole('dialog', { name: 'Log in again' }).waitFor(),
  },
  {
    name: 'session-soon',
    query: 'scene=alice,soon',
    remembered: inSession('tables', ['Music']),
    steps: (page) => page.getByRole('grid').waitFor(),
  },
  {
    name: 'session-over',
    query: 'scene=alice,over',
    remembered: inSession('tables', ['Music']),
    steps: (page) => page.getByRole('button', { name: 'Start again' }).waitFor(),
  },
  {
    name: 'own-account',
    query: 'scene=own,session',
    remembered: inSession('tables', ['Music']),
    steps: (page) => page.getByRole('grid').waitFor(),
  },
];
