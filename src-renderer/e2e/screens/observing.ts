import type { Page } from '@playwright/test';
import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

const tab = (name: string) => (page: Page) => page.getByRole('tab', { name, exact: true }).click();

/** Follows the stream of the table in front, and looks at a change of it. */
async function follow(page: Page): Promise<void> {
  await tab('Stream')(page);
  await page.getByRole('button', { name: 'Follow from now on' }).click();
  await change(page).first().waitFor();
}

function change(page: Page) {
  return page.getByRole('listbox', { name: 'Changes' }).getByRole('option');
}

/** What happens to a table: its stream, and what CloudWatch measures. */
export const observingScreens: Screen[] = [
  {
    name: 'stream-start',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await tab('Stream')(page);
      await page.getByRole('button', { name: 'Follow from now on' }).waitFor();
    },
  },
  {
    name: 'stream-off',
    query: session,
    remembered: inSession('tables', ['Music']),
    steps: async (page) => {
      await tab('Stream')(page);
      await page.getByRole('button', { name: 'Switch the stream on' }).waitFor();
    },
  },
  {
    name: 'stream-denied',
    query: `${session}&streams.open=denied`,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await tab('Stream')(page);
      await page.getByRole('button', { name: 'Follow from now on' }).click();
      await page.getByText('AccessDeniedException').waitFor();
    },
  },
  {
    name: 'stream-change',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await follow(page);
      await change(page).filter({ hasText: 'Revision' }).first().click();
      await page.getByRole('complementary', { name: 'Change' }).waitFor();
    },
  },
  {
    name: 'stream-filtered',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await follow(page);
      await page.getByRole('radio', { name: 'Deleted' }).check();
      await change(page).first().click();
      await page.getByRole('radio', { name: 'Old image' }).check();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('button', { name: 'Go on' }).waitFor();
    },
  },
  {
    name: 'metrics',
    query: session,
    remembered: inSession('tables', ['AllTypes']),
    steps: async (page) => {
      await tab('Metrics')(page);
      await page.getByRole('img', { name: /^Latency/ }).waitFor();
    },
  },
  {
    name: 'metrics-table',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await tab('Metrics')(page);
      await page.getByRole('button', { name: 'As a table' }).first().click();
      await page.getByRole('region', { name: 'Consumed capacity as a table' }).waitFor();
    },
  },
  {
    name: 'metrics-denied',
    query: `${session}&metrics.read=denied`,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await tab('Metrics')(page);
      await page.getByText('AccessDeniedException').waitFor();
    },
  },
  {
    name: 'metrics-sandbox',
    query: `${session}&metrics.read=throttled`,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await tab('Metrics')(page);
      await page.getByText('This sandbox has no CloudWatch').waitFor();
    },
  },
];
