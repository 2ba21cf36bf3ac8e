import { expect, test } from '../fixtures/app.ts';

test('a table is made, filled, changed and deleted', async ({ app }) => {
  await app.startWork();
  await app.button('Create a table').click();
  const dialog = app.page.getByRole('dialog', { name: 'Create a table' });
  await dialog.getByLabel('Table name').fill('made-by-hand');
  await dialog.getByRole('textbox', { name: 'Partition key: name' }).fill('id');
  await dialog.getByRole('button', { name: 'Create the table' }).click();
  await expect(app.page.getByText('made-by-hand is empty')).toBeVisible();

  await app.button('New item').click();
  await app.itemForm.getByLabel('Value of id').fill('first');
  await app.page.keyboard.press('Control+s');
  await app.page.keyboard.press('Control+s');
  const review = app.page.getByRole('dialog', { name: 'Changes to made-by-hand' });
  await review.getByRole('button', { name: 'Commit 1 change' }).click();
  await expect(app.page.getByRole('gridcell', { name: 'first', exact: true })).toBeVisible();

  await app.page.getByRole('tab', { name: 'Overview' }).click();
  const settings = app.page.getByRole('region', { name: 'Settings of the table' });
  await expect(settings).toContainText('not in this sandbox');
  await settings.getByRole('textbox', { name: 'Attribute with the time' }).fill('expires');
  await settings.getByRole('button', { name: 'Switch on' }).click();
  await expect(settings.getByRole('button', { name: 'Switch off' })).toBeVisible();
  await settings.getByRole('button', { name: 'Tag', exact: true }).click();
  await settings.getByRole('textbox', { name: 'Tag', exact: true }).fill('team');
  await settings.getByRole('textbox', { name: 'Value of team' }).fill('search');
  await settings.getByRole('button', { name: 'Save the tags' }).click();
  await expect(settings.getByRole('button', { name: 'Save the tags' })).toHaveCount(0);

  await settings.getByRole('button', { name: 'Delete the table' }).click();
  const confirm = app.page.getByRole('alertdialog', { name: 'Delete made-by-hand?' });
  await confirm.getByRole('textbox').fill('made-by-hand');
  await confirm.getByRole('button', { name: 'Delete the table' }).click();
  await expect(app.tableList.getByRole('option', { name: 'made-by-hand' })).toHaveCount(0);
});
