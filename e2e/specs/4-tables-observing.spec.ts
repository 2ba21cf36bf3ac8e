import { expect, test } from '../fixtures/app.ts';

test('a stream is switched on, followed, filtered and paused', async ({ app }) => {
  await app.startWork();
  await app.openTable('Music');
  await app.page.getByRole('tab', { name: 'Stream' }).click();
  await expect(app.page.getByText('Music has no stream')).toBeVisible();
  await app.button('Switch the stream on').click();
  await app.button('Follow from now on').click();
  await expect(app.page.getByText('No changes yet')).toBeVisible();

  await app.page.getByRole('tab', { name: 'Items' }).click();
  const grid = app.page.getByRole('grid', { name: 'Items of Music' });
  const album = grid.locator('[data-row="0"] [data-column="2"]');
  await album.dblclick();
  await grid.getByLabel(/^Value of/).fill('Followed');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Control+s');
  const review = app.page.getByRole('dialog', { name: 'Changes to Music' });
  await review.getByRole('button', { name: 'Commit 1 change' }).click();
  await expect(review).toBeHidden();

  await app.page.getByRole('tab', { name: 'Stream' }).click();
  const change = app.page.getByRole('listbox', { name: 'Changes' }).getByRole('option');
  await expect(change).toHaveCount(1);
  await change.click();
  const panel = app.page.getByRole('complementary', { name: 'Change' });
  await expect(panel).toContainText('Followed');
  await panel.getByText('Old image').click();
  await expect(panel.getByRole('region', { name: 'Old image' })).toContainText('"SongTitle"');
  await app.page.getByRole('combobox', { name: 'Filter the changes' }).fill('nothing like it');
  await expect(app.page.getByText('No change matches the filter')).toBeVisible();
  await app.button('Pause').click();
  await expect(app.page.getByRole('region', { name: 'What was followed' })).toContainText('paused');
});

test('metrics say that the sandbox has none', async ({ app }) => {
  await app.startWork();
  await app.openTable('Music');
  await app.page.getByRole('tab', { name: 'Metrics' }).click();
  await expect(app.page.getByText('This sandbox has no CloudWatch')).toBeVisible();
});
