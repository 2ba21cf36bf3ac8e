import type { Page } from '@playwright/test';
import { accessibilityProblems, expect, inSession, test } from './fixtures.ts';

const query = 'scene=alice,session';
const orders = { query, remembered: inSession('tables', ['Orders']) };

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');
const column = (page: Page, index: number) => page.locator(`[role=gridcell][data-column="${index}"]`);

test('loaded rows are sorted on the spot, and it says that it is only those', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  const head = page.getByRole('columnheader', { name: 'OrderId' });
  await head.click();
  await head.click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByText('Sorted by OrderId, descending: only the 200 loaded rows')).toBeVisible();
  const shown = await column(page, 1).allTextContents();
  expect(shown).toEqual([...shown].sort().reverse());
  await page.keyboard.press('Enter');
  await expect(head).not.toHaveAttribute('aria-sort');
});

test('rows are picked with the mouse and the keyboard, and copied in every way', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('checkbox', { name: 'Pick row 2', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Pick row 4', exact: true }).click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 rows picked')).toBeVisible();
  await column(page, 0).first().focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('4 rows picked')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);

  for (const [format, text] of [
    ['DynamoDB JSON', /^\{"CustomerId":\{"S":"c-1001"\}.*\n\{/],
    ['JSON', /^\[\n\{\n {2}"CustomerId": "c-1001"/],
    ['CSV', /^CustomerId,OrderId,.*\r\nc-1001,/],
    ['AWS CLI (put-item)', /^aws dynamodb put-item --region us-east-1 --cli-input-json '\{"TableName":"Orders"/],
    ['PartiQL (INSERT)', /^INSERT INTO "Orders" VALUE \{'CustomerId': 'c-1001'/],
    ['JavaScript (PutItem)', /new PutItemCommand\(\{/],
    ['Python (put_item)', /client\.put_item\(/],
  ] as const) {
    await page.getByRole('toolbar', { name: 'Picked rows' }).getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('menuitem', { name: format, exact: true }).click();
    await expect.poll(() => clipboard(page)).toMatch(text);
  }
  await column(page, 0).first().focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('200 rows picked')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('rows picked')).toHaveCount(0);
});

test('a cell has a menu: its value whole, copied, or filtered by', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('gridcell', { name: 'GBP' }).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter by this value' }).click();
  await expect(page.getByRole('combobox', { name: 'Attribute' })).toHaveValue('Currency');
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('GBP');
});

test('a value is shown whole, as what it may stand for', async ({ page, open }) => {
  await open({ query, remembered: inSession('tables', ['Telemetry', 'AllTypes']) });
  await page.getByText('14 loaded').waitFor();
  await page.getByRole('gridcell', { name: 'B 19 B · 48 65 6c' }).click();
  await page.keyboard.press('Shift+Enter');
  const dialog = page.getByRole('dialog', { name: 'Value' });
  await expect(dialog).toContainText('Hello, binary world');
  await dialog.getByText('Hex').click();
  await expect(dialog).toContainText('48 65 6c 6c 6f');
  await page.keyboard.press('Escape');
  await page.getByRole('gridcell', { name: /^M \{3\}/ }).click();
  await page.keyboard.press('Shift+Enter');
  const tree = dialog.getByRole('region', { name: 'Tree' });
  await expect(tree).toContainText('52.52');
  await tree.getByRole('button', { name: 'Fold' }).nth(2).click();
  await expect(tree).not.toContainText('52.52');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Telemetry' }).click();
  await page.getByRole('gridcell', { name: 'N 1760000000' }).click();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('dialog', { name: 'At' })).toContainText(
    'Assumed seconds since 1970: 2025-10-09T08:53:20',
  );
  // What the table's time to live goes by also says when the item expires.
  const expired = /Expired \d+ \w+ ago \(time to live by At, taken as seconds since 1970\)/;
  await expect(page.getByRole('dialog', { name: 'At' })).toContainText(expired);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Item' })).toContainText(expired);
});

test('columns are hidden and moved, and stay so', async ({ page, open }) => {
  await open(orders);
  await page.getByText('200 loaded').waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Coupon' }).uncheck();
  await page.getByRole('button', { name: 'Move Status to the left' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Coupon' })).toHaveCount(0);
  const heads = () => page.getByRole('columnheader').allTextContents();
  const before = await heads();
  await page.getByRole('columnheader', { name: 'Email' }).focus();
  await page.getByRole('gridcell', { name: 'customer0@example.com' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(heads).not.toEqual(before);
  const after = await heads();
  await page.waitForFunction('localStorage.getItem("rolegate.column-layouts")?.includes("Coupon")');
  await page.reload();
  await page.getByText('200 loaded').waitFor();
  await expect.poll(heads).toEqual(after);
});

test('an item is shown as JSON that says what JSON cannot', async ({ page, open }) => {
  await open({ query, remembered: inSession('tables', ['AllTypes']) });
  await page.getByRole('gridcell', { name: 'a string set' }).click();
  const item = page.getByRole('complementary', { name: 'Item' });
  await item.getByText('JSON', { exact: true }).click();
  await expect(item.getByRole('region', { name: 'JSON', exact: true })).toContainText('"Value": ["b", "a", "10"]');
  await expect(item).toContainText('SS');
  await item.getByRole('button', { name: 'Copy item as JSON' }).click();
  await expect.poll(() => clipboard(page)).toContain('"Id": "a string set"');
});
