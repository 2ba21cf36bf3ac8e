import type { Page } from '@playwright/test';
import { expect, inSession, test } from './fixtures.ts';

const session = 'scene=alice,session';

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

/** The cell beside the one with this text. */
function cellBeside(page: Page, label: string) {
  const row = page.getByRole('row').filter({ has: page.getByRole('gridcell', { name: label, exact: true }) });
  return row.getByRole('gridcell').nth(1);
}

test('values are what they are: missing, null, empty, and digits for digits', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['AllTypes']) });
  await page.getByText('14 loaded').waitFor();
  await expect(cellBeside(page, 'a plain text')).toHaveText('plain text');
  await expect(cellBeside(page, 'a text that looks like a number')).toHaveAccessibleName('S 42');
  await expect(cellBeside(page, 'a number')).toHaveAccessibleName('N 42');
  await expect(cellBeside(page, '38 digits')).toHaveText('12345678901234567890123456789012345678');
  await expect(cellBeside(page, 'an empty text')).toHaveAccessibleName('S empty text');
  await expect(cellBeside(page, 'a string set')).toHaveAccessibleName('SS {3} "b", "a", "10"');
  await expect(cellBeside(page, 'binary that is text')).toHaveAccessibleName(/^B 19 B · 48 65 6c/);
  await expect(page.getByRole('columnheader', { name: '__proto__' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'missing' }).first()).toBeAttached();

  // What must not be cut is not cut.
  const digits = cellBeside(page, '38 digits');
  expect(await digits.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
});

test('a cell, an attribute and an item are copied exactly', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['AllTypes']) });
  const clipboard = () => page.evaluate('navigator.clipboard.readText()');
  await cellBeside(page, '38 digits').click();
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toBe('12345678901234567890123456789012345678');
  await cellBeside(page, 'a map').click();
  await page.keyboard.press('Control+c');
  await expect
    .poll(clipboard)
    .toBe('{"M":{"city":{"S":"Berlin"},"at":{"L":[{"N":"52.52"},{"N":"13.405"}]},"open":{"BOOL":true}}}');
  await page.getByRole('button', { name: 'Copy item as DynamoDB JSON' }).click();
  await expect.poll(clipboard).toMatch(/^\{"Id":\{"S":"a map"\},"Value":\{"M":/);
});

test('the inspector says what binary is and folds what is deep', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['AllTypes']) });
  const item = page.getByRole('complementary', { name: 'Item' });
  await cellBeside(page, 'binary that is text').click();
  await expect(item).toContainText('19 B · "Hello, binary world"');
  await cellBeside(page, 'a map').click();
  await item.getByRole('button', { name: 'Fold all', exact: true }).click();
  await expect(item).not.toContainText('Berlin');
  await item.getByRole('button', { name: 'Unfold', exact: true }).first().click();
  await expect(item).toContainText('Berlin');
});

test('an item of 270 KB opens at once and scrolls to its end', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['BigItems']) });
  await page.getByText('3 loaded').waitFor();
  const start = Date.now();
  await page.getByRole('gridcell', { name: 'big-0' }).click();
  const json = page.getByRole('region', { name: 'DynamoDB JSON' });
  await expect(json).toContainText('"Numbers"');
  // Generous: what it must not be is the seconds that 12,000 drawn lines would take.
  expect(Date.now() - start).toBeLessThan(2000);
  expect(await json.locator('[data-index]').count()).toBeLessThan(120);
  await json.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(json).toContainText('"the end"');
  await json.evaluate((element) => element.scrollTo(0, 0));
  await json.getByRole('button', { name: /more characters/ }).click();
  await expect(json.getByRole('button', { name: /more characters/ })).toHaveCount(0);
});

test('wide tables draw what can be seen, keys stay, widths are remembered', async ({ page, open }) => {
  await open({ query: session, remembered: inSession('tables', ['Telemetry']) });
  await page.getByText('200 loaded').waitFor();
  expect(await page.getByRole('gridcell').count()).toBeLessThan(1200);
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect(page.getByRole('columnheader', { name: 'channel_60' })).toBeInViewport();
  await expect(page.getByRole('columnheader', { name: 'Device' })).toBeInViewport();

  const device = page.getByRole('columnheader', { name: 'Device' });
  const before = (await device.boundingBox())!.width;
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(device).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await device.boundingBox())!.width).toBe(before + 32);

  const edge = (await device.boundingBox())!;
  await page.mouse.move(edge.x + edge.width - 1, edge.y + 10);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width + 59, edge.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await device.boundingBox())!.width).toBe(before + 92);
  await expect
    .poll(() => page.evaluate('localStorage.getItem("rolegate.column-widths")'))
    .toContain(`":Device":${before + 92}`);
});

test('2,500 tables are listed page by page and searched at once', async ({ page, open }) => {
  await open({ query: 'scene=alice,session,many-tables', remembered: inSession() });
  await expect(page.getByText('2,500', { exact: true })).toBeVisible();
  expect(await page.getByRole('option').count()).toBeLessThan(60);
  await page.getByRole('combobox', { name: 'Search tables' }).fill('2499');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /2499/ })).toBeVisible();
});

test('nothing jumps when a table’s details and items arrive', async ({ page, open }) => {
  await open({
    query: `${session}&tables.describe=pending&tables.readPage=pending`,
    remembered: inSession('tables', ['Orders']),
  });
  const tab = page.getByRole('tab', { name: 'Overview' });
  const title = page.getByRole('heading', { name: 'Orders' });
  const before = [await tab.boundingBox(), await title.boundingBox()];
  await open({ query: session, remembered: inSession('tables', ['Orders']) });
  await page.getByText('200 loaded').waitFor();
  const [tabBefore, titleBefore] = before;
  expect(await title.boundingBox()).toEqual(titleBefore);
  // The count of the indexes comes in beside "Indexes"; nothing moves up or down.
  expect((await tab.boundingBox())?.y).toBe(tabBefore?.y);
});
