import type { Page } from '@playwright/test';
import type { Screen } from './screen.ts';

/** Before anybody is logged in. */
export const loginScreens: Screen[] = [
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

async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('User', { exact: true }).fill('alice');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}
