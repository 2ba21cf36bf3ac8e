import type { Page } from '@playwright/test';
import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

const orders = { query: session, remembered: inSession('tables', ['Orders']) };

/** The query bar, and what comes of it. */
export const readingScreens: Screen[] = [
  {
    name: 'reading-query',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('textbox', { name: 'CustomerId' }).fill('c-1006');
      await page.keyboard.press('Enter');
      await page.getByText('all of it read', { exact: true }).waitFor();
    },
  },
  {
    name: 'reading-filter',
    ...orders,
    steps: async (page) => {
      await addCondition(page, 'Status', 'PAID');
      await page.getByRole('button', { name: 'Group' }).click();
      await page.getByRole('combobox', { name: 'Attribute' }).nth(1).fill('Lines[0].sku');
      await page.getByRole('textbox', { name: 'Value' }).nth(1).fill('sku-1');
      await page.getByRole('button', { name: 'Scan', exact: true }).click();
      await page.getByText(/matching/).waitFor();
    },
  },
  {
    name: 'reading-no-match-yet',
    ...orders,
    steps: async (page) => {
      await addCondition(page, 'Status', 'nothing');
      await page.getByRole('button', { name: 'Scan', exact: true }).click();
      await page.getByText('No match among').waitFor();
    },
  },
  {
    name: 'reading-problems',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('combobox', { name: 'Table or index to read' }).click();
      await page.getByRole('option', { name: /by-total/ }).click();
      await page.getByRole('textbox', { name: 'CustomerId' }).fill('c-1006');
      await page.getByRole('textbox', { name: 'Total' }).fill('abc');
      await page.getByText('This is not a number').waitFor();
    },
  },
  {
    name: 'reading-wide-index',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('combobox', { name: 'Table or index to read' }).click();
      await page.getByRole('option', { name: /by-status-and-date/ }).click();
      await page.getByRole('textbox', { name: 'Status' }).fill('PAID');
      await page.getByText('cannot narrow the read').waitFor();
    },
  },
  {
    name: 'reading-options',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('button', { name: 'Options' }).click();
      await page.getByLabel('Only these attributes').fill('Status, Lines[0].sku');
    },
  },
  {
    name: 'grid-picked',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('columnheader', { name: 'Email' }).click();
      await page.getByRole('checkbox', { name: 'Pick row 2', exact: true }).click();
      await page.getByRole('checkbox', { name: 'Pick row 4', exact: true }).click({ modifiers: ['Shift'] });
      await page.getByRole('gridcell', { name: 'EUR' }).first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Filter by this value' }).waitFor();
    },
  },
  {
    name: 'grid-columns',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('checkbox', { name: 'Coupon' }).uncheck();
    },
  },
  {
    name: 'grid-value',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page
        .getByRole('gridcell', { name: /^2025-01-01T/ })
        .first()
        .click();
      await page.keyboard.press('Shift+Enter');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'editing-form',
    ...orders,
    steps: async (page) => {
      await editStatus(page, 'CONFIRMED');
      await page.getByLabel('Value of Total').fill('12x');
      await page.getByText('This is not a number').waitFor();
    },
  },
  {
    name: 'editing-staged',
    ...orders,
    steps: async (page) => {
      await editStatus(page, 'CONFIRMED');
      await page.keyboard.press('Control+s');
      await page.getByRole('gridcell', { name: 'c-1002' }).first().click();
      await page.keyboard.press('Delete');
      await page.getByText('1 edit · 1 delete').waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'editing-review',
    ...orders,
    steps: async (page) => {
      await editStatus(page, 'conflict');
      await page.keyboard.press('Control+s');
      await page.getByRole('gridcell', { name: 'c-1002' }).first().click();
      await page.keyboard.press('Delete');
      await page.getByText('1 edit · 1 delete').waitFor();
      await page.keyboard.press('Control+s');
      await page.getByRole('dialog').getByRole('button', { name: 'Commit just this' }).first().click();
      await page.getByText('somebody has changed').waitFor();
    },
  },
  {
    name: 'reading-queries',
    ...orders,
    steps: async (page) => {
      await addCondition(page, 'Status', 'PAID');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Queries' }).click();
      await page.getByLabel('Name of the query').fill('Paid orders');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Paid orders').waitFor();
    },
  },
  {
    name: 'reading-call',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('textbox', { name: 'CustomerId' }).fill('c-1006');
      await page.getByRole('button', { name: 'Show the call' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'reading-count',
    ...orders,
    steps: async (page) => {
      await page.getByText('200 loaded').waitFor();
      await page.getByRole('button', { name: 'Count' }).click();
      const dialog = page.getByRole('dialog', { name: 'Count the items' });
      await dialog.getByRole('button', { name: 'Count' }).click();
      await dialog.getByText('20,400 items').waitFor();
    },
  },
];

async function editStatus(page: Page, status: string): Promise<void> {
  await page.getByRole('gridcell', { name: 'c-1000' }).first().click();
  await page.keyboard.press('F2');
  await page.getByLabel('Value of Status').fill(status);
}

/** Adds a condition `attribute = value`. */
export async function addCondition(page: Page, attribute: string, value: string): Promise<void> {
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: 'Attribute' }).last().fill(attribute);
  await page.getByRole('textbox', { name: 'Value' }).last().fill(value);
}
