import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Backend, Entry, RangeOptions, StoredEntry } from '../backend.ts';
import { newRevision, prefixParts } from '../entry-text.ts';
import { type DynamoDbStore, dynamoDbClient, tableError } from './client.ts';
import { type Item, toEntry, toItem, toItemKey, toTombstone } from './items.ts';
import { attributes, describeTable, fits } from './table.ts';
import { tableClock } from './table-clock.ts';
import { watchTable } from './watch.ts';

const names = {
  '#partition': attributes.partition,
  '#key': attributes.key,
  '#revision': attributes.revision,
  '#deleted': attributes.deleted,
  '#expiresAt': attributes.expiresAt,
};
const isAlive =
  'attribute_exists(#partition) AND attribute_not_exists(#deleted) AND ' +
  '(attribute_not_exists(#expiresAt) OR #expiresAt > :now)';
const isFree = 'attribute_not_exists(#partition) OR attribute_exists(#deleted) OR #expiresAt <= :now';

/**
 * A backend in a DynamoDB table, which any number of replicas share. Every read is consistent; a write is conditional
 * where it has to be, so no replica overwrites what it has not seen.
 *
 * @throws RolegateError `unavailable` when the table cannot be used
 */
export async function openDynamoDbBackend(store: DynamoDbStore, now: () => number = Date.now): Promise<Backend> {
  const { table } = store;
  const sdk = await import('@aws-sdk/client-dynamodb');
  const client = await dynamoDbClient(store);
  const tableNow = tableClock(client, now);
  await requireTable();
  const watching = watchTable(client, table, tableNow);

  async function requireTable(): Promise<void> {
    const found = await attempt(() => describeTable(client, table));
    if (found && fits(found)) return;
    client.destroy();
    const error = Object.assign(new Error('no table'), { name: 'ResourceNotFoundException' });
    throw tableError(error, store);
  }

  async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw tableError(error, store);
    }
  }

  /** Writes an item if it meets a condition. */
  async function write(item: Item, condition?: { expression: string; values: Item }): Promise<boolean> {
    try {
      await client.send(
        new sdk.PutItemCommand({
          TableName: table,
          Item: item,
          ...(condition && {
            ConditionExpression: condition.expression,
            ExpressionAttributeNames: namesIn(condition.expression),
            ExpressionAttributeValues: condition.values,
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        }),
      );
      return true;
    } catch (error) {
      const { name, Item: found } = error as { name?: string; Item?: Item };
      if (name === 'ConditionalCheckFailedException') {
        // A write whose answer was lost is sent again, and then finds itself.
        return found?.[attributes.revision]?.S === item[attributes.revision]?.S;
      }
      throw tableError(error, store);
    }
  }

  async function writeEntry(entry: Entry, condition?: { expression: string; values: Item }) {
    const revision = newRevision();
    return (await write(toItem(entry, revision, tableNow()), condition)) ? revision : undefined;
  }

  async function range(prefix: string, { limit = Number.POSITIVE_INFINITY, after, reverse }: RangeOptions = {}) {
    const [partition, rest] = prefixParts(prefix);
    const entries: StoredEntry[] = [];
    let start = after === undefined ? undefined : toItemKey(after);
    do {
      const query: QueryCommandInput = {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: `#partition = :partition${rest === '' ? '' : ' AND begins_with(#key, :rest)'}`,
        ExpressionAttributeNames: {
          '#partition': attributes.partition,
          ...(rest !== '' && { '#key': attributes.key }),
        },
        ExpressionAttributeValues: { ':partition': { S: partition }, ...(rest !== '' && { ':rest': { S: rest } }) },
        ScanIndexForward: !reverse,
        ExclusiveStartKey: start,
        // Entries that are over are read as well and do not count.
        ...(limit < 1000 && { Limit: Math.max(1, limit - entries.length) }),
      };
      const page = await attempt(() => client.send(new sdk.QueryCommand(query)));
      for (const item of page.Items ?? []) {
        const entry = toEntry(item, now());
        if (entry && entries.length < limit) entries.push(entry);
      }
      start = page.LastEvaluatedKey;
    } while (start && entries.length < limit);
    return entries;
  }

  const time = () => ({ ':now': { N: String(now()) } });
  const unchanged = (revision: string) => ({
    expression: `${isAlive} AND #revision = :revision`,
    values: { ...time(), ':revision': { S: revision } },
  });

  return {
    async get(key) {
      const command = new sdk.GetItemCommand({ TableName: table, Key: toItemKey(key), ConsistentRead: true });
      return toEntry((await attempt(() => client.send(command))).Item, now());
    },
    put: async (entry) => (await writeEntry(entry)) as string,
    create: (entry) => writeEntry(entry, { expression: isFree, values: time() }),
    compareAndSwap: (entry, revision) => writeEntry(entry, unchanged(revision)),
    delete: (key, revision) =>
      write(
        toTombstone(key, newRevision(), tableNow()),
        revision === undefined ? { expression: isAlive, values: time() } : unchanged(revision),
      ),
    range,
    watch: watching.add,
    async close() {
      watching.stop();
      client.destroy();
    },
  };
}

/** DynamoDB refuses names that an expression does not use. */
function namesIn(expression: string): Record<string, string> {
  return Object.fromEntries(Object.entries(names).filter(([name]) => new RegExp(`${name}\\b`).test(expression)));
}
