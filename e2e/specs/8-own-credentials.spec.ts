import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src-sandbox/sandbox.ts';
import { rolegate, run } from '../clients/command-line.ts';
import { awsCli } from '../clients/requirements.ts';
import { test as base, expect } from '../fixtures/app.ts';
import { preparedDir } from '../integration/prepared-data.ts';
import { exampleRole } from '../integration/test-engine.ts';
import { type App, exampleRoleName } from '../pages/app.ts';

/** An AWS of one's own: a sandbox that runs elsewhere, and a machine whose ~/.aws has a profile for it. */
const test = base.extend<{ aws: Sandbox; ownApp: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  aws: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'rolegate-aws-'));
    const sandbox = await startSandbox({ stateDir: folder, preparedDir });
    await use(sandbox);
    await sandbox.close();
    rmSync(folder, { recursive: true });
  },
  ownApp: async ({ aws, home, launch }, use) => {
    const { accessKeyId, secretAccessKey } = aws.serviceCredentials;
    const credentials = join(home.folder, 'credentials');
    const lines = ['[work]', `aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`];
    writeFileSync(
      credentials,
      [...lines, '[old]', 'aws_access_key_id = AKIAOLD', 'aws_secret_access_key = old'].join('\n'),
    );
    await use(await launch({ AWS_SHARED_CREDENTIALS_FILE: credentials }));
  },
});

async function fillForm(app: App, aws: Sandbox, profile: string, roles: string): Promise<void> {
  await app.button('Use my AWS credentials').click();
  await app.page.getByLabel('Profile').click();
  await app.page.getByRole('option', { name: new RegExp(`^${profile}`) }).click();
  await app.page.getByLabel('IAM roles, one ARN a line').fill(roles);
  await app.page.getByText('Custom endpoints').click();
  await app.button('Add an endpoint').click();
  await app.page.getByLabel('Service').fill('*');
  await app.page.getByLabel('Address').fill(aws.consoleOrigin);
}

test.describe('with one’s own AWS credentials', () => {
  test('tries the roles, and then browser, console and Connect work with them', async ({
    ownApp: app,
    aws,
    home,
    playwright,
  }) => {
    await fillForm(app, aws, 'work', exampleRole);
    await app.button('Try').click();
    await expect(
      app.page.getByText(/arn:aws:sts::123456789000:assumed-role\/ExampleTeleportDynamoDBRole\//),
    ).toBeVisible();
    await app.button('Use these').click();
    await expect(app.heading('Applications')).toBeVisible();
    await expect(app.banner).toBeHidden();
    await expect(app.page.getByText(/profile work/).first()).toBeVisible();

    await app.startRole();
    const grid = await app.openTable('EveryType');
    await expect(grid.getByRole('gridcell', { name: 'all types', exact: true })).toBeVisible();

    if (awsCli) {
      await app.openConnect();
      const pasted = await run('bash', ['-e', '-s'], { input: await app.snippet('aws CLI') });
      expect(pasted.stdout).toContain('Music');
      expect((await rolegate(home, ['aws', 'sts', 'get-caller-identity'])).stdout).toContain(
        `assumed-role/${exampleRoleName}/`,
      );
    }
    await app.button('Launch console').click();
    if (app.shell.electron) {
      await expect.poll(() => app.shell.opened()).toHaveLength(1);
      const [url = ''] = await app.shell.opened();
      const page = await (await playwright.request.newContext()).get(url);
      expect(await page.text()).toContain(`${exampleRoleName}/`);
    }
  });

  test('shows the exact fix when a role does not trust them', async ({ ownApp: app, aws }) => {
    await fillForm(app, aws, 'work', exampleRole.replace(exampleRoleName, 'role_without_trust'));
    await app.button('Try').click();
    await expect(app.page.getByText('user/rolegate-service may not assume the role role_without_trust.')).toBeVisible();
    await expect(app.page.getByText('"sts:AssumeRole"').last()).toBeVisible();
    await expect(
      app.page.getByText(/the trust policy of .*role_without_trust must have a statement like/),
    ).toBeVisible();
  });

  test('shows what is wrong with keys that AWS does not know, and with ARNs that are none', async ({
    ownApp: app,
    aws,
  }) => {
    await fillForm(app, aws, 'old', exampleRole);
    await app.button('Try').click();
    await expect(app.page.getByText('AWS does not know the access key of the profile old.')).toBeVisible();
    await app.page.getByLabel('IAM roles, one ARN a line').fill('arn:aws:iam:123456789000:role/role_for_alice');
    await expect(app.page.getByText('arn:aws:iam::123456789000:role/role_for_alice')).toBeVisible();
  });
});
