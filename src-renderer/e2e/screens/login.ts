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
    name: 'login-code',
    query: 'scene=authenticator',
    steps: async (page) => {
      await logIn(page, 'white-rabbit');
      await page.getByLabel('Code of your authenticator app').fill('000000');
      await page.getByRole('button', { name: 'Log in', exact: true }).click();
      await page.getByText('The code is wrong').waitFor();
    },
  },
  {
    name: 'login-connectors',
    query: 'scene=server,connectors',
    steps: (page) => page.getByRole('button', { name: 'Sign in with Okta' }).waitFor(),
  },
  {
    name: 'login-connectors-only',
    query: 'scene=server,connectors-only',
    steps: (page) => page.getByRole('button', { name: 'Sign in with Okta' }).waitFor(),
  },
  {
    name: 'login-waiting',
    query: 'scene=server,connectors',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Sign in with Okta' }).click();
      await page.getByText('Waiting for you to sign in with Okta').waitFor();
    },
  },
  {
    name: 'login-waiting-no-browser',
    query: 'scene=server,connectors,no-window-for-login',
    steps: (page) => page.getByText('No browser could be opened.').waitFor(),
  },
  {
    name: 'login-sign-on-failed',
    query: 'scene=server,connectors&session.signOn=unavailable',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
      await page.getByText('The app-service does not answer.').waitFor();
    },
  },
  {
    name: 'invitation',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use an invitation…' }).click();
      await page.getByLabel('Invitation', { exact: true }).fill('hello');
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('There is no invitation in this text.').waitFor();
    },
  },
  {
    name: 'invitation-password',
    query: 'scene=wants-codes',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use an invitation…' }).click();
      await page.getByLabel('Invitation', { exact: true }).fill(`rolegate login --invitation ${'a'.repeat(43)}`);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
      await page.getByLabel('The new password again').fill('correct horse battery');
      await page.getByRole('img', { name: 'QR code with the secret' }).waitFor();
    },
  },
  {
    name: 'invitation-of-another-service',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use an invitation…' }).click();
      const command = `rolegate login --service https://rolegate.example.com:3080 --invitation ${'c'.repeat(43)}`;
      await page.getByLabel('Invitation', { exact: true }).fill(command);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('The invitation is for https://rolegate.example.com:3080').waitFor();
    },
  },
  {
    name: 'invitation-first-administrator',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Use an invitation…' }).click();
      await page.getByLabel('Invitation', { exact: true }).fill(`rolegate login --invitation ${'b'.repeat(43)}`);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('heading', { name: 'Welcome, first administrator' }).waitFor();
      await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
      await page.getByLabel('The new password again').fill('correct horse battery');
      const logIn = page.getByRole('dialog').getByRole('button', { name: 'Log in' });
      if (await logIn.isEnabled()) throw new Error('Without a name nobody logs in.');
      await page.getByLabel('User name').fill('root');
      if (await logIn.isDisabled()) throw new Error('With a name and a password one logs in.');
    },
  },
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
