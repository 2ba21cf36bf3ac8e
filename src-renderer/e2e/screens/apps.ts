import type { Screen } from './screen.ts';

const atApps = { place: { sessionId: '', view: 'tables' } };

/** Apps and their IAM roles. */
export const appScreens: Screen[] = [
  { name: 'apps', query: 'scene=alice', steps: (page) => page.getByText('role_for_alice').waitFor() },
  {
    name: 'apps-running',
    query: 'scene=alice,two-sessions',
    remembered: atApps,
    steps: (page) => page.getByText('46 m').waitFor(),
  },
  {
    name: 'apps-several',
    query: 'scene=alice,many-apps',
    steps: (page) => page.getByText('aws-prod').first().waitFor(),
  },
  {
    name: 'apps-search',
    query: 'scene=alice,many-apps',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Launch aws-prod' }).click();
      await page.getByRole('combobox', { name: 'Search IAM roles' }).fill('admin 2100');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'apps-no-match',
    query: 'scene=alice',
    steps: async (page) => {
      await page.getByRole('combobox', { name: 'Search IAM roles' }).fill('zzz');
      await page.getByText('No role matches').waitFor();
    },
  },
  { name: 'apps-no-roles', query: 'scene=alice,no-roles', steps: (page) => page.getByText('No IAM roles').waitFor() },
  { name: 'apps-none', query: 'scene=alice,no-apps', steps: (page) => page.getByText('No applications yet').waitFor() },
  { name: 'apps-loading', query: 'scene=alice&apps.list=pending' },
  {
    name: 'apps-error',
    query: 'scene=alice&apps.list=unavailable',
    steps: (page) => page.getByText('does not answer').waitFor(),
  },
  {
    name: 'apps-session-code',
    query: 'scene=alice,session-codes',
    steps: async (page) => {
      await page.getByText('role_for_alice').click();
      const code = page.getByLabel('Code of your authenticator app');
      await code.fill('000000');
      await page.getByRole('button', { name: 'Start the session' }).click();
      await page.getByText('The code is wrong, or was used already.').waitFor();
    },
  },
  {
    name: 'apps-starting-session',
    query: 'scene=alice&appSessions.start=pending',
    steps: async (page) => {
      await page.getByText('role_for_alice').click();
      await page.getByText('Starting a session with role_for_alice').waitFor({ state: 'attached' });
    },
  },
];
