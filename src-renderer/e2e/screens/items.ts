import type { Page } from '@playwright/test';
import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

/** An open table. */
export const itemScreens: Screen[] = [
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
    name: 'table-settings',
    query: session,
    remembered: inSession('tables', ['Sessions']),
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByRole('button', { name: 'Delete the table' }).scrollIntoViewIfNeeded();
      await page.getByText('not in this sandbox').waitFor();
    },
  },
  {
    name: 'table-settings-restorable',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByRole('button', { name: 'Delete the table' }).scrollIntoViewIfNeeded();
      await page.getByLabel('Days to go back').fill('7');
    },
  },
  {
    name: 'value-tree',
    query: session,
    remembered: inSession('tables', ['AllTypes']),
    steps: async (page) => {
      await showCell(page, 'a map');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+Enter');
      await page.getByRole('region', { name: 'Tree' }).waitFor();
    },
  },
  {
    name: 'table-create',
    query: session,
    remembered: inSession('tables', ['Sessions']),
    steps: async (page) => {
      await page.getByRole('button', { name: 'Create a table', exact: true }).click();
      await page.getByRole('button', { name: 'Add an index' }).click();
      await page.getByRole('button', { name: 'Create the table' }).click();
      await page.getByText('A name has 3 to 255').waitFor();
    },
  },
  {
    name: 'table-delete',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByRole('button', { name: 'Delete the table' }).click();
      await page.getByText('Deletion protection is on').waitFor();
    },
  },
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

async function showCell(page: Page, text: string): Promise<void> {
  await page.getByRole('gridcell', { name: text, exact: true }).first().click();
  await page.getByRole('complementary', { name: 'Item' }).waitFor();
}
