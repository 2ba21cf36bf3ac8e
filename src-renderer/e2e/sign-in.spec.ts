import { expect, test } from './fixtures.ts';

test('a role that wants a code asks for it, again after a wrong one, and starts with the right one', async ({
  page,
  open,
}) => {
  await open({ query: 'scene=alice,session-codes' });
  await page.getByText('role_for_alice').click();
  const code = page.getByLabel('Code of your authenticator app');
  await expect(code).toBeFocused();
  await page.keyboard.type('000 000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The code is wrong, or was used already.')).toBeVisible();
  await code.fill('123456');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox', { name: 'Tables' })).toBeVisible();

  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('whoever would rather not give a code stays where they are', async ({ page, open }) => {
  await open({ query: 'scene=alice,session-codes' });
  await page.getByText('role_for_alice').click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
});

test('a login that ended can be renewed by a sign-on, over what was on the screen', async ({ page, open }) => {
  await open({ query: 'scene=server,connectors,alice&apps.list=expired' });
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await dialog.getByRole('button', { name: 'Sign in with Okta' }).click();
  await expect(dialog.getByText('Waiting for you to sign in with Okta')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('button', { name: 'Sign in with Okta' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Not now' }).click();
  await expect(dialog).toHaveCount(0);
});
