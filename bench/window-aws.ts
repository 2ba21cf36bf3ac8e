import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { preparedDir } from '../e2e/integration/prepared-data.ts';
import { exampleRole } from '../e2e/integration/test-engine.ts';
import { type Sandbox, startSandbox } from '../src-sandbox/sandbox.ts';

/** An AWS of one's own, with tables to measure on, and a bare client of it. */
export interface BenchAws {
  sandbox: Sandbox;
  client: DynamoDBClient;
  close(): Promise<void>;
}

export const region = 'us-east-1';
export const smallTables = Array.from({ length: 9 }, (_, index) => `bench-page-${index}`);
export const largeTable = 'bench-large';
export const largeItems = Array.from({ length: 7 }, (_, index) => `large-${index}`);
const itemsEach = 400;

/** @param tables how many tables there are to be in all, most of them empty */
export async function startBenchAws(tables: number): Promise<BenchAws> {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-bench-aws-'));
  const sandbox = await startSandbox({ stateDir: folder, preparedDir });
  const sts = new STSClient({ region, endpoint: sandbox.endpoints.sts, credentials: sandbox.serviceCredentials });
  const { Credentials: role } = await sts.send(
    new AssumeRoleCommand({ RoleArn: exampleRole, RoleSessionName: 'bench' }),
  );
  const client = new DynamoDBClient({
    region,
    endpoint: sandbox.endpoints.dynamodb,
    credentials: {
      accessKeyId: role?.AccessKeyId ?? '',
      secretAccessKey: role?.SecretAccessKey ?? '',
      sessionToken: role?.SessionToken ?? '',
    },
  });
  for (const table of [...smallTables, largeTable]) await createTable(client, table);
  for (const table of smallTables) await fill(client, table);
  for (const id of largeItems) await client.send(new PutItemCommand({ TableName: largeTable, Item: largeItem(id) }));
  const empty = Array.from({ length: tables }, (_, index) => `many-${String(index).padStart(4, '0')}`);
  const workers = Array.from({ length: 16 }, async () => {
    for (let name = empty.pop(); name !== undefined; name = empty.pop()) await createTable(client, name);
  });
  await Promise.all(workers);
  return {
    sandbox,
    client,
    async close() {
      client.destroy();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
}

/** Items of 20 attributes, about 600 bytes each. */
async function fill(client: DynamoDBClient, table: string): Promise<void> {
  const items = Array.from({ length: itemsEach }, (_, index) => {
    const attributes = Array.from({ length: 19 }, (_, place): [string, AttributeValue] => [
      `attribute_${place}`,
      place % 3 === 0 ? { N: String(index * place) } : { S: `value ${index} of ${place}` },
    ]);
    return { id: { S: `item-${index}` }, ...Object.fromEntries(attributes) };
  });
  for (let start = 0; start < items.length; start += 25) {
    const requests = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}

/** Close to the largest that DynamoDB takes: thousands of numbers, nested maps, and one long text. */
function largeItem(id: string): Record<string, AttributeValue> {
  return {
    id: { S: id },
    numbers: { L: Array.from({ length: 9000 }, (_, index) => ({ N: String(index * 7919) })) },
    entries: {
      L: Array.from({ length: 2500 }, (_, index) => ({
        M: { name: { S: `entry number ${index}` }, isOn: { BOOL: index % 2 === 0 }, amount: { N: `${index}.25` } },
      })),
    },
    text: { S: 'many words and no end. '.repeat(9000) },
  };
}
