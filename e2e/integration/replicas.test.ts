import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../src-sandbox/engine/dynalite.ts';
import { dynoxideProgram, startDynoxide } from '../../src-sandbox/engine/dynoxide.ts';
import type { Engine } from '../../src-sandbox/engine/engine.ts';
import { dynamoDbClient } from '../../src-service/backend/dynamodb/client.ts';
import { createBackendTable } from '../../src-service/backend/dynamodb/table.ts';
import { listTablesCall } from '../../src-service/testing/list-tables-call.ts';
import { aliceAndAdmin, exampleArn } from '../../src-service/testing/people.ts';
import { startTestService, type TestService } from '../../src-service/testing/test-service.ts';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';

/** Two app-services that share one DynamoDB table, as behind a load balancer. */
describe('two replicas on one table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-replicas-'));
  let engine: Engine;
  let first: TestService;
  let second: TestService;
  let admin: string;

  beforeAll(async () => {
    const start = dynoxideProgram() === undefined ? startDynalite : startDynoxide;
    engine = await start({ folder, region: 'us-east-1' });
    const store = {
      table: 'rolegate',
      region: 'us-east-1',
      credentials: async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }),
      endpoint: engine.origin,
    };
    const client = await dynamoDbClient(store);
    await createBackendTable(client, store.table);
    client.destroy();
    const backend = { type: 'dynamodb', ...store } as const;
    [first, second] = await Promise.all([
      startTestService(aliceAndAdmin, { backend }),
      startTestService(aliceAndAdmin, { backend }),
    ]);
    admin = (await first.service.loginAs('admin')).token;
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (text: string) =>
    first.service.writeResources(admin, { files: [{ file: 'x.yaml', text }], mode: 'upsert' });
  async function aliceOnSecond() {
    const { token } = await first.service.loginAs('alice');
    const { id } = await second.service.startAppSession(token, { app: 'aws', roleArn: exampleArn });
    expect((await second.service.forward(token, listTablesCall(id))).status).toBe(200);
    return { token, id };
  }

  it('know each other’s logins, sessions and aliceAndAdmin', async () => {
    const { token, id } = await aliceOnSecond();
    expect((await first.service.forward(token, listTablesCall(id))).status).toBe(200);
    await write('kind: role\nversion: v7\nmetadata: {name: fresh}\nspec: {}\n');
    await expect
      .poll(async () => (await second.service.showResources(admin, { kind: 'role' })).resources.length)
      .toBe(6);
  });

  it('stop a session that the other has ended, or whose role the other has taken away', async () => {
    for (const end of [
      () => first.service.endSessions(admin, { user: 'alice' }),
      () => write('kind: user\nversion: v2\nmetadata: {name: alice}\nspec: {roles: []}\n'),
    ]) {
      const { token, id } = await aliceOnSecond();
      await end();
      const outcome = () =>
        second.service.forward(token, listTablesCall(id)).then(
          () => 'goes on',
          (error) => error.code,
        );
      await expect.poll(outcome, { timeout: 5_000 }).toMatch(/needs_login|session_expired|access_denied/);
    }
  });

  it('write one audit log', async () => {
    const heads = [await first.service.auditHead(admin), await second.service.auditHead(admin)];
    const verifier = createChainVerifier({ fromStart: true });
    let after: number | undefined;
    do {
      const page = await first.service.queryAudit(admin, {
        filter: {},
        order: 'oldest',
        limit: 100,
        ...(after !== undefined && { after }),
      });
      page.lines.forEach(verifier.add);
      after = page.next;
    } while (after !== undefined);
    const report = verifier.finish();
    expect(report.problems).toEqual([]);
    expect(report.last).toBeGreaterThanOrEqual(Math.max(...heads.map(({ seq }) => seq)));
  });
});
