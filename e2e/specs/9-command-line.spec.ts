import { rolegate } from '../clients/command-line.ts';
import { awsCli } from '../clients/requirements.ts';
import { expect, test } from '../fixtures/app.ts';
import { exampleRoleName } from '../pages/app.ts';

test.describe('commands under the home of an app that is open', () => {
  test('use its login, its roles and its gateway', async ({ app, home }) => {
    expect((await rolegate(home, ['status'])).stderr).toContain('You are not logged in.');
    await app.startWork();
    const status = JSON.parse((await rolegate(home, ['status', '-f', 'json'])).stdout) as {
      active: { username: string };
    };
    expect(status.active.username).toBe('alice');
    const listed = await rolegate(home, ['apps', 'ls']);
    expect(listed.stdout).toMatch(/^> +aws .*ExampleTeleportDynamoDBRole/m);
    if (awsCli) {
      expect((await rolegate(home, ['aws', 'dynamodb', 'list-tables'])).stdout).toContain('Music');
    }
  });

  test('change what the app shows: a login, a role, a logout', async ({ app, home }) => {
    await rolegate(home, ['login', '--user', 'alice', '--password-stdin'], 'white-rabbit\n');
    await expect(app.heading('Applications')).toBeVisible();
    await rolegate(home, ['apps', 'login', '--aws-role', 'role_for_alice', 'aws']);
    await expect(app.role('role_for_alice')).toContainText(/11 h/);
    await rolegate(home, ['logout']);
    await expect(app.button('Log in as alice')).toBeVisible();
    await expect(app.button(`IAM role ${exampleRoleName}`)).toBeHidden();
  });
});
