import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openSettings } from '../../src-main/home/settings.ts';
import { test as base, expect } from '../fixtures/app.ts';
import { type Company, startCompany } from '../fixtures/company.ts';
import { chromiumPath, quietFlags, sandboxFlags } from '../fixtures/requirements.ts';
import type { App } from '../pages/app.ts';

/** The app on a service under a host name, and a browser with a made-up authenticator beside it. */
const test = base.extend<{ company: Company; companyApp: App; outside: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  company: async ({}, use) => {
    const company = await startCompany();
    await use(company);
    await company.close();
  },
  companyApp: async ({ company, home, launch }, use) => {
    const settings = await openSettings(home.settingsFile);
    const url = company.url.replace('127.0.0.1', 'localhost');
    await settings.update({ way: 'server', server: { url, caPem: readFileSync(company.caFile, 'utf8') } });
    await use(await launch());
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  outside: async ({}, use) => {
    test.skip(!chromiumPath, 'There is no Chromium here.');
    const args = [...sandboxFlags, ...quietFlags, '--ignore-certificate-errors'];
    const browser: Browser = await chromium.launch({ executablePath: chromiumPath ?? '', args });
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await use(page);
    await browser.close();
  },
});

test('a passkey is made and used in the browser, renamed and removed', async ({ companyApp: app, outside }) => {
  await app.logIn();
  await app.openSettings('Password and codes');
  await app.button('Add a passkey…').click();
  await app.page.getByRole('textbox', { name: 'Name' }).fill('Laptop');
  await app.page.getByLabel('Your password').fill('white-rabbit');
  await app.button('Go on in the browser').click();
  await expect(app.page.getByText('Waiting for you to make the passkey Laptop')).toBeVisible();
  await outside.goto(await app.openedForSignOn());
  await outside.getByRole('button', { name: 'Make a passkey' }).click();
  await expect(app.toast(/The passkey Laptop was added/)).toBeVisible();
  await expect(app.page.getByText(/not used yet/)).toBeVisible();
  await app.button('Back').click();
  await app.logOut();

  await app.button('Use a passkey').click();
  await expect(app.page.getByText('Waiting for you to sign in with a passkey')).toBeVisible();
  await outside.goto(await app.openedForSignOn(2));
  await outside.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(outside.getByText('You are signed in')).toBeVisible();
  await expect(app.button('User alice')).toBeVisible();

  await app.openSettings('Password and codes');
  await expect(app.page.getByText(/last used/)).toBeVisible();
  await app.button('Rename Laptop').click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Old laptop');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await app.button('Remove Old laptop').click();
  await dialog.getByLabel('Your password').fill('white-rabbit');
  await dialog.getByRole('button', { name: 'Remove the passkey' }).click();
  await expect(app.toast('The passkey Old laptop was removed.')).toBeVisible();
  await expect(app.page.getByRole('list', { name: 'Your passkeys' })).toBeHidden();
});
