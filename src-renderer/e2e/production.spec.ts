import { expect, inSession, test } from './fixtures.ts';

test('a job that writes in production begins once the name of its table is typed', async ({ page, open }) => {
  await open({ query: 'scene=alice,session,production', remembered: inSession('tables', ['Orders']) });
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('button', { name: 'Export, import' }).click();
  await page.getByRole('menuitem', { name: 'Copy to another table …' }).click();
  await page.getByRole('combobox', { name: 'To table' }).fill('Orders-copy');
  await page.getByRole('button', { name: 'Copy to Orders-copy' }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Copy into Orders-copy?' });
  await expect(confirm).toContainText('This is production');
  const copy = confirm.getByRole('button', { name: 'Copy' });
  await expect(copy).toBeDisabled();
  await confirm.getByRole('button', { name: 'Cancel' }).click();
  await expect(confirm).toBeHidden();
  await page.getByRole('button', { name: 'Copy to Orders-copy' }).click();
  await confirm.getByRole('textbox').fill('Orders-copy');
  await copy.click();
  await expect(page.getByRole('article', { name: 'Copy of Orders' })).toBeVisible();
});
