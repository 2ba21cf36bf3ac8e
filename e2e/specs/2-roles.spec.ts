import { expect, test } from '../fixtures/app.ts';
import { exampleRoleName } from '../pages/app.ts';

test.describe('the applications and their IAM roles', () => {
  test('are those of the user', async ({ app }) => {
    await app.logInAs('alice');
    await expect(app.heading('aws')).toBeVisible();
    await expect(app.button('Launch aws')).toBeVisible();
    await expect(app.roles.getByRole('row')).toHaveCount(2);
    await expect(app.role(exampleRoleName)).toContainText('123456789000');
    await expect(app.role('role_for_alice')).toBeVisible();
    await app.logOut();
    await app.logInAs('bob');
    await expect(app.roles.getByRole('row')).toHaveCount(1);
    await expect(app.role('role_for_bob')).toBeVisible();
  });

  test('are searched as one types, and started with Enter', async ({ app }) => {
    await app.logInAs('alice');
    const search = app.page.getByRole('combobox', { name: 'Search IAM roles' });
    await expect(search).toBeFocused();
    await search.fill('FOR_AL');
    await expect(app.roles.getByRole('row')).toHaveCount(1);
    await search.fill('no such role');
    await expect(app.roles).toBeHidden();
    await search.fill('example');
    await search.press('Enter');
    await expect(app.button(`IAM role ${exampleRoleName}`)).toBeVisible();
  });
});
