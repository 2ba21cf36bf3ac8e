import { cleanEnvironment, rolegate } from '../clients/command-line.ts';
import { awsCli } from '../clients/requirements.ts';
import { expect, test } from '../fixtures/app.ts';
import { exampleRoleName } from '../pages/app.ts';

const song = '{"Artist":{"S":"Written from outside"},"SongTitle":{"S":"Kept"}}';
const put = ['aws', 'dynamodb', 'put-item', '--table-name', 'Music', '--item', song];
const get = ['aws', 'dynamodb', 'get-item', '--table-name', 'Music', '--key', song, '--output', 'text'];

test.describe('quitting and starting again', () => {
  test('finds the login, the role, the place and the keys as they were', async ({ app, launch }) => {
    await app.startWork();
    await app.chooseRegion('ca-central-1');
    await app.openConnect();
    const before = await app.snippet('Environment');
    await app.quit();

    const again = await launch();
    await expect(again.button(`IAM role ${exampleRoleName}`)).toBeVisible();
    await expect(again.button('Region ca-central-1')).toBeVisible();
    await again.openConnect();
    expect(await again.snippet('Environment')).toBe(before);
  });

  test('keeps what was written to the sandbox’s tables, until it is reset', async ({ app, launch, home }) => {
    test.skip(!awsCli, 'There is no aws CLI here.');
    await app.startWork();
    // A command under the same home uses the login and the gateway of the app that is open.
    expect(await rolegate(home, put)).toMatchObject({ code: 0 });
    await app.quit();

    const again = await launch();
    await again.tableList.waitFor();
    expect((await rolegate(home, get)).stdout).toContain('Written from outside');

    await again.openSettings('Sandbox');
    await again.button(/^Reset/).click();
    const dialog = again.page.getByRole('alertdialog');
    await dialog.getByRole('textbox').fill('reset');
    await dialog.getByRole('button', { name: 'Reset the sandbox' }).click();
    await expect(again.toast('The sandbox is as it was at first')).toBeVisible();
    expect((await rolegate(home, get)).stdout).not.toContain('Written from outside');
  });

  test('says that nothing will be remembered where there is no keychain', async ({ launch }) => {
    const environment = {
      ROLEGATE_SESSION_STORE: '',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      DISPLAY: process.env['DISPLAY'],
    };
    const app = await launch(cleanEnvironment(environment));
    await expect(app.page.getByText('This computer has no keychain that Rolegate can use.')).toBeVisible();
    await app.startWork();
    await app.quit();
    const again = await launch(cleanEnvironment(environment));
    await expect(again.button('Log in as alice')).toBeVisible();
  });
});
