import { expect, inSession, test, withFake } from './fixtures.ts';
import { addCondition } from './screens/reading.ts';

const orders = { query: 'scene=alice,session', remembered: inSession('tables', ['Orders']) };

test('the button says how DynamoDB will be asked', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  const bar = page.getByRole('search', { name: 'What to read of Orders' });
  await expect(bar.getByRole('button', { name: 'Scan', exact: true })).toBeVisible();
  await expect(bar).toContainText('Scans up to about');
  await page.getByRole('textbox', { name: 'OrderId' }).fill('2025');
  await expect(bar).toContainText('Without CustomerId, OrderId cannot narrow the read');
  await expect(bar.getByRole('button', { name: 'Scan', exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'CustomerId' }).fill('c-1006');
  await expect(bar.getByRole('button', { name: 'Get item', exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: 'Comparison of OrderId' }).click();
  await page.getByRole('option', { name: 'begins with' }).click();
  await expect(bar.getByRole('button', { name: 'Query', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'What was read' })).toContainText('Query');
  await expect(page.getByText('all of it read', { exact: true })).toBeVisible();
});

test('a filter without a match never looks like an empty table', async ({ page, open }) => {
  await open(orders);
  await addCondition(page, 'Status', 'nothing like it');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No match among the 10,000 items read so far')).toBeVisible();
  await expect(
    page.getByText('0 matching · 10,000 read · 1,250 RCU · 10 pages · stopped after 10 pages'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await expect(page.getByText('No item matches')).toBeVisible();
  await expect(page.getByText('All 20,400 items were read')).toBeVisible();
});

test('a run can be stopped, and its late answer is dropped', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  await withFake(
    page,
    (fake) => {
      fake.bridge.trouble.set('tables.readPage', 'pending');
    },
    {},
  );
  const bar = page.getByRole('search');
  await bar.getByRole('button', { name: 'Scan', exact: true }).click();
  await bar.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('stopped by you', { exact: true })).toBeVisible();
  await withFake(
    page,
    (fake) => {
      fake.bridge.trouble.clear();
    },
    {},
  );
  await page.getByRole('region', { name: 'What was read' }).getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('200 loaded')).toBeVisible();
});

test('what was filled in for a table stays with it', async ({ page, open }) => {
  await open({ ...orders, remembered: inSession('tables', ['Music', 'Orders']) });
  await addCondition(page, 'Status', 'PAID');
  await page.getByRole('tab', { name: 'Music' }).click();
  await expect(page.getByRole('search', { name: 'What to read of Music' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Attribute' })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Orders' }).click();
  await expect(page.getByRole('combobox', { name: 'Attribute' })).toHaveValue('Status');
});

test('opening a table reads nothing when that is not wanted', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByLabel('Read the first page when a table is opened').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('option', { name: 'Telemetry' }).click();
  await expect(page.getByText('Nothing has been read yet')).toBeVisible();
});

test('the call is shown before it is made, as code without credentials', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('textbox', { name: 'CustomerId' }).fill("c'1");
  await page.getByRole('button', { name: 'Show the call' }).click();
  const dialog = page.getByRole('dialog', { name: 'The Query call' });
  await expect(dialog).toContainText('"KeyConditionExpression": "#n0 = :v0"');
  await dialog.getByText('AWS CLI').click();
  await expect(dialog).toContainText('aws dynamodb query --region us-east-1 --cli-input-json');
  await dialog.getByText('Python').click();
  await expect(dialog).toContainText('client.query(');
});

test('a pinned table stays at the top of the list', async ({ page, open }) => {
  await open({ ...orders, remembered: inSession('tables', ['Telemetry']) });
  await page.getByRole('button', { name: 'Pin Telemetry' }).click();
  await expect(page.getByRole('option').first()).toHaveAccessibleName(/Telemetry/);
  await expect(page.getByRole('button', { name: 'Pin Telemetry' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Pin Telemetry' }).click();
  await expect(page.getByRole('option').first()).toHaveAccessibleName(/AllTypes/);
});

test('queries are saved with their values, and remembered without', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(orders);
  await addCondition(page, 'Status', 'PAID');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Queries' }).click();
  await page.getByLabel('Name of the query').fill('Paid orders');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = page.getByRole('region', { name: 'Saved queries' });
  await expect(saved).toContainText('Status = "PAID"');
  await expect(page.getByRole('region', { name: 'Run lately' })).toContainText('Status = …');
  await saved.getByRole('button', { name: 'Copy Paid orders to share it' }).click();
  await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toContain('"name": "Paid orders"');
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).not.toContain('PAID');
  await saved.getByRole('button', { name: 'Forget Paid orders' }).click();
  await page.getByLabel('Paste a shared query').focus();
  await page.keyboard.press('Control+v');
  await saved.getByRole('button', { name: /^Paid orders/ }).click();
  // Filled in, and not run.
  await expect(page.getByRole('combobox', { name: 'Attribute' })).toHaveValue('Status');
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('');
});

test('saved queries go to a file without values, and come from one', async ({ page, open }) => {
  await open(orders);
  await addCondition(page, 'Status', 'PAID');
  await page.getByRole('button', { name: 'Queries' }).click();
  await page.getByLabel('Name of the query').fill('Paid orders');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('queries.json');
  const path = await download.path();
  const saved = page.getByRole('region', { name: 'Saved queries' });
  await saved.getByRole('button', { name: 'Forget Paid orders' }).click();
  await expect(saved).toContainText('None yet.');
  await page.getByLabel('File of queries').setInputFiles(path);
  await expect(saved).toContainText('Paid orders');
  await expect(saved).not.toContainText('PAID');
  await page
    .getByLabel('File of queries')
    .setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"kind":"other"}') });
  await expect(page.getByText('This is not a file of queries of Rolegate.').first()).toBeVisible();
});
