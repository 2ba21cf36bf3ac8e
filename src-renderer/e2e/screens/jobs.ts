import type { Page } from '@playwright/test';
import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

const orders = inSession('tables', ['Orders']);

async function dialog(page: Page, item: string): Promise<void> {
  await page.getByRole('gridcell').first().waitFor();
  await page.getByRole('button', { name: 'Export, import' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
}

/** Long work: the list of it, and the dialogs that begin it. */
export const jobScreens: Screen[] = [
  {
    name: 'jobs',
    query: 'scene=alice,session,jobs',
    remembered: orders,
    steps: async (page) => {
      await page.getByRole('gridcell').first().waitFor();
      await page.getByRole('button', { name: 'Jobs, 3 under way' }).click();
      await page.getByRole('article', { name: 'Copy of Orders' }).waitFor();
    },
  },
  {
    name: 'jobs-none',
    query: session,
    remembered: orders,
    steps: async (page) => {
      await page.getByRole('button', { name: 'Jobs', exact: true }).click();
      await page.getByText('No jobs').waitFor();
    },
  },
  {
    name: 'jobs-menu',
    query: session,
    remembered: orders,
    steps: async (page) => {
      await page.getByRole('gridcell').first().waitFor();
      await page.getByRole('button', { name: 'Export, import' }).click();
      await page.getByRole('menuitem', { name: 'Empty the table' }).waitFor();
    },
  },
  { name: 'jobs-export', query: session, remembered: orders, steps: (page) => dialog(page, 'Export …') },
  {
    name: 'jobs-import',
    query: session,
    remembered: orders,
    steps: async (page) => {
      await dialog(page, 'Import …');
      await page.getByRole('button', { name: 'Choose a file' }).click();
      await page.getByRole('textbox', { name: 'Attribute for Total' }).waitFor();
    },
  },
  { name: 'jobs-copy', query: session, remembered: orders, steps: (page) => dialog(page, 'Copy to another table …') },
  { name: 'jobs-purge', query: session, remembered: orders, steps: (page) => dialog(page, 'Empty the table …') },
  {
    name: 'jobs-delete-picked',
    query: session,
    remembered: orders,
    steps: async (page) => {
      await page.getByRole('gridcell').first().waitFor();
      await page.getByRole('gridcell').first().click();
      await page.keyboard.press('Control+a');
      await page.getByRole('button', { name: 'Delete now …' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
