import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { signedHeaders } from '../../src-main/gateway/testing/signed.ts';
import { cleanEnvironment, run } from '../clients/command-line.ts';
import { awsCli, python } from '../clients/requirements.ts';
import { expect, test } from '../fixtures/app.ts';

/** Pastes a text into a terminal that was used for something else before. */
const paste = (text: string) =>
  run('bash', ['-e', '-s'], {
    input: `${text}\n`,
    env: cleanEnvironment({
      AWS_SESSION_TOKEN: 'left over',
      AWS_PROFILE: 'left-over',
      AWS_REGION: 'eu-north-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      PATH: `/usr/bin:${process.env['PATH']}`,
    }),
  });

for (const mode of ['HTTPS proxy', 'AWS endpoint'] as const) {
  test.describe(`Connect, by ${mode}`, () => {
    test('gives an aws CLI command that works on the spot', async ({ app }) => {
      test.skip(!awsCli, 'There is no aws CLI here.');
      await app.startWork();
      await app.openConnect(mode);
      const outcome = await paste(await app.snippet('aws CLI'));
      expect(outcome.stderr).toBe('');
      expect(JSON.parse(outcome.stdout)).toMatchObject({ TableNames: expect.arrayContaining(['Music']) });
    });

    test('gives a Python program that works on the spot', async ({ app }) => {
      test.skip(!python, 'There is no boto3 here.');
      await app.startWork();
      await app.chooseRegion('ca-central-1');
      await app.openConnect(mode);
      const { stdout, stderr } = await paste(await app.snippet('Python (boto3)'));
      expect(stderr).toBe('');
      expect(stdout).toContain('my-dynamodb-table');
    });
  });
}

test.describe('Connect', () => {
  test('copies what it shows', async ({ app }) => {
    await app.startWork();
    await app.openConnect();
    const shown = app.page.getByRole('definition').filter({ hasText: /^http:\/\/127\.0\.0\.1:\d+$/ });
    const address = (await shown.textContent()) ?? '';
    expect(await app.copy('Copy proxy address', address)).toBe(address);
    await expect(app.button('Copy proxy address').getByRole('status')).toHaveText('Copied');
  });

  test('hides the secret key until one wants to see it', async ({ app }) => {
    await app.startWork();
    await app.openConnect();
    const row = app.page.getByRole('definition').filter({ hasText: '••••' });
    await expect(row).toBeVisible();
    await app.button('Show the secret key').click();
    await expect(row).toBeHidden();
  });

  test('says that a port is taken, and offers another', async ({ app }) => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    await app.startWork();
    await app.openConnect();
    await app.page.getByRole('textbox', { name: 'Port' }).fill(String(port));
    await app.button('Use this port').click();
    await expect(app.page.getByText(`Port ${port} is in use by another program.`)).toBeVisible();
    await app.button(/^Use port \d+ instead$/).click();
    await expect(app.page.getByRole('status').filter({ hasText: 'Running on' })).toBeVisible();
    blocker.close();
  });

  test('lets tools in over plain http when it is told to, and only then', async ({ app }) => {
    await app.startWork();
    await app.openConnect('AWS endpoint');
    const keys = await app.localKeys();
    const listTables = async (address: string) => {
      const headers = signedHeaders({ host: new URL(address).host, keys });
      return (await fetch(address, { method: 'POST', headers, body: '{}' })).status;
    };
    const secured = (await app.setting('Endpoint address').textContent()) ?? '';
    expect(await listTables(secured.replace('https:', 'http:'))).toBe(403);
    await app.turn('Allow plain http', true);
    await expect(app.page.getByText('Plain http is on')).toBeVisible();
    const plain = (await app.setting('Address without TLS').textContent()) ?? '';
    expect(plain).toMatch(/^http:/);
    expect(await listTables(plain)).toBe(200);
    await app.turn('Allow plain http', false);
    expect(await listTables(plain)).toBe(403);
  });

  test('keeps a role’s keys for tools that store them, or takes the tool’s own', async ({ app }) => {
    await app.startWork();
    await app.openConnect();
    const before = await app.localKeys();
    await app.turn('Keep these keys', true);
    await app.logOut();
    await app.startWork();
    await app.openConnect();
    expect(await app.localKeys()).toEqual(before);

    await app.button('Use my own…').click();
    await app.page.getByLabel('Access key ID', { exact: true }).fill('short');
    await app.button('Use these keys').click();
    await expect(app.page.getByText('An access key ID has 16 to 128 letters, digits, - and _.')).toBeVisible();
    await app.page.getByLabel('Access key ID', { exact: true }).fill('MY-TERRAFORM-KEYS');
    await app.page.getByLabel('Secret access key', { exact: true }).fill('0123456789abcdef0123456789abcdef');
    await app.button('Use these keys').click();
    await expect(app.setting('Access key ID')).toHaveText('MY-TERRAFORM-KEYS');
  });

  test('renews the certificate that tools trust', async ({ app }) => {
    await app.startWork();
    await app.openConnect();
    const file = (await app.setting('CA file').textContent())?.replace(/valid until.*/, '') ?? '';
    const before = readFileSync(file, 'utf8');
    await app.openSettings('Gateway');
    await app.button('Renew…').click();
    await app.button('Make a new certificate').click();
    await expect(app.page.getByText('There is a new certificate: start your tools again')).toBeVisible();
    expect(readFileSync(file, 'utf8')).not.toBe(before);
  });
});
