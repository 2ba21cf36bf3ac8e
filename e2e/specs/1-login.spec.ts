import { expect, test } from '../fixtures/app.ts';
import { alice } from '../integration/test-engine.ts';

test.describe('the login screen of the sandbox', () => {
  test('names its two users with their passwords, under a banner that says SANDBOX', async ({ app }) => {
    await expect(app.banner).toContainText('SANDBOX');
    await expect(app.page.getByText('alice', { exact: true })).toBeVisible();
    await expect(app.page.getByText('bob', { exact: true })).toBeVisible();
    await expect(app.page.getByText(alice.password, { exact: true })).toBeVisible();
    await expect(app.page).toHaveTitle(/Log in/);
  });

  test('logs in by hand, after saying that a password is wrong', async ({ app }) => {
    await app.logIn({ ...alice, password: 'wrong' });
    await expect(app.page.getByText('The user name or the password is wrong.')).toBeVisible();
    await app.logIn();
    await expect(app.heading('Applications')).toBeVisible();
    await expect(app.button('User alice')).toBeVisible();
    await expect(app.banner).toContainText('SANDBOX');
  });

  test('logs in with one click, and out again', async ({ app }) => {
    await app.logInAs('bob');
    await expect(app.button('User bob')).toBeVisible();
    await app.logOut();
    await expect(app.button('Log in as alice')).toBeVisible();
  });

  test('locks a name after five wrong passwords and says for how long', async ({ app }) => {
    for (let attempt = 0; attempt < 5; attempt++) {
      await app.logIn({ ...alice, password: `guess ${attempt}` });
      await expect(app.page.getByText('The user name or the password is wrong.')).toBeVisible();
      await app.page.getByLabel('Password', { exact: true }).fill('');
    }
    await app.logIn();
    await expect(app.page.getByText('Too many failed logins for alice.')).toBeVisible();
    await expect(app.page.getByText(/Try again in \d+ seconds/)).toBeVisible();
  });
});
