import { createServer } from 'node:net';
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
});
