import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { signedHeaders } from '../../src-main/gateway/testing/signed.ts';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';
import { expect, test } from '../fixtures/app.ts';
import { type App, exampleRoleName } from '../pages/app.ts';

const role = (...arns: string[]) => `kind: role
version: v5
metadata:
  name: aws-dynamodb-access
spec:
  allow:
    app_labels:
      '*': '*'
    aws_role_arns: [${arns.map((arn) => `'${arn}'`).join(', ')}]
`;

const exampleArn = `arn:aws:iam::123456789000:role/${exampleRoleName}`;

async function accessibilityProblems({ page }: App): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test.describe('administration', () => {
  test('shows who gains what before a role is saved, and the user has it at once', async ({ app }) => {
    await app.logInAs('bob');
    await expect(app.role('role_for_bob')).toBeVisible();
    await expect(app.role(exampleRoleName)).toHaveCount(0);
    await app.logOut();

    await app.logInAs('alice');
    await app.openAdministration('Roles');
    const editor = await app.openResource('role/aws-dynamodb-access');
    await app.replaceText(editor, role('{{internal.aws_role_arns}}', exampleArn).replace('allow:', 'alow:'));
    await expect(app.page.getByRole('button', { name: /Line 6, column 3 alow is not known here/ })).toBeVisible();
    await expect(app.button('Review and save…')).toBeDisabled();
    expect(await accessibilityProblems(app)).toEqual([]);

    await app.replaceText(editor, role('{{internal.aws_role_arns}}', exampleArn));
    await expect(app.page.getByText('Nothing is wrong with it.')).toBeVisible();
    await app.button('Review and save…').click();
    const changes = app.page.getByRole('list', { name: 'What changes' }).getByRole('listitem');
    await expect(changes).toHaveCount(1);
    await expect(changes).toContainText(['Gains']);
    await expect(changes).toContainText(['bob']);
    await expect(changes).toContainText([exampleArn]);
    await app.button('Save').click();
    await expect(app.toast('role/aws-dynamodb-access is saved')).toBeVisible();
    await app.logOut();

    await app.logInAs('bob');
    await expect(app.role(exampleRoleName)).toBeVisible();
    await app.startRole();
  });

  test('adds a user with an invitation, locks and unlocks', async ({ app }) => {
    await app.logInAs('alice');
    await app.openAdministration('Users');
    await app.button('Add a user…').click();
    await app.page.getByRole('textbox', { name: 'Name' }).fill('carol');
    await app.page.getByRole('checkbox', { name: 'aws-dynamodb-access' }).check();
    await app.button('Add and invite').click();
    await expect(app.heading('Invitation for carol')).toBeVisible();
    await expect(app.page.getByText(/rolegate login --invitation [\w-]{43}/)).toBeVisible();
    await app.button('Done').click();

    const carol = app.page.getByRole('grid', { name: 'Users' }).getByRole('row').filter({ hasText: 'carol' });
    await expect(carol).toContainText('aws-dynamodb-access');
    await app.button('Actions for carol').click();
    await app.page.getByRole('menuitem', { name: 'Lock…' }).click();
    await app.page.getByRole('textbox', { name: 'Reason' }).fill('Lost laptop');
    await app.button('Lock').click();
    await expect(carol).toContainText('locked');
    await app.button('Actions for carol').click();
    await app.page.getByRole('menuitem', { name: 'Unlock' }).click();
    await expect(carol).not.toContainText('locked');
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  test('asks why somebody may not', async ({ app }) => {
    await app.logInAs('alice');
    await app.openAdministration('Who may assume what');
    await app.page.getByRole('textbox', { name: 'May the user' }).fill('bob');
    await app.page.getByRole('textbox', { name: 'assume the IAM role' }).fill(exampleArn);
    await app.page.getByRole('textbox', { name: 'through the app' }).fill('aws');
    await app.button('Ask').click();
    const answer = app.page.getByRole('complementary', { name: 'Ask why' });
    await expect(answer.getByText('No', { exact: true })).toBeVisible();
    await expect(answer).toContainText('aws-dynamodb-access');
    expect(await accessibilityProblems(app)).toEqual([]);
  });

  test('is not there for whoever has no rules for it, and refused when it is called by hand', async ({ app }) => {
    await app.logInAs('bob');
    await app.header.getByRole('button', { name: /^User/ }).click();
    await expect(app.page.getByRole('menuitem', { name: 'Settings' })).toBeVisible();
    await expect(app.page.getByRole('menuitem', { name: /Administration|Audit log/ })).toHaveCount(0);
    await app.page.keyboard.press('Escape');
    // In browser mode a page has no such function; its way is that of every call, which has tests of its own.
    if (!app.shell.electron) return;
    const answers = await app.page.evaluate<{ ok: boolean; error?: { code: string } }[]>(`Promise.all([
      rolegate.calls['resources.show']({ kind: 'user' }),
      rolegate.calls['resources.preview']({ file: 'x', text: 'kind: user' }),
      rolegate.calls['audit.query']({ filter: {}, order: 'newest', limit: 1 }),
      rolegate.calls['audit.verify']({ id: 'by-hand-by-hand' }),
      rolegate.calls['logins.end']({ user: 'alice' }),
    ])`);
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'access_denied' } });
  });
});

test.describe('the audit log', () => {
  test('shows a request through the gateway as it happens, and finds it again', async ({ app }) => {
    await app.startWork();
    await app.openConnect('AWS endpoint');
    const keys = await app.localKeys();
    await app.turn('Allow plain http', true);
    const address = (await app.setting('Address without TLS').textContent()) ?? '';
    await app.openAudit();
    const rows = app.page.getByRole('grid', { name: 'Events' }).getByRole('row');
    await expect(rows.first()).toBeVisible();

    const headers = signedHeaders({ host: new URL(address).host, region: 'ca-central-1', keys });
    expect((await fetch(address, { method: 'POST', headers, body: '{}' })).status).toBe(200);
    // It comes in by itself.
    const request = rows.filter({ hasText: 'dynamodb:ListTables (ca-central-1)' });
    await expect(request.first()).toContainText('alice');
    await app.page.getByRole('textbox', { name: 'Action' }).fill('ListTables');
    await app.page.getByRole('textbox', { name: 'User' }).fill('alice');
    await expect(rows.filter({ hasNotText: 'ListTables' })).toHaveCount(0);
    await request.first().click();
    const details = app.page.getByRole('complementary', { name: 'Event' });
    await expect(details).toContainText(exampleArn);
    await expect(details).toContainText('ca-central-1');
    expect(await accessibilityProblems(app)).toEqual([]);

    await app.page.getByRole('textbox', { name: 'User' }).fill('nobody');
    await expect(app.page.getByText('No event fits')).toBeVisible();
    await app.button('Verify…').click();
    await expect(app.page.getByText('Nothing was changed.')).toBeVisible();
  });

  test('has what the gateway has refused, by the request id that the tool was told', async ({ app }) => {
    await app.startWork();
    await app.openConnect('AWS endpoint');
    const keys = { ...(await app.localKeys()), secretAccessKey: 'another' };
    await app.turn('Allow plain http', true);
    const address = (await app.setting('Address without TLS').textContent()) ?? '';
    const headers = signedHeaders({ host: new URL(address).host, region: 'ca-central-1', keys });
    const refused = await fetch(address, { method: 'POST', headers, body: '{}' });
    expect(refused.status).toBe(403);
    await app.openAudit();
    await app.page.getByRole('textbox', { name: 'Request id' }).fill(refused.headers.get('x-amzn-requestid') ?? '-');
    const rows = app.page.getByRole('grid', { name: 'Events' }).getByRole('row');
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('dynamodb:ListTables (ca-central-1)');
    await rows.first().click();
    await expect(app.page.getByRole('complementary', { name: 'Event' })).toContainText('signature_mismatch');
  });

  test('is written to a file that can be verified', async ({ app, home }) => {
    await app.logInAs('alice');
    await app.openAudit();
    await expect(app.page.getByRole('grid', { name: 'Events' }).getByRole('row').first()).toBeVisible();
    const file = join(home.folder, 'audit-export.jsonl');
    // The window would ask where to put it; a browser puts it with the downloads.
    await app.shell.electron?.evaluate(({ session }, path) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path));
    }, file);
    const download = app.shell.electron ? undefined : app.page.waitForEvent('download');
    await app.button('Export…').click();
    await app.page.getByRole('menuitem', { name: /^As JSON/ }).click();
    await expect(app.toast(/events? exported/)).toBeVisible();
    await (await download)?.saveAs(file);
    const read = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
    await expect.poll(() => read().at(-1)).toBe('');
    const verifier = createChainVerifier({ fromStart: true });
    read().slice(0, -1).forEach(verifier.add);
    expect(verifier.finish()).toMatchObject({ problems: [], first: 1 });
  });
});
