import type { Page } from '@playwright/test';
import { inSession, type Visit } from './fixtures.ts';

/** A screen in one of its states: how to get there. */
export interface Screen extends Visit {
  name: string;
  /** What to do there before it is looked at; ends by waiting for what it led to. */
  steps?: (page: Page) => Promise<unknown>;
}

const session = 'scene=alice,session';
const settings = (section: string) => (page: Page) => openSettings(page, section);

async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('User', { exact: true }).fill('alice');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

async function openSettings(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
  await page.getByRole('heading', { name: section, level: 1 }).waitFor();
}

async function showCell(page: Page, text: string): Promise<void> {
  await page.getByRole('gridcell', { name: text, exact: true }).first().click();
  await page.getByRole('complementary', { name: 'Item' }).waitFor();
}

const atApps = { place: { sessionId: '', view: 'tables' } };

const loginScreens: Screen[] = [
  { name: 'login' },
  { name: 'login-starting', query: 'scene=starting' },
  { name: 'login-memory', query: 'scene=memory' },
  { name: 'login-server', query: 'scene=server' },
  { name: 'login-failed', query: 'scene=failed' },
  { name: 'login-refused', query: 'scene=refused' },
  {
    name: 'login-wrong',
    steps: async (page) => {
      await logIn(page, 'x');
      await page.getByText('The user or the password is wrong.').waitFor();
    },
  },
  {
    name: 'login-locked',
    steps: async (page) => {
      await logIn(page, 'locked');
      await page.getByText('Too many wrong passwords').waitFor();
    },
  },
  {
    name: 'login-unavailable',
    query: 'session.login=unavailable',
    steps: async (page) => {
      await logIn(page, 'white-rabbit');
      await page.getByText('does not answer').waitFor();
    },
  },
  { name: 'login-busy', query: 'session.login=pending', steps: (page) => logIn(page, 'white-rabbit') },
  {
    name: 'connect-service',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use another app-service…' }).click();
      await page.getByLabel('Address').fill('https://rolegate.example.com:3080');
      await page.getByRole('button', { name: 'Look who answers' }).click();
      await page.getByText('Nothing vouches for this certificate yet.').waitFor();
    },
  },
  {
    name: 'connect-service-nobody',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use another app-service…' }).click();
      await page.getByLabel('Address').fill('https://nowhere.example.com');
      await page.getByRole('button', { name: 'Look who answers' }).click();
      await page.getByText('Nothing answers').waitFor();
    },
  },
  {
    name: 'own-without-login',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use my AWS credentials…' }).click();
      await page.getByLabel('IAM roles, one ARN a line').waitFor();
    },
  },
];

const appScreens: Screen[] = [
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
    name: 'apps-starting-session',
    query: 'scene=alice&appSessions.start=pending',
    steps: async (page) => {
      await page.getByText('role_for_alice').click();
      await page.getByText('Starting a session with role_for_alice').waitFor({ state: 'attached' });
    },
  },
];

const tableScreens: Screen[] = [
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

const itemScreens: Screen[] = [
  {
    name: 'items',
    query: 'scene=alice,two-sessions',
    remembered: inSession('tables', ['Music', 'Orders']),
    steps: (page) => page.getByText('200 loaded').waitFor(),
  },
  {
    name: 'items-inspected',
    query: session,
    remembered: inSession('tables', ['Music', 'Orders']),
    steps: (page) => showCell(page, 'c-1006'),
  },
  {
    name: 'items-all-types',
    query: session,
    remembered: inSession('tables', ['AllTypes']),
    steps: (page) => showCell(page, 'a map'),
  },
  {
    name: 'items-wide',
    query: session,
    remembered: inSession('tables', ['Telemetry']),
    steps: async (page) => {
      await page.getByRole('gridcell').first().click();
      await page.keyboard.press('Escape');
      await page.keyboard.press('End');
      await page.keyboard.press('PageDown');
      await page.getByRole('columnheader', { name: 'channel_60' }).waitFor();
    },
  },
  {
    name: 'items-big',
    query: session,
    remembered: inSession('tables', ['BigItems']),
    steps: (page) => showCell(page, 'big-0'),
  },
  {
    name: 'items-empty',
    query: session,
    remembered: inSession('tables', ['Empty']),
    steps: (page) => page.getByText('Empty is empty').waitFor(),
  },
  {
    name: 'items-loading',
    query: `${session}&tables.readPage=pending&tables.describe=pending`,
    remembered: inSession('tables', ['Orders']),
  },
  {
    name: 'items-error',
    query: `${session}&tables.readPage=throttled`,
    remembered: inSession('tables', ['Orders']),
    steps: (page) => page.getByText('ProvisionedThroughputExceededException').waitFor(),
  },
  {
    name: 'items-undescribed',
    query: `${session}&tables.describe=denied`,
    remembered: inSession('tables', ['Orders']),
    steps: (page) => page.getByText('200 loaded').waitFor(),
  },
  ...(['Indexes', 'Overview'] as const).flatMap((part): Screen[] => [
    {
      name: part.toLowerCase(),
      query: session,
      remembered: inSession('tables', ['Orders']),
      steps: async (page) => {
        await page.getByText('200 loaded').waitFor();
        await page.getByRole('tab', { name: part }).click();
      },
    },
    {
      name: `${part.toLowerCase()}-error`,
      query: `${session}&tables.describe=denied`,
      remembered: inSession('tables', ['Orders']),
      steps: async (page) => {
        await page.getByRole('tab', { name: part }).click();
        await page.getByRole('button', { name: 'Try again' }).waitFor();
      },
    },
    {
      name: `${part.toLowerCase()}-loading`,
      query: `${session}&tables.describe=pending`,
      remembered: inSession('tables', ['Orders']),
      steps: (page) => page.getByRole('tab', { name: part }).click(),
    },
  ]),
  {
    name: 'indexes-none',
    query: session,
    remembered: inSession('tables', ['AllTypes']),
    steps: async (page) => {
      await page.getByRole('tab', { name: 'Indexes' }).click();
      await page.getByText('no secondary indexes').waitFor();
    },
  },
];

const connectScreens: Screen[] = [
  {
    name: 'connect',
    query: session,
    remembered: inSession('connect'),
    steps: (page) => page.getByRole('heading', { name: 'dynamodb-admin' }).waitFor(),
  },
  {
    name: 'connect-endpoint',
    query: session,
    remembered: inSession('connect'),
    steps: async (page) => {
      await page.getByRole('radio', { name: 'AWS endpoint' }).click();
      await page.getByRole('radio', { name: 'PowerShell' }).click();
      await page.getByText('$Env:AWS_REGION').waitFor();
    },
  },
  {
    name: 'connect-loading',
    query: `${session}&gateway.settings=pending&gateway.snippets=pending`,
    remembered: inSession('connect'),
  },
  {
    name: 'connect-error',
    query: `${session}&gateway.settings=unavailable&gateway.snippets=unavailable`,
    remembered: inSession('connect'),
    steps: (page) => page.getByText('does not answer').first().waitFor(),
  },
  { name: 'connect-port-taken', query: 'scene=alice,session,port-taken', remembered: inSession('connect') },
  { name: 'connect-stopped', query: 'scene=alice,session,stopped', remembered: inSession('connect') },
  {
    name: 'connect-over',
    query: 'scene=alice,over',
    remembered: inSession('connect'),
    steps: (page) => page.getByText('and its keys with it').waitFor(),
  },
  {
    name: 'console-launched',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('button', { name: 'Launch console' }).click();
      await page.getByText('Opened in your browser as ExampleTeleportDynamoDBRole/alice').first().waitFor();
    },
  },
  {
    name: 'console-by-hand',
    query: 'scene=alice,session,no-browser',
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('button', { name: 'Launch console' }).click();
      await page.getByRole('dialog', { name: 'Open this link in a browser' }).waitFor();
    },
  },
  {
    name: 'console-error',
    query: `${session}&console.launch=denied`,
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('button', { name: 'Launch console' }).click();
      await page.getByText('may not do').first().waitFor();
    },
  },
];

const roleArns = 'arn:aws:iam::123456789012:role/Reader\narn:aws:iam::123456789012:role/Writer';

const settingsScreens: Screen[] = [
  {
    name: 'settings-own',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Use my AWS credentials');
      await page
        .getByLabel('IAM roles, one ARN a line')
        .fill(roleArns.replace('iam::123456789012:role/W', 'iam:123456789012:role/W'));
      await page.getByText('Custom endpoints').click();
      await page.getByRole('button', { name: 'Add an endpoint' }).click();
      await page.getByLabel('Address').fill('localhost');
    },
  },
  {
    name: 'settings-own-checked',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Use my AWS credentials');
      await page.getByLabel('IAM roles, one ARN a line').fill(roleArns);
      await page.getByRole('button', { name: 'Try', exact: true }).click();
      await page.getByText('Works.').waitFor();
    },
  },
  {
    name: 'settings-own-profiles',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Use my AWS credentials');
      await page.getByRole('combobox', { name: 'Profile' }).click();
      await page.getByRole('option', { name: 'acme-dev' }).waitFor();
    },
  },
  {
    name: 'settings-own-no-profiles',
    query: 'scene=alice,no-profiles',
    steps: settings('Use my AWS credentials'),
  },
  {
    name: 'settings-sandbox',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Sandbox');
      await page.getByRole('button', { name: 'Reset…' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'settings-sandbox-back', query: 'scene=server,alice', steps: settings('Sandbox') },
  { name: 'settings-gateway', query: 'scene=alice,port-taken', steps: settings('Gateway') },
  { name: 'settings-appearance', query: 'scene=alice', steps: settings('Appearance') },
  { name: 'settings-login', query: 'scene=alice,memory', steps: settings('Where the login is kept') },
  { name: 'settings-about', query: 'scene=alice', steps: settings('About') },
];

const overlays: Screen[] = [
  {
    name: 'palette',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('option', { name: 'Telemetry' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: 'Launch console' }).waitFor();
    },
  },
  {
    name: 'palette-search',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Go to anything' }).fill('euw');
      await page.getByRole('option', { name: 'eu-west-1' }).waitFor();
    },
  },
  {
    name: 'role-switcher',
    query: 'scene=alice,two-sessions',
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^IAM role/ }).click();
      await page.getByRole('grid', { name: 'IAM roles' }).waitFor();
    },
  },
  {
    name: 'end-session',
    query: session,
    remembered: inSession(),
    steps: async (page) => {
      await page.getByRole('button', { name: /^IAM role/ }).click();
      await page.getByRole('button', { name: 'End this session' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'region-picker',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^Region/ }).click();
      await page.getByRole('combobox', { name: 'Search regions' }).fill('eu-west-7');
      await page.getByText('use as typed').waitFor();
    },
  },
  {
    name: 'user-menu',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^User/ }).click();
      await page.getByRole('menu').waitFor();
    },
  },
];

/** Every screen, in every state that it is drawn in. */
export const screens: readonly Screen[] = [
  ...loginScreens,
  ...appScreens,
  ...tableScreens,
  ...itemScreens,
  ...connectScreens,
  ...settingsScreens,
  ...overlays,
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
  'items-all-types',
  'indexes',
  'connect',
  'settings-own',
  'palette',
  'role-switcher',
  'own-account',
]);
