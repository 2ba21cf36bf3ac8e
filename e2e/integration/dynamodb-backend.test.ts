import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../src-sandbox/engine/dynalite.ts';
import { dynoxideProgram, startDynoxide } from '../../src-sandbox/engine/dynoxide.ts';
import type { Engine } from '../../src-sandbox/engine/engine.ts';
import { dynamoDbClient } from '../../src-service/backend/dynamodb/client.ts';
import { openDynamoDbBackend } from '../../src-service/backend/dynamodb/dynamodb.ts';
import { createBackendTable } from '../../src-service/backend/dynamodb/table.ts';
import { backendConformance } from '../../src-service/backend/testing/conformance.ts';

const region = 'us-east-1';
const credentials = async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'secret' });

/** The same tests as for libsql, on each DynamoDB engine that the sandbox can stand on. */
describe.each([
  ['dynoxide', startDynoxide],
  ['dynalite', startDynalite],
] as const)('on %s', (name, start) => {
  const isHere = name === 'dynalite' || dynoxideProgram() !== undefined;
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-dynamodb-'));
  let engine: Engine;
  let count = 0;

  beforeAll(async () => {
    if (isHere) engine = await start({ folder, region });
  });
  afterAll(async () => {
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.skipIf(!isHere)('', () => {
    const store = (table: string) => ({ table, region, credentials, endpoint: engine.origin });

    backendConformance(`DynamoDB (${name})`, async () => {
      const options = store(`rolegate-${count++}`);
      const client = await dynamoDbClient(options);
      await createBackendTable(client, options.table);
      client.destroy();
      let time = 2_000_000_000_000;
      return {
        open: () => openDynamoDbBackend(options, () => time),
        sleep: (milliseconds) => {
          time += milliseconds;
        },
      };
    });

    it.each([-90_000, 90_000])('hears of what a replica writes whose clock is %i ms off', async (off) => {
      const options = store(`rolegate-${count++}`);
      const client = await dynamoDbClient(options);
      await createBackendTable(client, options.table);
      client.destroy();
      const [here, there] = [
        await openDynamoDbBackend(options),
        await openDynamoDbBackend(options, () => Date.now() + off),
      ];
      const told = new Promise<string>((resolve) => here.watch('w/', ({ keys: [key = ''] }) => resolve(key)));
      const toldThere = new Promise<string>((resolve) => there.watch('w/', ({ keys: [key = ''] }) => resolve(key)));
      await there.put({ key: 'w/from-there', value: 1 });
      expect(await told).toBe('w/from-there');
      await here.put({ key: 'w/from-here', value: 1 });
      expect(await toldThere).toMatch(/^w\/from-/);
      await Promise.all([here.close(), there.close()]);
    });

    it('makes its table once, and refuses one that is for something else', async () => {
      const client = await dynamoDbClient(store('x'));
      expect(await createBackendTable(client, 'made-twice')).toBe(true);
      expect(await createBackendTable(client, 'made-twice')).toBe(false);
      await client.send(
        new CreateTableCommand({
          TableName: 'something-else',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      await expect(createBackendTable(client, 'something-else')).rejects.toMatchObject({ code: 'conflict' });
      client.destroy();
    });

    it('says which command makes a table that is not there', async () => {
      await expect(openDynamoDbBackend(store('nowhere'))).rejects.toMatchObject({
        code: 'unavailable',
        message: 'There is no table nowhere in us-east-1.',
        hint: expect.stringContaining('rolegate backend create-table --table nowhere'),
      });
    });
  });
});

it('says that the table cannot be reached, and nothing of who we are at AWS', async () => {
  const options = { table: 'x', region, credentials, endpoint: 'http://127.0.0.1:1' };
  await expect(openDynamoDbBackend(options)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/^The app-service's store cannot be used \(\w+\)\.$/),
  });
});
