import { inSession, withFake } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

const toRequests = { query: 'scene=alice,requestable,requests' };

async function openRequests(page: Parameters<NonNullable<Screen['steps']>>[0]): Promise<void> {
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: /^Access requests/ }).click();
  await page.getByRole('heading', { name: 'Access requests' }).waitFor();
}

const loginEnded = {
  code: 'needs_login',
  message: 'Your login has ended: carol has ended it.',
  hint: 'Log in again.',
  retryable: false,
  needsLogin: true,
} as const;

/** Asking for access, and what ends a login or a session. */
export const requestScreens: Screen[] = [
  {
    name: 'apps-requestable',
    ...toRequests,
    steps: (page) => page.getByText('Ask for access').first().waitFor(),
  },
  {
    name: 'requests-ask',
    query: 'scene=alice,requestable',
    steps: async (page) => {
      await page.getByText('DatabaseAdmin').click();
      await page.getByRole('dialog', { name: 'Ask for access' }).waitFor();
    },
  },
  {
    name: 'requests-ask-in-session',
    query: 'scene=alice,session,requestable',
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await page.getByRole('button', { name: /^IAM role/ }).click();
      await page.getByText('DatabaseAdmin').click();
      await page.getByRole('dialog', { name: 'Ask for access' }).getByLabel('Reason').fill('OPS-7');
    },
  },
  {
    name: 'requests',
    ...toRequests,
    steps: async (page) => {
      await openRequests(page);
      await page.getByText('The nightly export has failed').waitFor();
    },
  },
  {
    name: 'requests-menu',
    ...toRequests,
    steps: async (page) => {
      await page.getByRole('button', { name: 'User alice, 1 request to decide on' }).click();
      await page.getByRole('menuitem', { name: 'Access requests (1)' }).waitFor();
    },
  },
  {
    name: 'requests-approve',
    ...toRequests,
    steps: async (page) => {
      await openRequests(page);
      await page.getByRole('button', { name: 'Approve DatabaseAdmin for bob' }).click();
      await page.getByRole('dialog', { name: 'Approve this request?' }).waitFor();
    },
  },
  {
    name: 'requests-denied',
    ...toRequests,
    steps: async (page) => {
      await openRequests(page);
      await page.getByRole('radio', { name: 'Denied' }).check();
      await page.getByText('Use the read-only role for that.').waitFor();
    },
  },
  {
    name: 'requests-none',
    query: 'scene=alice',
    steps: async (page) => {
      await openRequests(page);
      await page.getByText('No requests yet').waitFor();
    },
  },
  {
    name: 'requests-error',
    query: 'scene=alice&requests.list=unavailable',
    steps: async (page) => {
      await openRequests(page);
      await page.getByText('does not answer').waitFor();
    },
  },
  { name: 'requests-loading', query: 'scene=alice&requests.list=pending', steps: openRequests },
  {
    name: 'session-ended-why',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await withFake(
        page,
        (fake) => {
          const [one] = fake.bridge.state.appSessions;
          const consoleUntil = Date.now() + 48 * 60_000;
          if (one) fake.bridge.change({ appSessions: [{ ...one, consoleUntil }] });
        },
        {},
      );
      await withFake(
        page,
        (fake) => {
          const reason = 'The role contractors denies this IAM role.';
          const endedSessions = [{ id: 'session-example', reason, at: Date.now() }];
          fake.bridge.change({ appSessions: [], endedSessions });
        },
        {},
      );
      await page.getByText('The role contractors denies this IAM role.').waitFor();
    },
  },
  {
    name: 'login-ended',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await withFake(page, (fake, why) => fake.bridge.change({ loginEnded: why }), loginEnded);
      await page.getByRole('dialog', { name: 'Log in again' }).waitFor();
    },
  },
  {
    name: 'login-ended-put-away',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await page.getByText('120 loaded').waitFor();
      await withFake(page, (fake, why) => fake.bridge.change({ loginEnded: why }), loginEnded);
      await page.getByRole('button', { name: 'Not now' }).click();
      await page.getByText('What is open and what is staged stays as it is.').waitFor();
    },
  },
];
