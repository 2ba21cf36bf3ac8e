import { expect, inSession, test } from './fixtures.ts';

const music = { query: 'scene=alice,session', remembered: inSession('tables', ['Music']) };

test('a table is made, opened, and deleted with its name typed', async ({ page, open }) => {
  await open(music);
  await page.getByRole('button', { name: 'Create a table', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a table' });
  await dialog.getByLabel('Table name').fill('made-here');
  await dialog.getByRole('textbox', { name: 'Partition key: name' }).fill('pk');
  await dialog.getByRole('button', { name: 'Sort key' }).click();
  await dialog.getByRole('textbox', { name: 'Sort key: name' }).fill('pk');
  await dialog.getByRole('button', { name: 'Create the table' }).click();
  await expect(dialog).toContainText('An attribute is in the key twice');
  await dialog.getByRole('textbox', { name: 'Sort key: name' }).fill('sk');
  await dialog.getByRole('button', { name: 'Create the table' }).click();
  await expect(page.getByRole('tab', { name: 'made-here' })).toBeVisible();
  await expect(page.getByText('made-here is empty')).toBeVisible();

  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Delete the table' }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Delete made-here?' });
  await expect(confirm.getByRole('button', { name: 'Delete the table' })).toBeDisabled();
  await confirm.getByRole('textbox').fill('made-here');
  await confirm.getByRole('button', { name: 'Delete the table' }).click();
  await expect(page.getByRole('tab', { name: 'made-here' })).toHaveCount(0);
  await expect(page.getByRole('option', { name: 'made-here' })).toHaveCount(0);
});

test('a table like another has its key and its indexes', async ({ page, open }) => {
  await open({ ...music, remembered: inSession('tables', ['Orders']) });
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Create a table like this' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a table like this one' });
  await expect(dialog.getByLabel('Table name')).toHaveValue('Orders-copy');
  await expect(dialog.getByLabel('Index name')).toHaveCount(4);
});

test('an index is deleted with its name typed', async ({ page, open }) => {
  await open({ ...music, remembered: inSession('tables', ['Orders']) });
  await page.getByRole('tab', { name: 'Indexes' }).click();
  await page.getByRole('button', { name: 'Delete the index by-email' }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Delete the index by-email?' });
  await confirm.getByRole('textbox').fill('by-email');
  await confirm.getByRole('button', { name: 'Delete the index' }).click();
  await expect(page.getByRole('button', { name: 'Delete the index by-email' })).toHaveCount(0);
});

test('a table’s class and how far back it can be restored change by their own buttons', async ({ page, open }) => {
  await open({ ...music, remembered: inSession('tables', ['Orders']) });
  await page.getByRole('tab', { name: 'Overview' }).click();
  const settings = page.getByRole('region', { name: 'Settings of the table' });
  await settings.getByRole('combobox', { name: 'Table class' }).click();
  await page.getByRole('option', { name: /Infrequent access/ }).click();
  await settings.getByRole('button', { name: 'Change the class' }).click();
  await expect(page.getByText('Class of Orders changed').first()).toBeVisible();
  await expect(page.getByText('STANDARD_INFREQUENT_ACCESS')).toBeVisible();
  const days = settings.getByLabel('Days to go back');
  await days.fill('36');
  await expect(settings.getByRole('button', { name: 'Go back that far' })).toBeDisabled();
  await days.fill('7');
  await settings.getByRole('button', { name: 'Go back that far' }).click();
  await expect(settings).toContainText('7 days; from');
});
