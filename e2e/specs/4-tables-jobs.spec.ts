import { readFileSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { itemOfLine } from '../../src-shared/files/item-lines.ts';
import { canonicalText } from '../../src-shared/values/compare.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { expect, test } from '../fixtures/app.ts';

test.beforeEach(({ app }) => {
  test.skip(!app.shell.electron, 'The system’s file dialogs are Electron’s.');
});

/** The items of an export, in no order. */
function itemsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => canonicalText({ type: 'M', entries: parseItem(itemOfLine(line) ?? '') })).sort();
}

test('a table is exported, imported into another one and exported again: the same items', async ({ app }) => {
  await app.startWork();
  await app.openTable('Sessions');
  const first = join(app.home.folder, 'sessions.jsonl');
  await app.answerFileDialog(first);
  const exporting = await app.beginJob('Export …');
  await exporting.getByRole('button', { name: /export$/ }).click();
  await expect(app.job('Export of Sessions')).toContainText('600 items exported');
  expect((await stat(first)).mode & 0o777).toBe(0o600);
  await app.page.keyboard.press('Escape');

  await app.createTable('restored', 'SessionId');
  const importing = await app.beginJob('Import …');
  await importing.getByRole('button', { name: 'Choose a file' }).click();
  await expect(importing).toContainText('600 items');
  await importing.getByRole('button', { name: 'Check first' }).click();
  await expect(app.job('Check of an import into restored')).toContainText('600 items can be imported');
  await app.page.keyboard.press('Escape');
  const again = await app.beginJob('Import …');
  await again.getByRole('button', { name: 'Choose a file' }).click();
  await again.getByRole('button', { name: 'Import 600 items' }).click();
  await expect(app.job('Import into restored')).toContainText('600 items imported');
  await app.page.keyboard.press('Escape');

  const second = join(app.home.folder, 'restored.jsonl');
  await app.answerFileDialog(second);
  const back = await app.beginJob('Export …');
  await back.getByRole('button', { name: /export$/ }).click();
  await expect(app.job('Export of restored')).toContainText('600 items exported');
  expect(itemsOf(second)).toEqual(itemsOf(first));
  expect(itemsOf(first)).toHaveLength(600);
});

test('a job pauses, survives a restart, goes on, and can be cancelled', async ({ app, launch }) => {
  await app.startWork();
  await app.createTable('slow', 'id');
  const file = join(app.home.folder, 'many.jsonl');
  const lines = Array.from({ length: 2000 }, (_, number) => `{"Item":{"id":{"S":"${number}"}}}\n`);
  writeFileSync(file, lines.join(''));
  await app.answerFileDialog(file);
  const importing = await app.beginJob('Import …');
  await importing.getByRole('button', { name: 'Choose a file' }).click();
  await importing.getByText(/^Pace/).click();
  // So slow that nobody has to hurry.
  await importing.getByLabel('Most WCU a second').fill('2');
  await importing.getByRole('button', { name: 'Import 2,000 items' }).click();
  const job = app.job('Import into slow');
  await expect(job).toContainText(/Writing · \d/);
  await job.getByRole('button', { name: /^Pause/ }).click();
  await expect(job).toContainText('Paused');
  await job.getByRole('button', { name: /^Resume/ }).click();
  await expect(job).toContainText('Writing');
  await app.quit();

  const next = await launch();
  await next.button(/^Jobs/).click();
  const kept = next.job('Import into slow');
  await expect(kept).toContainText('Paused, because Rolegate was closed');
  await kept.getByRole('button', { name: /^Resume/ }).click();
  await expect(kept).toContainText('Writing');
  await kept.getByRole('button', { name: /^Cancel/ }).click();
  await expect(kept).toContainText('Cancelled');
  const ledger = join(next.home.folder, 'ledger.jsonl');
  await next.answerFileDialog(ledger);
  await kept.getByRole('button', { name: 'Save the ledger' }).click();
  await expect(next.toast('The ledger is saved')).toBeVisible();
  expect(JSON.parse(readFileSync(ledger, 'utf8').split('\n')[0] ?? '')).toMatchObject({
    job: 'import',
    table: 'slow',
    state: 'cancelled',
  });
  await kept.getByRole('button', { name: /^Take it from the list/ }).click();
  await expect(next.page.getByText('No jobs')).toBeVisible();
});

test('a table is emptied, once its name has been typed', async ({ app }) => {
  await app.startWork();
  await app.openTable('Sessions');
  const purge = await app.beginJob('Empty the table …');
  await expect(purge.getByRole('button', { name: 'Delete all items' })).toBeDisabled();
  await purge.getByLabel('Type Sessions to go on').fill('Sessions');
  // By itself it keeps to half of what the table was given.
  await purge.getByText('Pace: at most 12 RCU/s, 5 WCU/s').click();
  await purge.getByLabel('Most RCU a second').fill('');
  await purge.getByLabel('Most WCU a second').fill('');
  await purge.getByRole('button', { name: 'Delete all items' }).click();
  await expect(app.job('Emptying of Sessions')).toContainText('600 items deleted');
});

test('items are copied to a table in another region', async ({ app }) => {
  await app.startWork();
  await app.chooseRegion('eu-west-1');
  await app.createTable('copied', 'SessionId');
  await app.chooseRegion('us-east-1');
  await app.openTable('Sessions');
  const copy = await app.beginJob('Copy to another table …');
  await copy.getByRole('combobox', { name: 'In region' }).click();
  await app.page.getByRole('option', { name: 'eu-west-1' }).click();
  await copy.getByRole('combobox', { name: 'To table' }).fill('copied');
  await copy.getByRole('button', { name: 'Copy to copied' }).click();
  await expect(app.job('Copy of Sessions')).toContainText('600 items copied');
});
