import { spawnSync } from 'node:child_process';
import { cleanEnvironment } from '../clients/command-line.ts';
import { expect, test } from '../fixtures/app.ts';
import { exampleRoleName } from '../pages/app.ts';

/** A session bus with an unlocked keyring on it, as a desktop has; undefined where there can be none. */
function startKeyring(): { address: string; pid: string } | undefined {
  const script = `
    eval "$(dbus-launch --sh-syntax)" && export DBUS_SESSION_BUS_ADDRESS &&
    printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 &&
    echo "$DBUS_SESSION_BUS_ADDRESS|$DBUS_SESSION_BUS_PID"`;
  const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 20_000 });
  const [address, pid] = stdout.trim().split('|');
  return address && pid ? { address, pid } : undefined;
}

test('a login is kept in the keychain of the computer', async ({ launch, home }) => {
  test.skip(process.platform !== 'linux', 'This makes a keychain of its own, as Linux has it.');
  const keyring = startKeyring();
  test.skip(!keyring, 'There is no D-Bus or no keyring here.');
  const environment = cleanEnvironment({
    ROLEGATE_SESSION_STORE: '',
    DBUS_SESSION_BUS_ADDRESS: keyring?.address,
    HOME: home.folder,
  });
  try {
    const app = await launch(environment);
    await app.startWork();
    await app.openSettings('Login');
    await expect(app.page.getByText(/keychain/).first()).toBeVisible();
    await app.quit();
    const again = await launch(environment);
    await expect(again.button('User alice')).toBeVisible();
    await expect(again.button(`IAM role ${exampleRoleName}`)).toBeVisible();
    await again.logOut();
    await again.quit();
    await expect((await launch(environment)).button('Log in as alice')).toBeVisible();
  } finally {
    process.kill(Number(keyring?.pid));
  }
});
