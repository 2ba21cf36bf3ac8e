import type { Page } from '@playwright/test';
import { inSession } from '../fixtures.ts';
import { type Screen, session } from './screen.ts';

const remembered = inSession('partiql');

async function write(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'PartiQL statements' });
  await editor.click();
  await editor.fill(text);
}

/** The PartiQL editor, and what production looks like. */
export const partiqlScreens: Screen[] = [
  {
    name: 'partiql-empty',
    query: session,
    remembered,
    steps: (page) => page.getByRole('textbox', { name: 'PartiQL statements' }).waitFor(),
  },
  {
    name: 'partiql-results',
    query: session,
    remembered,
    steps: async (page) => {
      await write(
        page,
        `SELECT * FROM "Orders"\nWHERE CustomerId = ? AND "Status" IN ['PAID', 'SHIPPED'] AND Total > 12.5`,
      );
      await page.getByRole('textbox', { name: 'Parameter 1' }).fill('customer-1');
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await page.getByRole('grid', { name: 'Results' }).getByRole('gridcell').first().waitFor();
    },
  },
  {
    name: 'partiql-scan-and-completion',
    query: session,
    remembered,
    steps: async (page) => {
      await write(page, 'SELECT * FROM "Orders" WHERE Total > 10 AND ');
      await page.getByText('This is a scan').waitFor();
      await page.getByRole('textbox', { name: 'PartiQL statements' }).press('End');
      await page.keyboard.type('Stat');
      await page.getByRole('option', { name: 'Status' }).first().waitFor();
    },
  },
  {
    name: 'partiql-batch',
    query: session,
    remembered,
    steps: async (page) => {
      await write(
        page,
        `SELECT * FROM "Orders" WHERE CustomerId = 'a' AND OrderId = ?;\nSELECT * FROM Nowhere WHERE pk = ?`,
      );
      await page.getByText('Batch', { exact: true }).click();
      await page.getByRole('button', { name: 'Run batch of 2' }).click();
      await page.getByText('1 of 2 failed').waitFor();
    },
  },
  {
    name: 'partiql-write',
    query: 'scene=alice,session,production',
    remembered,
    steps: async (page) => {
      await write(page, `DELETE FROM "Orders" WHERE CustomerId = 'a' AND OrderId = 'b'`);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('alertdialog', { name: 'Delete from Orders?' }).waitFor();
    },
  },
  {
    name: 'partiql-none',
    query: `${session}&partiql.run=unknown`,
    remembered,
    steps: async (page) => {
      await write(page, `SELECT * FROM "Orders"`);
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await page.getByText('There is no PartiQL at this endpoint').waitFor();
    },
  },
  {
    name: 'partiql-running',
    query: `${session}&partiql.run=pending`,
    remembered,
    steps: async (page) => {
      await write(page, `SELECT * FROM "Orders"`);
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await page.getByRole('button', { name: 'Stop' }).first().waitFor();
    },
  },
  {
    name: 'partiql-over',
    query: 'scene=alice,over',
    remembered,
    steps: (page) => page.getByRole('textbox', { name: 'PartiQL statements' }).waitFor(),
  },
  {
    name: 'production-locked',
    query: 'scene=alice,session,production-locked',
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await page.getByRole('button', { name: 'Allow writing' }).waitFor();
      await page.getByRole('gridcell').first().waitFor();
    },
  },
  {
    name: 'read-only',
    query: 'scene=alice,session,read-only',
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByText('This session only reads').waitFor();
    },
  },
  {
    name: 'settings-production',
    query: 'scene=alice,session,production',
    steps: async (page) => {
      await page.keyboard.press('Control+K');
      await page.getByRole('combobox', { name: 'Go to anything' }).fill('production');
      await page.getByRole('option', { name: /Mark production/ }).click();
      await page.getByRole('textbox').fill('*Dynamo*');
      await page.getByText('1 role of 2').waitFor();
    },
  },
  {
    name: 'partiql-history',
    query: session,
    remembered,
    steps: async (page) => {
      await write(page, `SELECT * FROM "Orders" WHERE CustomerId = 'somebody'`);
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await page.getByRole('button', { name: 'History' }).click();
      await page.getByText('WHERE CustomerId = ?').waitFor();
    },
  },
  {
    name: 'open-elsewhere',
    query: session,
    remembered: inSession('tables', ['Orders']),
    steps: async (page) => {
      await page.getByRole('textbox', { name: 'CustomerId' }).fill('c-1000');
      await page.getByRole('button', { name: 'Open elsewhere' }).click();
      await page.getByRole('menuitem', { name: 'This query in the AWS console' }).waitFor();
    },
  },
  {
    name: 'link',
    query: 'scene=alice,session,link',
    remembered: inSession(),
    steps: (page) => page.getByRole('dialog', { name: 'Open a query from a link?' }).waitFor(),
  },
  {
    name: 'link-nowhere',
    query: 'scene=alice,session,link-nowhere',
    remembered: inSession(),
    steps: (page) => page.getByText('You have no IAM role in account').waitFor(),
  },
];
