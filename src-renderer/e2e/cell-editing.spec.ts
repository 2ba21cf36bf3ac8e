import type { Page } from '@playwright/test';
import { accessibilityProblems, expect, inSession, test } from './fixtures.ts';

const music = { query: 'scene=alice,session', remembered: inSession('tables', ['Music']) };

const grid = (page: Page) => page.getByRole('grid', { name: 'Items of Music' });
const cellOf = (page: Page, row: number, name: string) =>
  page
    .getByRole('columnheader', { name })
    .evaluate((head) => Number((head as HTMLElement).dataset['column']))
    .then((column) => grid(page).locator(`[data-row="${row}"] [data-column="${column}"]`));
const editor = (page: Page, name: string) => grid(page).getByLabel(`Value of ${name}`);
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Staged changes' });

test('a value is edited in its cell: staged, and nothing written', async ({ page, open }) => {
  await open(music);
  const album = await cellOf(page, 0, 'AlbumTitle');
  await album.dblclick();
  await editor(page, 'AlbumTitle').fill('Another album');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(album).toHaveText('Another album');
  await expect(bar(page)).toContainText('1 edit');
  await expect(await cellOf(page, 1, 'AlbumTitle')).toBeFocused();

  // Typing on a cell takes the place of what is in it, and Escape leaves it as it was.
  await page.keyboard.type('xyz');
  await expect(editor(page, 'AlbumTitle')).toHaveValue('xyz');
  await page.keyboard.press('Escape');
  await expect(await cellOf(page, 1, 'AlbumTitle')).toBeFocused();
  await expect(bar(page)).toContainText('1 edit');

  await bar(page).getByRole('button', { name: 'Undo' }).click();
  await expect(album).not.toHaveText('Another album');
});

test('what is no value of its type is said at the cell', async ({ page, open }) => {
  await open(music);
  await (await cellOf(page, 0, 'Year')).dblclick();
  await editor(page, 'Year').fill('19x9');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('alert')).toContainText('not a number');
  await grid(page).getByLabel('Type of Year').selectOption('S');
  await editor(page, 'Year').press('Enter');
  await expect(grid(page).getByRole('alert')).toContainText('by-genre');
  await grid(page).getByLabel('Type of Year').selectOption('N');
  await editor(page, 'Year').fill('1999');
  await page.keyboard.press('Tab');
  await expect(await cellOf(page, 0, 'Year')).toHaveText('1999');
  await expect(bar(page)).toContainText('1 edit');
});

test('keys, and what is more than one line, open the form', async ({ page, open }) => {
  await open(music);
  await (await cellOf(page, 0, 'Tags')).dblclick();
  await expect(page.getByRole('form', { name: 'Edit the item' })).toBeVisible();
  await page.keyboard.press('Escape');
  await (await cellOf(page, 0, 'Artist')).dblclick();
  await expect(page.getByRole('form', { name: 'Edit the item' })).toBeVisible();
});
