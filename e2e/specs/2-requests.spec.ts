import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { startServedSandbox } from '../fixtures/served-sandbox.ts';
import * as users from '../integration/test-engine.ts';
import type { App } from '../pages/app.ts';

const wanted = 'role_chain_first';
const documents = `
kind: role
version: v8
metadata: {name: on-call}
spec: {allow: {request: {app_labels: {'*': '*'}, aws_role_arns: ['arn:aws:iam::123456789000:role/${wanted}'], max_duration: 4h}}}
---
kind: user
version: v2
metadata: {name: bob}
spec: {roles: [aws-dynamodb-access, on-call], traits: {aws_role_arns: ['arn:aws:iam::123456789000:role/role_for_bob']}}
---
kind: user
version: v2
metadata: {name: alice}
spec: {roles: [aws-dynamodb-access, editor, auditor, reviewer], traits: {aws_role_arns: ['arn:aws:iam::123456789000:role/role_for_alice']}}
`;

const picture = (app: App, name: string) =>
  app.page.screenshot({ path: join('test-results', 'screens', `${name}.png`) });

test('one asks, another approves, and both see it as it happens', async ({ launch }) => {
  const served = await startServedSandbox();
  try {
    await served.write(documents);
    const open = async (who: typeof users.alice) => {
      const app = await launch({ ROLEGATE_HOME: (await served.home()).folder });
      await app.enter(who);
      return app;
    };
    const [bob, alice] = [await open(users.bob), await open(users.alice)];

    await expect(bob.role(wanted)).toContainText('Ask for access');
    await bob.role(wanted).getByRole('gridcell', { name: wanted, exact: true }).click();
    const ask = bob.page.getByRole('dialog', { name: 'Ask for access' });
    await ask.getByLabel('Reason').fill('OPS-7: the export has failed');
    await ask.getByLabel('For how long').click();
    await bob.page.getByRole('option', { name: '2 hours' }).click();
    await picture(bob, 'request-ask');
    await ask.getByRole('button', { name: 'Ask for access' }).click();
    await expect(bob.role(wanted)).toContainText('Asked, pending');

    // Alice has touched nothing.
    await expect(alice.toast(`bob asks for ${wanted}`)).toBeVisible();
    await expect(alice.button('User alice, 1 request to decide on')).toBeVisible();
    await alice.openUserMenu('Access requests (1)');
    const request = alice.page.getByRole('listitem').filter({ hasText: 'OPS-7: the export has failed' });
    await expect(request).toContainText('2 hours');
    await picture(alice, 'request-decide');
    await request.getByRole('button', { name: `Approve ${wanted} for bob` }).click();
    const decide = alice.page.getByRole('dialog', { name: 'Approve this request?' });
    await decide.getByLabel('Comment').fill('Until it is mended');
    await decide.getByRole('button', { name: 'Approve' }).click();
    await expect(request).toContainText('alice approved it');

    // Nor has Bob.
    await expect(bob.toast(new RegExp(`^You have ${wanted} until`))).toBeVisible();
    await expect(bob.role(wanted)).not.toContainText('pending');
    await bob.role(wanted).getByRole('gridcell', { name: wanted, exact: true }).click();
    await expect(bob.button(`IAM role ${wanted}`)).toBeVisible();
    await expect(bob.header).toContainText(/1 h 5\d m/);

    await bob.openUserMenu('Access requests');
    await bob.button(`Give back ${wanted}`).click();
    await expect(bob.page.getByRole('listitem').filter({ hasText: 'Withdrawn' })).toBeVisible();
    await expect(alice.page.getByRole('listitem').filter({ hasText: 'Withdrawn' })).toBeVisible();
    await bob.button('Applications').click();
    await expect(bob.role(wanted)).toContainText('Ask for access');

    await served.service.auditHead(served.admin);
    const query = { filter: { event: 'access_request' }, order: 'oldest', limit: 10 } as const;
    const { lines } = await served.service.queryAudit(served.admin, query);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'access_request.created', user: 'bob' },
      { event: 'access_request.approved', user: 'alice', subject: 'bob', reason: 'Until it is mended' },
      { event: 'access_request.withdrawn', user: 'bob' },
    ]);
  } finally {
    await served.close();
  }
});
