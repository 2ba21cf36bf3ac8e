import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';

const pictures = join('test-results', 'screens');

test.describe('production', () => {
  test('is marked in red, begins read-only, and wants every change typed', async ({ app }) => {
    await app.logInAs('alice');
    await app.openSettings('Production');
    await app.page.getByRole('textbox').fill('*Teleport*');
    await expect(app.page.getByText(/^1 role of \d that you have$/)).toBeVisible();
    await app.button('Mark as production').click();
    await expect(app.page.getByRole('list', { name: 'Production rules' })).toContainText('*Teleport*');
    await app.button('Back').click();
    await app.startRole();
    const safety = app.page.getByRole('region', { name: 'Safety' });
    await expect(safety).toContainText('PRODUCTION');
    await expect(safety).toContainText('READ-ONLY');
    const grid = await app.openTable('Music');
    await grid.locator('[data-row="0"] [data-column="0"]').click();
    // No key and no click writes, or even begins to.
    for (const key of ['F2', 'Delete', 'Alt+Insert', 'Enter']) await app.page.keyboard.press(key);
    await expect(app.itemForm).toBeHidden();
    await expect(app.stageBar).toBeHidden();
    await app.page.screenshot({ path: join(pictures, 'production.png') });

    await safety.getByRole('button', { name: 'Allow writing' }).click();
    await app.page.getByRole('alertdialog').getByRole('button', { name: 'Allow writing' }).click();
    await expect(safety).not.toContainText('READ-ONLY');
    await grid.locator('[data-row="0"] [data-column="0"]').click();
    await app.page.keyboard.press('Delete');
    await expect(app.stageBar).toContainText('1 delete');
    await app.page.keyboard.press('Control+s');
    await app.page.getByRole('dialog').getByRole('button', { name: 'Commit 1 change' }).click();
    const confirm = app.page.getByRole('alertdialog', { name: 'Commit 1 change to Music?' });
    await expect(confirm).toContainText('This is production');
    await expect(confirm.getByRole('button', { name: 'Commit' })).toBeDisabled();
    await confirm.getByRole('button', { name: 'Cancel' }).click();
    await expect(app.stageBar).toContainText('1 delete');
    await app.page.getByRole('dialog').getByRole('button', { name: 'Commit 1 change' }).click();
    await confirm.getByRole('textbox').fill('Music');
    await confirm.getByRole('button', { name: 'Commit' }).click();
    await expect(app.stageBar).toBeHidden();
    await expect(app.toast('1 change written to Music')).toBeVisible();
  });

  test('reads only below the window too', async ({ app }) => {
    test.skip(app.shell.electron === undefined, 'Calls can be made past the page in the window only.');
    await app.startWork();
    const refused = await app.page.evaluate<[string, string][]>(`(async () => {
      const call = (name, input) => window.rolegate.calls[name](input);
      const id = () => 'made-for-a-test';
      await call('settings.setProduction', { rules: [{ pattern: '*', readsFirst: true }] });
      const { output: { appSessions: [{ id: appSessionId }] } } = await call('state.get', {});
      const where = { appSessionId, region: 'us-east-1' };
      const music = { ...where, table: 'Music', confirmed: 'Music' };
      const statement = [{ text: "DELETE FROM Music WHERE Artist = 'a' AND SongTitle = 'b'", parameters: [] }];
      await call('stages.set', { ...where, table: 'Music', changes: [{ kind: 'delete', id: id(), base: '{"Artist":{"S":"a"},"SongTitle":{"S":"b"}}' }] });
      const results = {
        commit: await call('stages.commit', { ...music, ids: [id()], mode: 'each' }),
        change: await call('tables.change', { ...music, change: { kind: 'deletionProtection', on: true } }),
        remove: await call('tables.delete', { ...where, table: 'Music', typedName: 'Music' }),
        partiql: await call('partiql.run', { ...where, runId: id(), mode: 'statement', statements: statement, consistent: false, writes: true, confirmed: 'Music' }),
      };
      const jobs = { ...where, table: 'Music', limits: { segments: 1 } };
      results.job = await call('jobs.start', { spec: { kind: 'delete', ...jobs, scope: { of: 'table' } }, confirmed: 'Music' });
      results.purge = await call('jobs.start', { spec: { kind: 'purge', ...jobs, typedName: 'Music' } });
      return Object.entries(results).map(([name, result]) => {
        const failed = result.ok ? result.output.outcomes?.[0]?.error : result.error;
        return [name, failed?.code ?? 'done'];
      });
    })()`);
    expect(refused).toEqual(refused.map(([name]) => [name, 'access_denied']));
    expect(await app.tableNames()).toContain('Music');
  });

  test('takes no call for a job that writes without the typed name', async ({ app }) => {
    test.skip(app.shell.electron === undefined, 'Calls can be made past the page in the window only.');
    await app.startWork();
    const codes = await app.page.evaluate<string[]>(`(async () => {
      const call = (name, input) => window.rolegate.calls[name](input);
      await call('settings.setProduction', { rules: [{ pattern: '*', readsFirst: false }] });
      const { output: { appSessions: [{ id: appSessionId }] } } = await call('state.get', {});
      const place = { appSessionId, region: 'us-east-1' };
      const base = { ...place, table: 'Music', limits: { segments: 1 }, scope: { of: 'table' } };
      const specs = [
        { kind: 'delete', ...base },
        { kind: 'copy', ...base, to: { ...place, table: 'Orders' }, mode: 'overwrite' },
      ];
      const codes = [];
      for (const spec of specs) {
        for (const said of [{}, { confirmed: 'yes' }, ...(spec.to ? [{ confirmed: spec.table }] : [])]) {
          const result = await call('jobs.start', { spec, ...said });
          codes.push(result.ok ? 'done' : result.error.code);
        }
      }
      return codes;
    })()`);
    expect(codes).toEqual(Array(5).fill('bad_input'));
  });
});
