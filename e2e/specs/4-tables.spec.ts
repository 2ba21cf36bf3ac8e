import { expect, test } from '../fixtures/app.ts';

test.describe('the table browser', () => {
  test('lists the tables of a region, and of another', async ({ app }) => {
    await app.startWork();
    await expect(app.tableList.getByRole('option')).toHaveCount(7);
    expect(await app.tableNames()).toEqual(
      expect.arrayContaining(['EveryType', 'Music', 'Orders', 'billing.invoices.2026']),
    );
    await app.chooseRegion('ca-central-1');
    await expect(app.tableList.getByRole('option', { name: 'my-dynamodb-table' })).toBeVisible();
    await app.chooseRegion('eu-west-1');
    await expect(app.page.getByText('No tables in eu-west-1', { exact: true })).toBeVisible();
  });

  test('shows a table’s keys, indexes and size', async ({ app }) => {
    await app.startWork();
    await app.openTable('Orders');
    await expect(app.page.getByText(/about 2\d,\d{3} items/)).toBeVisible();
    await app.page.getByRole('tab', { name: 'Indexes' }).click();
    const indexes = app.page.getByRole('tabpanel', { name: 'Indexes' });
    await expect(indexes).toContainText('GSI');
    await expect(indexes).toContainText('LSI');
    await app.page.getByRole('tab', { name: 'Overview' }).click();
    await expect(app.page.getByRole('tabpanel', { name: 'Overview' })).toContainText(
      'arn:aws:dynamodb:us-east-1:123456789000:table/Orders',
    );
  });

  test('loads more where the last page ended', async ({ app }) => {
    await app.startWork();
    await app.openTable('Orders');
    await expect(app.page.getByText(/^200 loaded/)).toBeVisible();
    await app.button('Load 200 more').first().click();
    await expect(app.page.getByText(/^400 loaded/)).toBeVisible();
    await app.page.keyboard.press('Control+Enter');
    await expect(app.page.getByText(/^600 loaded · 600 read · .* RCU · 3 pages · more to read/)).toBeVisible();
  });

  test('decides by itself how to ask, and says so on its button', async ({ app }) => {
    await app.startWork();
    const grid = await app.openTable('Orders');
    const { bar } = app;
    await expect(bar.getByRole('button', { name: 'Scan', exact: true })).toBeVisible();
    await expect(bar).toContainText(/Scans up to about [\d.,]+ RCU of all of the table/);
    const customer = (await grid.getByRole('gridcell').first().textContent()) ?? '';
    await bar.getByRole('textbox', { name: 'CustomerId' }).fill(customer);
    await bar.getByRole('button', { name: 'Query', exact: true }).click();
    await expect(app.whatWasRead).toContainText(/^Query\d+ loaded/);
    for (const cell of await grid.locator('[data-column="0"][role=gridcell]').all())
      await expect(cell).toHaveText(customer);
    const order = (await grid.locator('[data-row="0"] [data-column="1"]').textContent()) ?? '';
    await bar.getByRole('textbox', { name: 'OrderId' }).fill(order);
    await bar.getByRole('button', { name: 'Get item', exact: true }).click();
    await expect(app.whatWasRead).toContainText('1 loaded · 1 read');
  });

  test('reads an index in its order, the last first', async ({ app }) => {
    await app.startWork();
    const grid = await app.openTable('Orders');
    await app.bar.getByRole('combobox', { name: 'Table or index to read' }).click();
    await app.page.getByRole('option', { name: /Status-OrderedAt-index/ }).click();
    await app.bar.getByRole('textbox', { name: 'Status' }).fill('CANCELLED');
    await app.bar.getByRole('button', { name: 'Options' }).click();
    await app.page.getByLabel('Last first').check();
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+Enter');
    await expect(app.whatWasRead).toContainText('Status-OrderedAt-index');
    await expect(grid.getByRole('columnheader').first()).toContainText('Status');
    const times = await grid.locator('[data-column="1"][role=gridcell]').allTextContents();
    expect(times).toEqual([...times].sort().reverse());
  });

  test('reads on through pages without a match, and never takes them for the end', async ({ app }) => {
    await app.startWork();
    await app.openTable('Orders');
    await app.addCondition('Coupon', 'nothing like it');
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByText(/^No item matches$|^No match among the/)).toBeVisible();
    await expect(app.whatWasRead).toContainText(/^Scan0 matching · [\d,]+ read/);
    await app.addCondition('Total', '100', '>');
    await app.bar.getByRole('radio', { name: 'any' }).check();
    await app.bar.getByRole('button', { name: 'Scan', exact: true }).click();
    await expect(app.whatWasRead).toContainText(/matching/);
    await expect(app.page.getByRole('grid').getByRole('gridcell').first()).toBeVisible();
  });

  test('counts what is asked for, and says before what that costs', async ({ app }) => {
    await app.startWork();
    await app.openTable('Orders');
    await app.button('Count').click();
    const dialog = app.page.getByRole('dialog', { name: 'Count the items' });
    await expect(dialog).toContainText(/about [\d.,]+ RCU/);
    await dialog.getByRole('button', { name: 'Count' }).click();
    await expect(dialog).toContainText('21,000 items');
    await expect(dialog).toContainText('counted to the end');
  });

  test('shows every kind of value as what it is', async ({ app }) => {
    await app.startWork();
    const grid = await app.openTable('EveryType');
    // Columns are drawn when they come into sight.
    const expectCell = (name: string) =>
      expect(async () => {
        await app.page.evaluate(`{
          const box = document.querySelector('.grid-scroller');
          box.scrollLeft = box.scrollLeft + box.clientWidth + 2 >= box.scrollWidth ? 0 : box.scrollLeft + 500;
        }`);
        await expect(grid.getByRole('gridcell', { name, exact: true }).first()).toBeVisible({ timeout: 300 });
      }).toPass({ intervals: [10] });
    await expectCell('NS {3} 1, 2.5, -3');
    await expectCell('SS {3} "ash", "birch", "cedar"');
    await expectCell('B 6 B · 00 01 02 fd fe ff');
    await expectCell('BOOL true');
    await expectCell('NULL null');
    await expectCell('missing');
    await expect(app.page.getByText('end of table', { exact: true })).toBeVisible();
  });

  test('shows an item in DynamoDB JSON, to the last digit', async ({ app }) => {
    await app.startWork();
    const grid = await app.openTable('EveryType');
    await grid.getByRole('gridcell', { name: 'big numbers', exact: true }).click();
    await expect(app.inspector).toContainText(/"N": "\d{38}"/);
    await grid.getByRole('gridcell', { name: 'empty values', exact: true }).click();
    await expect(app.inspector).toContainText('"S": ""');
    await expect(app.inspector).toContainText('"NULL": true');
    await app.page.keyboard.press('Escape');
    await expect(app.inspector).toBeHidden();
  });

  test('is walked through with the keyboard', async ({ app }) => {
    await app.startWork();
    const grid = await app.openTable('EveryType');
    await grid.getByRole('gridcell', { name: 'all types', exact: true }).click();
    await app.page.keyboard.press('ArrowRight');
    await expect(grid.getByRole('gridcell', { name: 'B 6 B · 00 01 02 fd fe ff' })).toBeFocused();
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Home');
    await expect(grid.getByRole('gridcell', { name: 'awkward names', exact: true })).toBeFocused();
    await app.page.keyboard.press('Enter');
    await expect(app.inspector).toBeVisible();
  });
});
