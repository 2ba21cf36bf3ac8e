import { expect, test } from '../fixtures/app.ts';
import { exampleRoleName } from '../pages/app.ts';

test.describe('a session with an IAM role', () => {
  test('shows app, account, role, region and the time that is left', async ({ app }) => {
    await app.startWork();
    await expect(app.button('Application aws')).toBeVisible();
    await expect(app.button(`IAM role ${exampleRoleName}`)).toBeVisible();
    await expect(app.header).toContainText('123456789000');
    await expect(app.button('Region us-east-1')).toBeVisible();
    await expect(app.header).toContainText(/11 h 5\d m/);
    await expect(app.page).toHaveTitle(/ExampleTeleportDynamoDBRole/);
  });

  test('stands beside another one, and one switches between them', async ({ app }) => {
    await app.startWork();
    await app.button(`IAM role ${exampleRoleName}`).click();
    await app.startRole('role_for_alice');
    await expect(app.button('IAM role role_for_alice')).toBeVisible();
    await app.button('IAM role role_for_alice').click();
    await app.startRole(exampleRoleName);
    await expect(app.button(`IAM role ${exampleRoleName}`)).toBeVisible();
  });

  test('ends when one ends it', async ({ app }) => {
    await app.startWork();
    await app.button(`IAM role ${exampleRoleName}`).click();
    await app.button('End this session').click();
    await app.button('End session').click();
    await expect(app.heading('Applications')).toBeVisible();
  });
});
