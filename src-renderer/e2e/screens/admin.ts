import type { Page } from '@playwright/test';
import type { Screen } from './screen.ts';

const admin = 'scene=alice,admin';

const section = (name: string) => (page: Page) => openAdmin(page, name);

/** Administration and the audit log. */
export const adminScreens: Screen[] = [
  { name: 'admin-users', query: admin, steps: section('Users') },
  { name: 'admin-users-loading', query: `${admin}&resources.show=pending`, steps: section('Users') },
  { name: 'admin-users-failed', query: `${admin}&resources.show=unavailable`, steps: section('Users') },
  {
    name: 'admin-users-expired',
    query: `${admin}&resources.show=expired`,
    steps: async (page) => {
      await page.getByRole('button', { name: /^User/ }).click();
      await page.getByRole('menuitem', { name: 'Administration' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Log in' }).waitFor();
    },
  },
  {
    name: 'admin-users-add',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Users');
      await page.getByRole('button', { name: 'Add a user…' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('carol');
      await page.getByRole('checkbox', { name: 'dev' }).check();
    },
  },
  {
    name: 'admin-users-invitation',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Users');
      await page.getByRole('button', { name: 'Actions for bob' }).click();
      await page.getByRole('menuitem', { name: 'Reset the password…' }).click();
      await page.getByRole('button', { name: 'Reset the password' }).click();
      await page.getByRole('heading', { name: 'Invitation for bob' }).waitFor();
    },
  },
  {
    name: 'admin-users-menu',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Users');
      await page.getByRole('button', { name: 'Actions for user-03' }).click();
      await page.getByRole('menuitem', { name: 'Unlock' }).waitFor();
    },
  },
  { name: 'admin-roles', query: admin, steps: section('Roles') },
  { name: 'admin-role', query: admin, steps: openRole },
  {
    name: 'admin-role-wrong',
    query: admin,
    steps: async (page) => {
      await openRole(page);
      await typeInRole(page, '    aws_role_arn: []');
      await page.getByText('1 problem').waitFor();
    },
  },
  {
    name: 'admin-role-preview',
    query: admin,
    steps: async (page) => {
      await openRole(page);
      await typeInRole(page, '# mine');
      await page.getByRole('button', { name: 'Review and save…' }).click();
      await page.getByRole('list', { name: 'What changes' }).waitFor();
    },
  },
  {
    name: 'admin-role-static',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Roles');
      await page.getByRole('option', { name: 'operators' }).click();
      await page.getByText('/etc/rolegate/roles.yaml').waitFor();
    },
  },
  {
    name: 'admin-connectors',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Single sign-on');
      await page.getByRole('option', { name: 'okta' }).click();
      await page.getByText('issuer_url').waitFor();
    },
  },
  {
    name: 'admin-connector-test',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Single sign-on');
      await page.getByRole('option', { name: 'okta' }).click();
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('Redirect address').waitFor();
    },
  },
  { name: 'admin-sessions', query: admin, steps: section('Sessions') },
  {
    name: 'admin-sessions-end',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Sessions');
      await page.getByRole('button', { name: 'End this login of bob' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'admin-locks', query: admin, steps: section('Locks') },
  {
    name: 'admin-locks-add',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Locks');
      await page.getByRole('button', { name: 'Add a lock…' }).click();
      await page.getByRole('textbox', { name: 'User' }).fill('bob');
    },
  },
  {
    name: 'admin-matrix',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Who may assume what');
      await page.getByRole('grid', { name: 'Access' }).getByRole('row').first().getByText('alice').click();
      await page.getByText('Yes', { exact: true }).waitFor();
    },
  },
  {
    name: 'admin-resources',
    query: admin,
    steps: section('Other resources'),
  },
  ...['Users', 'Single sign-on', 'Sessions', 'Locks', 'Who may assume what', 'Other resources'].map(
    (name): Screen => ({
      name: `admin-none-${name.toLowerCase().replaceAll(' ', '-')}`,
      query: `${admin},bare`,
      steps: section(name),
    }),
  ),
  {
    name: 'admin-role-unsaved',
    query: admin,
    steps: async (page) => {
      await openAdmin(page, 'Roles');
      await page.getByRole('button', { name: 'New role' }).click();
      await page.getByRole('textbox', { name: 'YAML of the new role' }).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('# mine');
      await page.getByRole('option', { name: 'reader' }).click();
      await page.getByRole('list', { name: 'Not saved' }).getByText('New role').waitFor();
    },
  },
  { name: 'audit', query: admin, steps: openAudit },
  { name: 'audit-none', query: `${admin},bare`, steps: openAudit },
  {
    name: 'audit-expired',
    query: `${admin}&audit.query=expired`,
    steps: async (page) => {
      await page.getByRole('button', { name: /^User/ }).click();
      await page.getByRole('menuitem', { name: 'Audit log' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Log in' }).waitFor();
    },
  },
  {
    name: 'audit-event',
    query: admin,
    steps: async (page) => {
      await openAudit(page);
      await page.getByRole('grid', { name: 'Events' }).getByText('user/bob').first().click();
      await page.getByRole('complementary', { name: 'Event' }).waitFor();
    },
  },
  {
    name: 'audit-nothing',
    query: admin,
    steps: async (page) => {
      await openAudit(page);
      await page.getByRole('textbox', { name: 'User' }).fill('nobody');
      await page.getByText('No event fits').waitFor();
    },
  },
  { name: 'audit-loading', query: `${admin}&audit.query=pending`, steps: openAudit },
  {
    name: 'audit-failed',
    query: `${admin}&audit.query=unavailable`,
    steps: async (page) => {
      await openAudit(page);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'audit-verified', query: admin, steps: (page) => verify(page, 'Nothing was changed.') },
  { name: 'audit-spoilt', query: `${admin},spoilt`, steps: (page) => verify(page, 'Event 214 was changed.') },
  {
    name: 'admin-menu',
    query: admin,
    steps: async (page) => {
      await page.getByRole('button', { name: /^User/ }).click();
      await page.getByRole('menuitem', { name: 'Audit log' }).waitFor();
    },
  },
];

/** Goes to a part of the administration. */
export async function openAdmin(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: 'Administration' }).click();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('button', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** Goes to the audit log. */
export async function openAudit(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: 'Audit log' }).click();
  await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
}

async function openRole(page: Page): Promise<void> {
  await openAdmin(page, 'Roles');
  await page.getByRole('option', { name: 'dev' }).click();
  await page.getByText('Nothing is wrong with it.').waitFor();
}

/** Writes a line at the end of the role that is open. */
export async function typeInRole(page: Page, line: string): Promise<void> {
  await page.getByRole('textbox', { name: /^YAML of/ }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(line);
}

async function verify(page: Page, words: string): Promise<void> {
  await openAudit(page);
  await page.getByRole('button', { name: 'Verify…' }).click();
  await page.getByText(words).waitFor();
}
