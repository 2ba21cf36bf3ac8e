import type { CreateTableCommandInput, DynamoDBClient, TableDescription } from '@aws-sdk/client-dynamodb';
import { RolegateError } from '../../../src-shared/errors.ts';

/**
 * The one table that all replicas of an app-service share. A key's first part is the partition, the rest the sort
 * key, so that a range is a query. `changes` finds what was written lately in a partition, for those who watch;
 * `ttl` lets DynamoDB delete what is over, some time later.
 */
export const attributes = {
  partition: 'partition',
  key: 'key',
  value: 'value',
  revision: 'revision',
  /** Milliseconds; `ttl` has the same in seconds, as DynamoDB wants it. */
  expiresAt: 'expiresAt',
  ttl: 'ttl',
  changedAt: 'changedAt',
  /** Set on what is left of a deleted entry for a while, so that watchers see it go. */
  deleted: 'deleted',
} as const;

export const changesIndex = 'changes';

const description = {
  AttributeDefinitions: [
    { AttributeName: attributes.partition, AttributeType: 'S' },
    { AttributeName: attributes.key, AttributeType: 'S' },
    { AttributeName: attributes.changedAt, AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: attributes.partition, KeyType: 'HASH' },
    { AttributeName: attributes.key, KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: changesIndex,
      KeySchema: [
        { AttributeName: attributes.partition, KeyType: 'HASH' },
        { AttributeName: attributes.changedAt, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [attributes.revision] },
    },
  ],
  BillingMode: 'PAY_PER_REQUEST',
} satisfies Omit<CreateTableCommandInput, 'TableName'>;

const readyWithin = 300;

/**
 * Makes the table with everything that it needs, or completes one that exists.
 *
 * @returns whether it was made now
 * @throws RolegateError `conflict` when a table of this name is there for something else
 */
export async function createBackendTable(client: DynamoDBClient, table: string): Promise<boolean> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  const existing = await describeTable(client, table);
  if (existing && !fits(existing)) {
    throw new RolegateError('conflict', `The table ${table} exists and is not an app-service's.`, {
      hint: 'Choose another name.',
    });
  }
  if (!existing) {
    // Whoever deletes this table deletes every user, session and audit event; that should take two steps.
    await client.send(
      new sdk.CreateTableCommand({ ...description, TableName: table, DeletionProtectionEnabled: true }),
    );
  }
  await sdk.waitUntilTableExists({ client, maxWaitTime: readyWithin, minDelay: 1 }, { TableName: table });
  await enableExpiry(client, table);
  return !existing;
}

async function enableExpiry(client: DynamoDBClient, table: string): Promise<void> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  const { TimeToLiveDescription: now } = await client.send(new sdk.DescribeTimeToLiveCommand({ TableName: table }));
  if (now?.TimeToLiveStatus?.startsWith('ENABL')) return;
  const specification = { AttributeName: attributes.ttl, Enabled: true };
  const command = new sdk.UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: specification });
  await client.send(command).catch((error: unknown) => {
    // An emulator may lack it. What is over is over all the same, it only stays in the table.
    if ((error as Error).name !== 'UnknownOperationException') throw error;
  });
}

/** @returns undefined when there is no such table */
export async function describeTable(client: DynamoDBClient, table: string): Promise<TableDescription | undefined> {
  const { DescribeTableCommand } = await import('@aws-sdk/client-dynamodb');
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Whether a table has the keys and the index that are needed. */
export function fits(table: TableDescription): boolean {
  const index = table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === changesIndex);
  return (
    keysOf(table.KeySchema) === keysOf(description.KeySchema) &&
    keysOf(index?.KeySchema) === keysOf(description.GlobalSecondaryIndexes[0]?.KeySchema)
  );
}

function keysOf(schema: TableDescription['KeySchema'] | readonly { AttributeName: string; KeyType: string }[]): string {
  const keys = (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
  return keys.sort().join();
}
