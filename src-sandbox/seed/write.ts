import type { Pool } from 'undici';
import { z } from 'zod';
import { askEngine } from '../engine/ask.ts';
import { accountId } from '../iam/account.ts';
import { createTableInput, type SeedTable } from './table.ts';
import type { Item } from './values.ts';

/** Limits of BatchWriteItem, with room to spare in the second: items of a batch, and their size as JSON. */
const maxBatchItems = 25;
const maxBatchCharacters = 4_000_000;

const description = z.object({ Table: z.object({ TableStatus: z.string(), TableId: z.string() }) });

/** Creates tables and waits until they can be written to. */
export async function createTables(engine: Pool, tables: readonly SeedTable[]): Promise<void> {
  for (const table of tables) {
    await askEngine(engine, 'CreateTable', createTableInput(table));
    while ((await describeTable(engine, table.name)).TableStatus !== 'ACTIVE');
  }
}

/** The id by which a table is told from others that have had its name. */
export async function tableId(engine: Pool, name: string): Promise<string> {
  return (await describeTable(engine, name)).TableId;
}

async function describeTable(engine: Pool, name: string) {
  return description.parse(await askEngine(engine, 'DescribeTable', { TableName: name })).Table;
}

/** Writes a table's items. */
export async function writeItems(engine: Pool, table: SeedTable): Promise<void> {
  for (const batch of batchesOf(table.items())) {
    const requests = batch.map((Item) => ({ PutRequest: { Item } }));
    await askEngine(engine, 'BatchWriteItem', { RequestItems: { [table.name]: requests } });
  }
}

/** Sets what the creation of a table does not: its tags and its time to live. */
export async function tagTables(engine: Pool, region: string, tables: readonly SeedTable[]): Promise<void> {
  for (const { name, tags, timeToLive } of tables) {
    if (tags) {
      await askEngine(engine, 'TagResource', {
        ResourceArn: `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
    }
    if (timeToLive !== undefined) {
      await askEngine(engine, 'UpdateTimeToLive', {
        TableName: name,
        TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true },
      });
    }
  }
}

function* batchesOf(items: Iterable<Item>): Iterable<Item[]> {
  let batch: Item[] = [];
  let characters = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    if (batch.length === maxBatchItems || (batch.length > 0 && characters + length > maxBatchCharacters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(item);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}
