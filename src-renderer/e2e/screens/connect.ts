import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

/** Tools and the AWS console. */
export const connectScreens: Screen[] = [
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
