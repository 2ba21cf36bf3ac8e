import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolegate } from '../clients/command-line.ts';
import { expect, test } from '../fixtures/app.ts';
import { electronPath, sandboxFlags } from '../fixtures/requirements.ts';
import type { App } from '../pages/app.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pictures = join('test-results', 'screens');
const link = (more: string) => `rolegate://open?account=123456789000&region=us-east-1${more}`;
const dialogOf = (app: App) => app.page.getByRole('dialog', { name: /from a link\?/ });

test.describe('links', () => {
  test('lead back to the query that they were copied from, and read nothing by themselves', async ({
    launch,
    home,
  }) => {
    const first = await launch();
    await first.startWork();
    const grid = await first.openTable('Orders');
    const customer = (await grid.getByRole('gridcell').first().textContent()) ?? '';
    await first.bar.getByRole('textbox', { name: 'CustomerId' }).fill(customer);
    await first.button('Open elsewhere').click();
    await first.page.screenshot({ path: join(pictures, 'open-elsewhere.png') });
    await first.page.getByRole('menuitem', { name: 'Copy link to this query', exact: true }).click();
    await expect(first.toast('Copied a link to the query')).toBeVisible();
    const copied = first.shell.electron
      ? await first.shell.electron.evaluate(({ clipboard }) => clipboard.readText())
      : await first.page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toMatch(/^rolegate:\/\/open\?account=123456789000&region=us-east-1&table=Orders&role=/);
    await first.page.keyboard.press('Alt+w');
    await first.quit();
    const app = await launch();
    await app.tableList.waitFor();

    const { stdout } = await rolegate(home, ['open', copied]);
    expect(stdout).toContain('it asks whether to open Orders');
    await expect(dialogOf(app)).toContainText(`CustomerId = "${customer}"`);
    await expect(dialogOf(app)).toContainText('Nothing is read before');
    await app.page.screenshot({ path: join(pictures, 'link.png') });
    await dialogOf(app).getByRole('button', { name: 'Open Orders' }).click();
    await expect(app.bar.getByRole('textbox', { name: 'CustomerId' })).toHaveValue(customer);
    await expect(app.page.getByText('Nothing has been read yet')).toBeVisible();
    await app.bar.getByRole('button', { name: 'Query', exact: true }).click();
    await expect(app.whatWasRead).toContainText(/^Query\d+ loaded/);
  });

  test('come in from outside while the app is open, one at a time', async ({ app, home }) => {
    test.skip(app.shell.electron === undefined, 'Links from outside come to the window only.');
    await app.startWork();
    const open = async (...argv: string[]) => {
      const second = spawn(electronPath ?? '', [root, ...sandboxFlags, ...argv], {
        env: { ...process.env, ROLEGATE_HOME: home.folder },
        stdio: 'ignore',
      });
      await once(second, 'exit');
    };
    await open('--', link('&table=Music'));
    await expect(dialogOf(app)).toContainText('Music');
    // A second one does not slip under the hand that is about to click.
    await open('--', link('&table=Orders'));
    await expect(dialogOf(app)).not.toContainText('Orders');
    await dialogOf(app).getByRole('button', { name: 'Cancel' }).click();
    await expect(dialogOf(app)).toBeHidden();
    await expect(app.page.getByRole('tab', { name: /Music/ })).toHaveCount(0);
  });

  test('that are hostile do nothing at all', async ({ app, home }) => {
    await app.startWork();
    const asked = (url: string) =>
      app.page.evaluate<{ ok: boolean; error?: { code: string } }>(
        `window.rolegate.calls['links.show']({ url: ${JSON.stringify(url)} })`,
      );
    for (const url of [
      'rolegate://run?statement=DELETE',
      link('&table=..%2F..%2Fetc'),
      link('&table=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'),
      link('&table=Music&table=Orders'),
      link('&table=Music&run=true'),
      link(`&table=Music&query=${'A'.repeat(9000)}`),
      `javascript:${link('&table=Music')}`,
    ]) {
      // Past the page calls can be made in the window only.
      if (app.shell.electron) expect(await asked(url)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
      const { stderr, code } = await rolegate(home, ['open', url]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('cannot be opened')]);
    }
    await expect(dialogOf(app)).toBeHidden();
  });

  test('of another account lead nowhere', async ({ app, home }) => {
    await app.startWork();
    await rolegate(home, ['open', link('&table=Music').replace('123456789000', '999999999999')]);
    await expect(dialogOf(app)).toContainText('You have no IAM role in account 999999999999');
    await expect(dialogOf(app).getByRole('button', { name: 'Open Music' })).toBeDisabled();
  });
});

test.describe('the AWS console', () => {
  test('opens at a table, its query, or an item', async ({ app }) => {
    test.skip(app.shell.electron === undefined, 'In the browser the link is shown, not opened.');
    await app.startWork();
    const grid = await app.openTable('Music');
    const destinations = async () =>
      (await app.shell.opened()).map((url) => new URL(new URL(url).searchParams.get('Destination') ?? ''));
    await app.button('Open elsewhere').click();
    await app.page.getByRole('menuitem', { name: 'Table in the AWS console' }).click();
    await expect.poll(destinations).toHaveLength(1);
    expect((await destinations())[0]?.hash).toBe('#table?name=Music');
    await expect(app.toast(/Opened in your browser/).first()).toBeVisible();
    const artist = (await grid.locator('[data-row="0"] [data-column="0"]').textContent()) ?? '';
    await grid.locator('[data-row="0"] [data-column="0"]').click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: 'Open the item in the AWS console' }).click();
    await expect.poll(destinations).toHaveLength(2);
    const [, item] = await destinations();
    expect(item?.pathname).toBe('/dynamodbv2/home');
    expect(item?.searchParams.get('region')).toBe('us-east-1');
    expect(new URLSearchParams(item?.hash.slice('#edit-item?'.length)).get('pk')).toBe(artist);

    await app.openTable('Orders');
    await app.bar.getByRole('combobox', { name: 'Table or index to read' }).click();
    await app.page.getByRole('option', { name: /Status-OrderedAt-index/ }).click();
    await app.bar.getByRole('textbox', { name: 'Status' }).fill('CANCELLED');
    await app.button('Open elsewhere').click();
    await app.page.getByRole('menuitem', { name: 'This query in the AWS console' }).click();
    await expect.poll(destinations).toHaveLength(3);
    expect((await destinations())[2]?.hash).toBe(
      '#item-explorer?index=Status-OrderedAt-index&operation=QUERY&pk=CANCELLED&table=Orders',
    );
  });
});
