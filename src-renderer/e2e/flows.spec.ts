import { expect, inSession, test, withFake } from './fixtures.ts';

const session = 'scene=alice,session';

test('from the login to an item, with the keyboard alone', async ({ page, open }) => {
  await open();
  await page.keyboard.type('alice');
  await page.keyboard.press('Tab');
  await page.keyboard.type('white-rabbit');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search IAM roles' })).toBeFocused();
  await expect(page).toHaveTitle('Applications · Rolegate');
  await page.keyboard.type('example');
  await page.keyboard.press('Enter');

  await page.getByRole('option', { name: 'Orders' }).waitFor();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Go to anything' })).toBeFocused();
  await page.keyboard.type('orders');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('Orders · ExampleTeleportDynamoDBRole · us-east-1 · Rolegate');
  await page.getByText('200 loaded').waitFor();

  await page.getByRole('gridcell', { name: 'c-1000' }).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('gridcell', { name: '2025-02-000001' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Home');
  const focused = page.locator(':focus');
  await expect(focused).toHaveText(/^c-/);
  await page.keyboard.press('Enter');
  const item = page.getByRole('complementary', { name: 'Item' });
  await expect(item).toContainText('"CustomerId"');
  await page.keyboard.press('ArrowUp');
  await expect(item).toContainText((await focused.textContent()) ?? '');
  await page.keyboard.press('Escape');
  await expect(item).toBeHidden();
  await expect(focused).toHaveText(/^c-/);

  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('400 loaded · 400 read · 50 RCU')).toBeVisible();
  await page.keyboard.press('Control+End');
  await expect(page.locator('[aria-rowindex="401"]').first()).toBeVisible();
});

test('the login names its users, and one click logs in as one of them', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'alice Password white-rabbit' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('white-rabbit');
  await page.getByRole('button', { name: 'Log in as bob' }).click();
  await expect(page.getByRole('button', { name: 'User bob' })).toBeVisible();
});

test('one login dialog for all reads that need one, and each goes on after it', async ({ page, open }) => {
  await open({
    query: `${session}&tables.list=expired&tables.describe=expired&tables.readPage=expired`,
    remembered: inSession('tables', ['Music']),
  });
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await expect(dialog).toHaveCount(1);
  await withFake(
    page,
    (fake) => {
      fake.bridge.trouble.clear();
    },
    {},
  );
  await dialog.getByLabel('Password').fill('white-rabbit');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('120 loaded')).toBeVisible();
  await expect(page.getByRole('option', { name: 'Telemetry' })).toBeVisible();
});

test('a login that ends by itself leaves the screen where it was', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Music']) });
  await page.getByText('120 loaded').waitFor();
  await withFake(
    page,
    (fake) => {
      const { user } = fake.bridge.state;
      if (user) fake.bridge.change({ user: { ...user, validUntil: Date.now() } });
      fake.bridge.change({ phase: 'signed-out', appSessions: [] }, ['user']);
    },
    {},
  );
  const dialog = page.getByRole('dialog', { name: 'Log in again' });
  await expect(dialog).toBeVisible();
  await expect(page.getByText('120 loaded')).toBeAttached();
  await dialog.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByRole('heading', { name: 'Log in to sandbox' })).toBeVisible();
});

test('a logout on the command line leads to the login', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Music']) });
  await page.getByText('120 loaded').waitFor();
  await withFake(page, (fake) => fake.bridge.change({ phase: 'signed-out', appSessions: [] }, ['user']), {});
  await expect(page.getByRole('button', { name: 'Log in as alice' })).toBeVisible();
});

test('an action that needs a login is not done by itself after it', async ({ page, open }) => {
  await open({ query: `${session}&console.launch=expired`, remembered: inSession() });
  await page.getByRole('button', { name: 'Launch console' }).click();
  await expect(page.getByText('Your login has ended.').first()).toBeVisible();
  await withFake(page, (fake) => fake.bridge.trouble.clear(), {});
  await expect(page.getByText('Opened in your browser')).toHaveCount(0);
});

test('a session that runs out says so, keeps what was read, and starts again', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Music']) });
  await page.getByText('120 loaded').waitFor();
  await withFake(
    page,
    (fake) => {
      const [running] = fake.bridge.state.appSessions;
      if (running) fake.bridge.change({ appSessions: [{ ...running, expiresAt: Date.now() }] });
    },
    {},
  );
  await expect(page.getByRole('alert')).toContainText('This session ended at');
  await expect(page.getByText('expired', { exact: true })).toBeVisible();
  await expect(page.getByText('120 loaded')).toBeVisible();
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('120 loaded')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Music' })).toHaveAttribute('aria-selected', 'true');
});

test('each region has its own tables and its own tabs', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Orders']) });
  await page.getByRole('button', { name: 'Region us-east-1' }).click();
  await page.keyboard.type('euw1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'Invoices-eu' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Orders' })).toHaveCount(0);
  await page.getByRole('option', { name: 'Music' }).click();
  await expect(page.getByText('12 loaded')).toBeVisible();
  await page.getByRole('button', { name: 'Region eu-west-1' }).click();
  await page.keyboard.type('us-east-1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Orders' })).toHaveAttribute('aria-selected', 'true');
});

test('tabs open behind, close, and come back after a reload', async ({ page, open }) => {
  await open({ query: session, remembered: inSession() });
  await page.getByRole('option', { name: 'Music' }).click();
  await page.getByRole('option', { name: 'Orders' }).click({ button: 'middle' });
  await page.getByRole('option', { name: 'Sessions' }).click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByRole('tab', { name: 'Music' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Orders' }).click({ button: 'middle' });
  await expect(page.getByRole('tab', { name: 'Orders' })).toHaveCount(0);
  await page.keyboard.press('Alt+w');
  await expect(page.getByRole('tab', { name: 'Sessions' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Sessions' }).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('Choose a table')).toBeVisible();
});

test('a table keeps its place while another is in front', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Orders', 'Music']) });
  await page.getByRole('tab', { name: 'Orders' }).click();
  await page.getByRole('gridcell', { name: 'c-1003' }).first().click();
  await page.getByRole('tab', { name: 'Music' }).click();
  await expect(page.getByRole('complementary', { name: 'Item' })).toBeHidden();
  await page.getByRole('tab', { name: 'Orders' }).click();
  await expect(page.getByRole('complementary', { name: 'Item' })).toContainText('c-1003');
});

test('a taken port is a sentence and a button', async ({ page, open }) => {
  await open({ query: 'scene=alice,session,port-taken', remembered: inSession('connect') });
  await expect(page.getByText('Port 23456 is in use by another program.')).toBeVisible();
  await page.getByRole('button', { name: 'Use port 23458 instead' }).click();
  await expect(page.getByText('Running on 127.0.0.1:23458')).toBeVisible();
  await expect(page.getByText('http://127.0.0.1:23458', { exact: true })).toBeVisible();
});

test('the secret key is shown on demand, and copied without being shown', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open({ query: session, remembered: inSession('connect') });
  const secret = 'r0le9ateLocalOnlySecretKeyThatWorksNowhere';
  const uncovered = page.getByText(secret).and(page.locator(':not(.covered)'));
  const covered = page.locator('.covered').first();
  await expect(uncovered).toHaveCount(0);
  await expect(covered).toHaveCSS('-webkit-text-security', 'disc');
  const copy = page.getByRole('button', { name: 'Copy secret access key' });
  const before = await copy.boundingBox();
  await copy.click();
  await expect(copy.getByText('Copied', { exact: true }).first()).toBeVisible();
  expect(await copy.boundingBox()).toEqual(before);
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
  await page.getByRole('button', { name: 'Show the secret key' }).click();
  await expect(covered).toHaveCount(0);
  await expect(uncovered.first()).toBeVisible();
});

test('one’s own credentials: put right, tried, used', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'Use my AWS credentials…' }).click();
  const roles = page.getByLabel('IAM roles, one ARN a line');
  await roles.fill('arn:aws:iam:123456789012:role/Reader');
  await expect(page.getByRole('button', { name: 'Try', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Put it right' }).click();
  await expect(roles).toHaveValue('arn:aws:iam::123456789012:role/Reader');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await expect(page.getByText('arn:aws:sts::123456789012:assumed-role/Reader/alice')).toBeVisible();
  await page.getByRole('button', { name: 'Use these' }).click();
  await expect(page.getByRole('region', { name: 'REAL AWS' })).toContainText('via profile default');
});

test('a lost connection is said quietly and mended by itself', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Music']) });
  await page.getByText('120 loaded').waitFor();
  await withFake(page, (fake) => fake.bridge.setLink({ at: 'down' }), {});
  await expect(page.getByText('Reconnecting to Rolegate…')).toBeVisible();
  await expect(page.getByText('120 loaded')).toBeVisible();
  await withFake(
    page,
    (fake) => {
      fake.bridge.state = { ...fake.bridge.state, revision: 900, theme: 'dark' };
      fake.bridge.setLink({ at: 'up' });
    },
    {},
  );
  await expect(page.getByText('Reconnecting to Rolegate…')).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the theme changes at once and is remembered for the first paint', async ({ page, open }) => {
  await open({ query: 'scene=alice' });
  await page.getByRole('button', { name: 'User alice' }).click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await page.evaluate('localStorage.getItem("rolegate.theme")')).toBe('light');
  await page.getByRole('menuitemradio', { name: 'Like the system' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

test('ending a session asks first', async ({ page, open }) => {
  await open({ query: session, remembered: inSession() });
  await page.getByRole('button', { name: /^IAM role/ }).click();
  await page.getByRole('button', { name: 'End this session' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click();
  await expect(page.getByRole('heading', { name: 'Applications' })).toBeVisible();
});

test('a fault of ours is a page with a way out, not a blank window', async ({ page, open, complaints }, {
  project,
}) => {
  await open();
  await withFake(
    page,
    (fake) => {
      if (fake.bridge.handlers) Object.assign(fake.bridge.handlers, { 'apps.list': () => [{}] });
    },
    {},
  );
  await page.getByRole('button', { name: 'Log in as alice' }).click();
  await expect(page.getByText('Something went wrong inside Rolegate.')).toBeVisible();
  await page.screenshot({ path: `${project.outputDir}/screens/fault-${project.name}.png` });
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('button', { name: 'Log in as alice' })).toBeVisible();
  // The fault itself is told on the console, and only that.
  expect(complaints.length).toBeGreaterThan(0);
  complaints.length = 0;
});

test('a proxy is tried, and then used; its password is kept without being shown', async ({ page, open }) => {
  await open({ query: 'scene=alice' });
  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Network' }).click();
  await expect(page.getByText('HTTPS_PROXY was not set')).toBeVisible();
  await page.getByRole('radio', { name: 'Through this proxy' }).check();
  const [save, check] = [page.getByRole('button', { name: 'Save' }), page.getByRole('button', { name: 'Check' })];
  await expect(save).toBeDisabled();
  await expect(check).toBeDisabled();
  await expect(page.getByLabel('Password')).toBeDisabled();
  await page.getByLabel('Address').fill('http://alice:secret@proxy.example.com:3128');
  await expect(page.getByText('User name and password have fields of their own.')).toBeVisible();
  await expect(save).toBeDisabled();
  await page.getByLabel('Address').fill('http://proxy.example.com:3128');
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Password').fill('secret');
  await page.getByLabel('Reach directly').fill('.internal.example.com');
  await check.click();
  await expect(page.getByText('is reached through http://proxy.example.com:3128.')).toBeVisible();
  // What was tried is no longer what is in the form.
  await page.getByLabel('Address').fill('http://gone.example.com:1');
  await expect(page.getByText('is reached')).toBeHidden();
  await check.click();
  await expect(page.getByText('The proxy http://gone.example.com:1 cannot be reached.')).toBeVisible();
  await page.getByLabel('Address').fill('http://proxy.example.com:3128');
  await save.press('Enter');
  await expect(page.getByText('sessions go on')).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveValue('');
  await expect(page.getByText('One is kept')).toBeVisible();
  await page.getByRole('button', { name: 'About' }).click();
  await page.getByRole('button', { name: 'Network' }).click();
  await expect(page.getByRole('radio', { name: 'Through this proxy' })).toBeChecked();
  await expect(page.getByLabel('Reach directly')).toHaveValue('.internal.example.com');
  // Another user has no password yet.
  await page.getByLabel('User name').fill('bob');
  await expect(page.getByText('One is kept')).toBeHidden();
});

test('the end of the certificate is announced in Connect a month before, and a click renews it', async ({
  page,
  open,
}) => {
  await open({ query: session, remembered: inSession('connect') });
  const notice = page.getByText(/The certificate that your tools trust ends on/);
  await page.getByRole('heading', { name: 'Connect' }).waitFor();
  await expect(notice).toBeHidden();
  await open({ query: `${session},certificate-ends`, remembered: inSession('connect') });
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Renew…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('those that run now have to be started again');
  await page.getByRole('button', { name: 'Make a new certificate' }).click();
  await expect(notice).toBeHidden();
});
