import { Secret, TOTP } from 'otpauth';
import { test as base, expect } from '../fixtures/app.ts';
import { type Company, startCompany } from '../fixtures/company.ts';
import type { App } from '../pages/app.ts';

/** The app on the service of a company whose people sign on with three providers. */
const test = base.extend<{ company: Company; companyApp: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  company: async ({}, use) => {
    const company = await startCompany();
    await use(company);
    await company.close();
  },
  companyApp: async ({ company, home, launch }, use) => {
    await company.settle(home);
    const app = await launch();
    await app.noteFocus();
    await use(app);
  },
});

test.describe('signing on in the system’s browser', () => {
  for (const [name, display, user] of [
    ['OpenID Connect', 'Okta', 'carol@example.com'],
    ['GitHub', 'GitHub', 'mona'],
    ['SAML', 'Company directory', 'dana@example.com'],
  ] as const) {
    test(`by ${name} logs in, and the window comes to the front`, async ({ companyApp: app, company }) => {
      await app.button(`Sign in with ${display}`).click();
      await expect(app.page.getByText(`Waiting for you to sign in with ${display}`)).toBeVisible();
      const shown = await company.browser.visit(await app.openedForSignOn());
      expect(shown.body).toContain('You are signed in');
      await expect(app.heading('Applications')).toBeVisible();
      await expect(app.button(`User ${user}`)).toBeVisible();
      if (app.shell.electron) expect(await app.cameToFront()).toBe(true);
      await app.startRole();
    });
  }

  test('can be cancelled and begun again, and says why it did not work', async ({ companyApp: app, company }) => {
    company.oidc.person = 'cancels';
    await app.button('Sign in with Okta').click();
    await app.button('Cancel').click();
    await expect(app.button('Sign in with Okta')).toBeEnabled();
    await app.button('Sign in with Okta').click();
    await company.browser.visit(await app.openedForSignOn(2));
    await expect(app.page.getByText('You were not signed in at okta.')).toBeVisible();
    // Name and password work beside it.
    await app.logIn();
    await expect(app.button('User alice')).toBeVisible();
  });
});

test.describe('an invitation', () => {
  test('lets one choose a password in the window, and logs in', async ({ companyApp: app, company }) => {
    const { token } = await company.service.resetUser(company.admin, { user: 'bob', lifetime: 3_600_000 });
    await app.button('Use an invitation…').click();
    await app.page
      .getByLabel('Invitation', { exact: true })
      .fill(`rolegate login --service ${company.url} --invitation ${token}`);
    await app.button('Go on').click();
    await expect(app.heading('Welcome, bob')).toBeVisible();
    await app.page.getByLabel('New password', { exact: true }).fill('correct horse battery');
    await app.page.getByLabel('The new password again').fill('correct horse battery');
    await app.page.getByRole('dialog').getByRole('button', { name: 'Log in' }).click();
    await expect(app.button('User bob')).toBeVisible();
    await app.logOut();
    await app.logIn({ user: 'bob', password: 'correct horse battery' });
    await expect(app.button('User bob')).toBeVisible();
  });
});

test.describe('an authenticator app', () => {
  test('is added with a QR code and asked for at the next login', async ({ app }) => {
    await app.logInAs('alice');
    await app.openSettings('Password and codes');
    await app.button('Add an authenticator app…').click();
    await expect(app.page.getByRole('img', { name: 'QR code with the secret' })).toBeVisible();
    const shown = await app.page.getByRole('dialog').locator('code').textContent();
    const totp = new TOTP({ secret: Secret.fromBase32((shown ?? '').replaceAll(' ', '')) });
    await app.page.getByLabel('Your password').fill('white-rabbit');
    // A new half minute may begin at any time: all codes are told from this one.
    const timestamp = Date.now();
    await app.page.getByLabel('Code that the app shows now').fill(totp.generate({ timestamp }));
    await app.button('Add the authenticator').click();
    await expect(app.toast(/The authenticator was added/)).toBeVisible();
    await app.button('Back').click();
    await app.logOut();

    await app.logIn();
    const code = app.page.getByLabel('Code of your authenticator app');
    // The code with which it was enrolled has been used, so that of the next half minute it is.
    await code.fill(totp.generate({ timestamp }));
    await app.button('Log in').click();
    await expect(app.page.getByText('The code is wrong, or was used already.')).toBeVisible();
    await code.fill(totp.generate({ timestamp: timestamp + 30_000 }));
    await app.button('Log in').click();
    await expect(app.heading('Applications')).toBeVisible();
  });
});
