import type { Page } from '@playwright/test';
import { accessibilityProblems, expect, inSession, test } from './fixtures.ts';

const music = { query: 'scene=alice,session', remembered: inSession('tables', ['Music']) };

const grid = (page: Page) => page.getByRole('grid', { name: 'Items of Music' });
const cell = (page: Page, name: string) => grid(page).getByRole('gridcell', { name, exact: true }).first();
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Staged changes' });
const review = (page: Page) => page.getByRole('dialog', { name: 'Changes to Music' });

test('an edit is staged, shown, undone, redone, reviewed and committed', async ({ page, open }) => {
  await open(music);
  await cell(page, 'Song number 1').click();
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: 'Edit the item' });
  await form.getByLabel('Value of AlbumTitle').fill('Another album');
  await form.getByLabel('Name of a new attribute').fill('Rating');
  await form.getByRole('button', { name: 'Add' }).click();
  await form.getByRole('combobox', { name: 'Type of Rating' }).click();
  await page.getByRole('option', { name: /^N / }).click();
  await form.getByLabel('Value of Rating').fill('4.50x');
  await expect(form.getByRole('button', { name: 'Stage the changes' })).toBeDisabled();
  await expect(form).toContainText('This is not a number');
  await form.getByLabel('Value of Rating').fill('4.50');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Control+s');
  await expect(bar(page)).toContainText('1 edit');
  await expect(cell(page, 'Another album')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Rating' })).toBeAttached();

  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(cell(page, 'Another album')).toHaveCount(0);
  await bar(page).getByRole('button', { name: 'Redo' }).click();
  await expect(cell(page, 'Another album')).toBeVisible();

  await page.keyboard.press('Control+s');
  await expect(review(page)).toContainText('AlbumTitle');
  await expect(review(page)).toContainText('Another album');
  expect(await accessibilityProblems(page)).toEqual([]);
  await review(page).getByRole('button', { name: 'Commit 1 change' }).click();
  await expect(review(page)).toBeHidden();
  await expect(bar(page)).toHaveCount(0);
  await expect(cell(page, 'Another album')).toBeVisible();
});

test('an item is edited as JSON and as DynamoDB JSON, all of one item', async ({ page, open }) => {
  await open(music);
  await cell(page, 'Song number 1').click();
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: 'Edit the item' });
  await form.getByText('JSON', { exact: true }).click();
  const json = form.getByLabel('Item as JSON');
  const text = await json.inputValue();
  expect(text).toContain('"Tags": [');
  await json.fill(text.replace('"live"', '"studio"').slice(0, -1));
  await expect(form).toContainText('Expected');
  await json.fill(text.replace('"live"', '"studio"'));
  await form.getByText('DynamoDB JSON', { exact: true }).click();
  await expect(form.getByLabel('Item as DynamoDB JSON')).toHaveValue(
    /"Tags": \{ "SS": \["studio","remaster","take-0"\] \}/,
  );
  await form.getByRole('button', { name: 'Stage the changes' }).click();
  await expect(cell(page, 'SS {3} "studio", "remaster", "take-0"')).toBeAttached();
});

test('items are made, doubled and deleted, and nothing is written by it', async ({ page, open }) => {
  await open(music);
  await page.getByText('120 loaded').waitFor();
  await page.getByRole('button', { name: 'New item' }).click();
  const form = page.getByRole('form', { name: 'New item' });
  await expect(form).toContainText('must not be empty');
  await form.getByLabel('Value of Artist').fill('A new one');
  await form.getByLabel('Value of SongTitle').fill('First');
  await form.getByRole('button', { name: 'Stage the new item' }).click();
  await expect(bar(page)).toContainText('1 new');
  await expect(cell(page, 'A new one')).toBeVisible();
  await cell(page, 'Song number 2').click();
  await page.keyboard.press('Delete');
  await expect(bar(page)).toContainText('1 new · 1 delete');
  await page.keyboard.press('Delete');
  await expect(bar(page)).toContainText(/^1 newnot written/);
  await cell(page, 'Song number 3').click();
  await page.keyboard.press('Control+Alt+Insert');
  await form.getByLabel('Value of SongTitle').fill('Song number 3, again');
  await form.getByRole('button', { name: 'Stage the new item' }).click();
  await expect(bar(page)).toContainText('2 new');
  await bar(page).getByRole('button', { name: 'Discard all' }).click();
  await expect(cell(page, 'A new one')).toHaveCount(0);
});

test('a conflict shows base, mine and theirs, and lets one choose', async ({ page, open }) => {
  await open({ ...music, remembered: inSession('tables', ['Orders']) });
  await page.getByRole('gridcell', { name: 'c-1000' }).first().click();
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: 'Edit the item' });
  await form.getByLabel('Value of Status').fill('conflict');
  await page.keyboard.press('Control+s');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Changes to Orders' });
  await dialog.getByRole('button', { name: 'Commit just this' }).click();
  await expect(dialog).toContainText('somebody has changed the item meanwhile');
  await expect(dialog.getByRole('columnheader', { name: 'Theirs, now' })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^Currency/ })).toContainText('JPY');
  await dialog.getByRole('button', { name: 'Keep mine on top of theirs' }).click();
  await expect(dialog.getByRole('row', { name: /^Currency/ })).toHaveCount(0);
  await expect(dialog.getByRole('row', { name: /^Status/ })).toContainText('conflict');
});
