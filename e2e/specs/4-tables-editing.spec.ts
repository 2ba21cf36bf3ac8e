import { expect, test } from '../fixtures/app.ts';

test.describe('editing items', () => {
  test('stages an edit, keeps it over a restart, and writes it when told to', async ({ launch }) => {
    const first = await launch();
    await first.startWork();
    const grid = await first.openTable('EveryType');
    await grid.getByRole('gridcell', { name: 'all types', exact: true }).click();
    await first.page.keyboard.press('F2');
    await first.itemForm.getByLabel('Name of a new attribute').fill('Edited');
    await first.itemForm.getByRole('button', { name: 'Add' }).click();
    await first.itemForm.getByLabel('Value of Edited').fill('by hand');
    await first.page.keyboard.press('Control+s');
    await expect(first.stageBar).toContainText('1 edit');
    await first.quit();

    const second = await launch();
    await second.tableList.waitFor();
    if ((await second.stageBar.count()) === 0) await second.openTable('EveryType');
    await expect(second.stageBar).toContainText('1 edit');
    await second.page.keyboard.press('Control+s');
    const review = second.page.getByRole('dialog', { name: 'Changes to EveryType' });
    await expect(review.getByRole('row', { name: /^Edited/ })).toContainText('by hand');
    await review.getByRole('button', { name: 'Commit 1 change' }).click();
    await expect(review).toBeHidden();
    await second.button('Read it again from the beginning').click();
    await second.page.getByRole('gridcell', { name: 'all types', exact: true }).click();
    await expect(second.inspector).toContainText('"Edited": { "S": "by hand" }');
    // What was not edited is as it was, sets and binary too.
    await expect(second.inspector).toContainText('"NS"');
  });

  test('shows who was faster, and puts mine on top of theirs', async ({ app }) => {
    await app.startWork();
    const grid = await app.openTable('Music');
    const edit = async (attribute: string, value: string) => {
      await grid.locator('[data-row="0"] [data-column="0"]').click();
      await app.page.keyboard.press('F2');
      await app.itemForm.getByLabel(`Value of ${attribute}`).fill(value);
      await app.page.keyboard.press('Control+s');
    };
    const review = app.page.getByRole('dialog', { name: 'Changes to Music' });
    await edit('AlbumTitle', 'Theirs');
    await app.page.keyboard.press('Control+s');
    await review.getByRole('button', { name: 'Commit 1 change' }).click();
    await expect(review).toBeHidden();
    // Undone on the screen only: as if the item had been read before that.
    await app.page.keyboard.press('Escape');
    await app.button('New item').click();
    const artist = (await grid.locator('[data-row="0"] [data-column="0"]').textContent()) ?? '';
    const song = (await grid.locator('[data-row="0"] [data-column="1"]').textContent()) ?? '';
    await app.itemForm.getByLabel('Value of Artist').fill(artist);
    await app.itemForm.getByLabel('Value of SongTitle').fill(song);
    await app.page.keyboard.press('Control+s');
    await app.page.keyboard.press('Control+s');
    await review.getByRole('button', { name: 'Commit 1 change' }).click();
    await expect(review).toContainText('somebody has changed the item meanwhile');
    await expect(review.getByRole('row', { name: /^AlbumTitle/ })).toContainText('Theirs');
    await review.getByRole('button', { name: 'Take theirs' }).click();
    await expect(app.stageBar).not.toContainText('1 new');
  });

  test('refuses a write that the role may not make, and keeps the change', async ({ app }) => {
    await app.logInAs('alice');
    await app.startRole('role_for_alice');
    const grid = await app.openTable('Music');
    await grid.locator('[data-row="0"] [data-column="0"]').click();
    await app.page.keyboard.press('Delete');
    await app.page.keyboard.press('Control+s');
    const review = app.page.getByRole('dialog', { name: 'Changes to Music' });
    await review.getByRole('button', { name: 'Commit 1 change' }).click();
    await expect(review).toContainText('AccessDeniedException');
    await expect(app.stageBar).toContainText('1 delete');
  });
});
