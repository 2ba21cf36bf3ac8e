import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { startTeamServer, type TeamServer } from '../fixtures/team-server.ts';

/** A team's new server: the window that is first there becomes its administrator's. */
test.describe('the first administrator of a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-first-'));
  let server: TeamServer;
  test.beforeAll(async () => {
    server = await startTeamServer({ folder, config: { listen: 0, aws: { region: 'us-east-1' } } });
  });
  test.afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('compares the fingerprint, uses the invitation, and administers', async ({ app }) => {
    const { page } = app;
    const command = server.firstAdministrator() ?? '';
    const [, fingerprint = ''] = /--fingerprint (\S+)/.exec(command) ?? [];
    await app.button('Use another app-service…').click();
    await page.getByLabel('Address').fill(server.url);
    await app.button('Look who answers').click();
    await expect(page.getByText(fingerprint)).toBeVisible();
    await app.button('Trust it and go on').click();
    await expect(app.heading('Log in to example')).toBeVisible();

    await app.button('Use an invitation…').click();
    await page.getByLabel('Invitation', { exact: true }).fill(command);
    await app.button('Go on').click();
    await expect(app.heading('Welcome, first administrator')).toBeVisible();
    await page.getByLabel('User name').fill('root');
    await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
    await page.getByLabel('The new password again').fill('correct horse battery');
    await page.getByRole('dialog').getByRole('button', { name: 'Log in' }).click();
    await expect(app.button('User root')).toBeVisible();
    await app.openUserMenu('Administration');
    await expect(page.getByRole('row', { name: 'root editor auditor' })).toBeVisible();
    expect(server.firstAdministrator()).toBeUndefined();
  });
});
