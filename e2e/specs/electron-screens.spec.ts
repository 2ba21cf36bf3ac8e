import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import type { App } from '../pages/app.ts';

/**
 * Pictures of the real app, in both themes, to be looked at: in `test-results/screens`. For the README's pictures,
 * `ROLEGATE_SCREENSHOTS` names another folder, and the gateway is on its well-known ports (so: `--workers=1`).
 */
const forReadme = process.env['ROLEGATE_SCREENSHOTS'];
const folder = forReadme ?? join('test-results', 'screens');

for (const theme of ['dark', 'light'] as const) {
  test(`every screen is drawn in ${theme}`, async ({ launch, home }) => {
    const { openSettings } = await import('../../src-main/home/settings.ts');
    const settings = await openSettings(home.settingsFile);
    await settings.update({ theme, ...(forReadme && { ports: { proxy: 23456, endpoint: 23457 } }) });
    const app = await launch();
    const take = (name: string) => picture(app, `${name}-${theme}`);

    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
    await take('login');
    await app.logInAs('alice');
    await take('roles');
    await app.startRole();
    const grid = await app.openTable('Orders');
    await app.openTable('Products');
    await take('table');
    await app.openTable('EveryType');
    const every = app.page.getByRole('grid', { name: 'Items of EveryType' });
    await every.getByRole('gridcell', { name: 'all types', exact: true }).click();
    await expect(app.inspector).toContainText('"all types"');
    await take('item');
    await expect(grid).toBeHidden();
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('tab', { name: 'Overview' }).click();
    await take('overview');
    await app.openConnect();
    await take('connect');
    await app.openConnect('AWS endpoint');
    await app.turn('Allow plain http', true);
    await app.page.getByRole('heading', { name: 'Ready to paste' }).scrollIntoViewIfNeeded();
    await take('connect-endpoint');
    await app.button('Use my own…').click();
    await take('own-keys');
    await app.page.keyboard.press('Escape');
    await expect(app.page.getByRole('dialog')).toBeHidden();
    await app.page.keyboard.press('Control+k');
    await expect(app.page.getByRole('dialog')).toBeVisible();
    await take('palette');
    await app.page.keyboard.press('Escape');
    await app.openSettings('My AWS credentials');
    await take('settings');
    await app.settingsSection('Gateway');
    await take('settings-gateway');
  });
}

async function picture(app: App, name: string): Promise<void> {
  // Nothing may still be on its way in or out.
  await app.page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))');
  await app.page.screenshot({ path: join(folder, `${name}.png`) });
}
