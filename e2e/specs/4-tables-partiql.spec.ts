import { join } from 'node:path';
import { dynoxideProgram } from '../../src-sandbox/engine/dynoxide.ts';
import { expect, test } from '../fixtures/app.ts';
import type { App } from '../pages/app.ts';

const pictures = join('test-results', 'screens');

async function openEditor(app: App) {
  await app.page.getByRole('navigation', { name: 'Session' }).getByRole('button', { name: 'PartiQL' }).click();
  const editor = app.page.getByRole('textbox', { name: 'PartiQL statements' });
  await editor.waitFor();
  return {
    editor,
    results: app.page.getByRole('grid', { name: 'Results' }),
    footer: app.page.getByRole('region', { name: 'What was run' }),
    dialog: app.page.getByRole('alertdialog'),
    write: async (text: string) => {
      // As a person does it: filling at once would leave styles of what stood there, which the page's policy refuses.
      await editor.click();
      await app.page.keyboard.press('Control+a');
      await app.page.keyboard.press('Delete');
      await app.page.keyboard.insertText(text);
    },
    run: (name: string) => app.page.getByRole('button', { name, exact: true }).click(),
  };
}

test.describe('PartiQL', () => {
  test.skip(dynoxideProgram() === undefined, 'The sandbox’s engine here has no PartiQL.');

  test('says what it would read before it reads it, and reads on page after page', async ({ app }) => {
    await app.startWork();
    await app.openTable('Orders');
    await app.button('Open elsewhere').click();
    await app.page.getByRole('menuitem', { name: 'Write PartiQL for this table' }).click();
    const { editor, write, run, results, footer } = await openEditor(app);
    await expect(editor).toContainText('WHERE CustomerId = ?');
    // Nothing has been run by coming here.
    await expect(app.page.getByText('Nothing has been run yet')).toBeVisible();
    await write('SELECT * FROM "Orders"');
    await expect(app.page.getByText(/This is a scan.* of Orders/)).toBeVisible();
    await app.page.keyboard.press('Control+Enter');
    await results.getByRole('gridcell').first().waitFor();
    await expect(footer).toContainText(/loaded · .*RCU · \d+ pages? · more to read/);
    const customer = (await results.locator('[data-row="0"] [data-column="0"]').textContent()) ?? '';
    await write('SELECT * FROM "Orders" WHERE CustomerId = ? AND Total > ?');
    await expect(app.page.getByText('Reads by the partition key.')).toBeVisible();
    await app.page.getByRole('textbox', { name: 'Parameter 1' }).fill(customer);
    await app.page.getByRole('combobox', { name: 'Type of Parameter 2' }).click();
    await app.page.getByRole('option', { name: 'N number' }).click();
    await app.page.getByRole('textbox', { name: 'Parameter 2' }).fill('0.01');
    await run('Select');
    await expect(footer).toContainText('all of it read');
    for (const cell of await results.locator('[data-column="0"][role=gridcell]').all()) {
      await expect(cell).toHaveText(customer);
    }
    // Hiding the caret would take an inline style, which the page's policy does not let be.
    await app.page.screenshot({ path: join(pictures, 'partiql.png'), caret: 'initial' });
    // What is remembered has no values in it.
    await write(`SELECT * FROM "Orders" WHERE CustomerId = 'somebody'`);
    await run('Select');
    await app.button('History').click();
    const history = app.page.getByRole('dialog', { name: 'Statements run lately' });
    await expect(history).toContainText('WHERE CustomerId = ?');
    await expect(history).not.toContainText('somebody');
  });

  test('completes tables and attributes, quoting what is reserved', async ({ app }) => {
    await app.startWork();
    const { editor, write } = await openEditor(app);
    await write('SELECT * FROM ');
    await app.page.keyboard.type('"Ord');
    await app.page.getByRole('option', { name: 'Orders' }).click();
    // Attributes can be completed once the table's key is known, which the line below says too.
    await expect(app.page.getByText(/This is a scan.* of Orders/)).toBeVisible();
    await app.page.keyboard.type(' WHERE Stat');
    await app.page.getByRole('option', { name: /Status.*key of/ }).click();
    await expect(editor).toHaveText('SELECT * FROM "Orders" WHERE "Status"');
  });

  test('writes nothing before it has said what it would do and was told to', async ({ app }) => {
    await app.startWork();
    const { write, run, dialog, results } = await openEditor(app);
    const key = `Artist = 'Nobody' AND SongTitle = 'Nothing'`;
    await write(`INSERT INTO "Music" VALUE {'Artist': 'Nobody', 'SongTitle': 'Nothing', 'Plays': ?}`);
    await app.page.getByRole('combobox', { name: 'Type of Parameter 1' }).click();
    await app.page.getByRole('option', { name: 'N number' }).click();
    await app.page.getByRole('textbox', { name: 'Parameter 1' }).fill('12345678901234567890123456789012345678');
    await run('Insert');
    await expect(dialog).toContainText('Insert into Music?');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await write(`SELECT * FROM "Music" WHERE ${key}`);
    await run('Select');
    await expect(app.page.getByText('No item matches')).toBeVisible();
    await write(`INSERT INTO "Music" VALUE {'Artist': 'Nobody', 'SongTitle': 'Nothing', 'Plays': ?}`);
    await run('Insert');
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await expect(app.page.getByText('Done', { exact: true })).toBeVisible();
    await write(`SELECT * FROM "Music" WHERE ${key}`);
    await run('Select');
    await expect(results).toContainText('12345678901234567890123456789012345678');
    await write(`DELETE FROM "Music" WHERE ${key}; SELECT * FROM "Music" WHERE ${key}`);
    await app.page.getByText('Batch', { exact: true }).click();
    await expect(app.page.getByText('A batch reads or writes; it cannot do both.')).toBeVisible();
    await expect(app.button('Run batch of 2')).toBeDisabled();
  });
});
