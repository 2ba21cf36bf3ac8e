import { join } from 'node:path';
import { test as base, expect } from '../fixtures/app.ts';
import { type ServedSandbox, startServedSandbox } from '../fixtures/served-sandbox.ts';
import { alice, bob } from '../integration/test-engine.ts';
import { type App, exampleRoleName } from '../pages/app.ts';

const exampleArn = `arn:aws:iam::123456789000:role/${exampleRoleName}`;

const test = base.extend<{ served: ServedSandbox; work: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  served: async ({}, use) => {
    const served = await startServedSandbox();
    await use(served);
    await served.close();
  },
  /** Alice at work, with an edit staged in one table and another table open behind it. */
  work: async ({ launch, served }, use) => {
    const app = await launch({ ROLEGATE_HOME: (await served.home()).folder });
    await app.enter();
    await app.startRole();
    await app.openTable('Orders');
    const grid = await app.openTable('EveryType');
    await grid.getByRole('gridcell', { name: 'all types', exact: true }).click();
    await app.page.keyboard.press('F2');
    await app.itemForm.getByLabel('Name of a new attribute').fill('Edited');
    await app.itemForm.getByRole('button', { name: 'Add' }).click();
    await app.itemForm.getByLabel('Value of Edited').fill('by hand');
    await app.page.keyboard.press('Control+s');
    await expect(app.stageBar).toContainText('1 edit');
    await use(app);
  },
});

const picture = (app: App, name: string) =>
  app.page.screenshot({ path: join('test-results', 'screens', `${name}.png`) });

async function isAsItWas(app: App): Promise<void> {
  await expect(app.stageBar).toContainText('1 edit');
  await expect(app.page.getByRole('tab', { name: 'Orders' })).toBeVisible();
  await expect(app.page.getByRole('tab', { name: 'EveryType' })).toBeVisible();
}

test.describe('a login that somebody ends', () => {
  test('is said at once, and goes on in place after the next one, with what was staged', async ({
    work: app,
    served,
  }) => {
    await served.service.endSessions(served.admin, { user: 'alice' });
    // Nobody has touched the window.
    const dialog = app.page.getByRole('dialog', { name: 'Log in again' });
    await expect(dialog).toContainText('Your login has ended: alice has ended it.');
    await expect(app.page.getByRole('dialog')).toHaveCount(1);
    await picture(app, 'login-ended');
    await dialog.getByLabel('Password').fill(alice.password);
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await isAsItWas(app);

    await app.page.keyboard.press('Control+s');
    const review = app.page.getByRole('dialog', { name: 'Changes to EveryType' });
    await review.getByRole('button', { name: 'Commit 1 change' }).click();
    await expect(review).toBeHidden();
    await expect(app.stageBar).toBeHidden();
  });

  test('keeps a write from being made, also after the next login, until one makes it again', async ({
    work: app,
    served,
  }) => {
    await served.service.endSessions(served.admin, { user: 'alice' });
    const dialog = app.page.getByRole('dialog', { name: 'Log in again' });
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await expect(app.page.getByRole('alert').filter({ hasText: 'Your login has ended' })).toBeVisible();
    await app.page.keyboard.press('Control+s');
    const review = app.page.getByRole('dialog', { name: 'Changes to EveryType' });
    await review.getByRole('button', { name: 'Commit 1 change' }).click();
    await expect(review).toContainText('Your login has ended: alice has ended it.');
    await app.page.keyboard.press('Escape');
    await app.button('Log in again').click();
    await dialog.getByLabel('Password').fill(alice.password);
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await isAsItWas(app);
    // Read anew, the item is as it was: nothing was written behind anybody's back.
    await app.button('Read it again from the beginning').click();
    await isAsItWas(app);
  });

  test('says that a user is locked, and lets the user go on when that is over', async ({ work: app, served }) => {
    await served.write('{kind: user, version: v2, metadata: {name: boss}, spec: {roles: [editor]}}');
    const boss = (await served.service.loginAs('boss')).token;
    const lock =
      '{kind: lock, version: v2, metadata: {name: l}, spec: {target: {user: alice}, message: stolen laptop}}';
    await served.service.writeResources(boss, { files: [{ file: 'l.yaml', text: lock }], mode: 'upsert' });
    const dialog = app.page.getByRole('dialog', { name: 'Log in again' });
    await expect(dialog).toContainText('The user alice is locked: stolen laptop.');
    await served.service.deleteResource(boss, { kind: 'lock', name: 'l' });
    await dialog.getByLabel('Password').fill(alice.password);
    await dialog.getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await isAsItWas(app);
  });
});

test.describe('roles that change', () => {
  test('end a session at once, with the reason, and it starts again in its place', async ({ work: app, served }) => {
    const deny = `{kind: role, version: v8, metadata: {name: contractors}, spec: {deny: {aws_role_arns: ['${exampleArn}']}}}`;
    await served.write(deny);
    const user = (roles: string) =>
      `{kind: user, version: v2, metadata: {name: alice}, spec: {roles: [aws-dynamodb-access, editor, auditor${roles}], traits: {aws_role_arns: ['${exampleArn}', 'arn:aws:iam::123456789000:role/role_for_alice']}}}`;
    await served.write(user(', contractors'));
    const ended = app.page.getByRole('alert').filter({ hasText: 'This session was ended' });
    await expect(ended).toContainText('The role contractors denies this IAM role.');
    await picture(app, 'session-ended');
    await isAsItWas(app);
    await served.write(user(''));
    await ended.getByRole('button', { name: 'Start again' }).click();
    await expect(ended).toBeHidden();
    await isAsItWas(app);
    await app.button('Read it again from the beginning').click();
    await expect(app.page.getByRole('gridcell', { name: 'all types', exact: true })).toBeVisible();
  });

  test('bring new IAM roles into the list, without another login', async ({ launch, served }) => {
    const app = await launch({ ROLEGATE_HOME: (await served.home()).folder });
    await app.enter(bob);
    await expect(app.role('role_for_bob')).toBeVisible();
    await expect(app.role('role_chain_first')).toHaveCount(0);
    await served.write(
      `{kind: user, version: v2, metadata: {name: bob}, spec: {roles: [aws-dynamodb-access], traits: {aws_role_arns: ['arn:aws:iam::123456789000:role/role_for_bob', 'arn:aws:iam::123456789000:role/role_chain_first']}}}`,
    );
    await expect(app.role('role_chain_first')).toBeVisible();
  });
});
