import type { Page } from '@playwright/test';
import type { Screen } from './screen.ts';

const roleArns = 'arn:aws:iam::123456789012:role/Reader\narn:aws:iam::123456789012:role/Writer';

const settings = (section: string) => (page: Page) => openSettings(page, section);

/** The settings. */
export const settingsScreens: Screen[] = [
  {
    name: 'settings-account',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Password and codes');
      await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
      await page.getByLabel('The new password again').fill('correct horses');
      await page.getByText('It is not the same.').waitFor();
    },
  },
  {
    name: 'settings-account-code',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Password and codes');
      await page.getByRole('button', { name: 'Add an authenticator app…' }).click();
      await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
      await page.getByLabel('Your password').fill('white-rabbit');
      await page.getByLabel('Code that the app shows now').fill('000000');
      await page.getByRole('button', { name: 'Add the authenticator', exact: true }).click();
      await page.getByText('The code is wrong, or was used already.').waitFor();
    },
  },
  {
    name: 'settings-account-with-code',
    query: 'scene=alice,authenticator',
    steps: settings('Password and codes'),
  },
  {
    name: 'settings-account-signed-on',
    query: 'scene=alice,signed-on',
    steps: settings('Password and codes'),
  },
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
  {
    name: 'settings-network',
    query: 'scene=alice,environment-proxy',
    steps: async (page) => {
      await openSettings(page, 'Network');
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('is reached').waitFor();
    },
  },
  {
    name: 'settings-network-own',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Network');
      await page.getByRole('radio', { name: 'Through this proxy' }).check();
      await page.getByLabel('Address').fill('socks5://proxy:1080');
      await page.getByText('This is no address of an HTTP proxy.').waitFor();
    },
  },
  {
    name: 'settings-network-failed',
    query: 'scene=alice',
    steps: async (page) => {
      await openSettings(page, 'Network');
      await page.getByRole('radio', { name: 'Through this proxy' }).check();
      await page.getByLabel('Address').fill('http://gone.example.com:8080');
      await page.getByLabel('User name').fill('alice');
      await page.getByLabel('Password').fill('secret');
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('cannot be reached').waitFor();
    },
  },
  { name: 'settings-appearance', query: 'scene=alice', steps: settings('Appearance') },
  { name: 'settings-login', query: 'scene=alice,memory', steps: settings('Where the login is kept') },
  { name: 'settings-about', query: 'scene=alice', steps: settings('About') },
];

async function openSettings(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
  await page.getByRole('heading', { name: section, level: 1 }).waitFor();
}
