import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CallInput } from '../../src-shared/contracts/calls.ts';
import type { ItemPage, TableDetails } from '../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { createDynamoDbClient, toDynamoDbError } from './client.ts';
import { itemToText, textToItem } from './item-text.ts';
import type { ForwardCall } from './request-handler.ts';
import { toTableDetails } from './table-details.ts';

/** The table browser's use cases. */
export interface Tables {
  list(input: CallInput<'tables.list'>): Promise<{ names: string[]; next?: string }>;
  describe(input: CallInput<'tables.describe'>): Promise<TableDetails>;
  readPage(input: CallInput<'tables.readPage'>): Promise<ItemPage>;
}

const maxClients = 50;

/** @param forwardFor gives the way of an app session's requests; throws when there is no such session */
export function createTables(forwardFor: (appSessionId: string) => ForwardCall): Tables {
  const clients = new Map<string, Promise<DynamoDBClient>>();

  function clientFor(appSessionId: string, region: string): Promise<DynamoDBClient> {
    const key = JSON.stringify([appSessionId, region]);
    const known = clients.get(key);
    if (known) return known;
    const client = createDynamoDbClient((call, signal) => forwardFor(appSessionId)(call, signal), region);
    clients.set(key, client);
    const oldest = clients.keys().next().value;
    if (clients.size > maxClients && oldest !== undefined) clients.delete(oldest);
    return client;
  }

  async function ask<Answer>(
    { appSessionId, region }: { appSessionId: string; region: string },
    question: (client: DynamoDBClient, sdk: typeof import('@aws-sdk/client-dynamodb')) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await question(await clientFor(appSessionId, region), await import('@aws-sdk/client-dynamodb'));
    } catch (error) {
      throw toDynamoDbError(error);
    }
  }

  return {
    list: ({ after, ...where }) =>
      ask(where, async (client, { ListTablesCommand }) => {
        const answer = await client.send(
          new ListTablesCommand({ Limit: 100, ...(after !== undefined && { ExclusiveStartTableName: after }) }),
        );
        const names = answer.TableNames ?? [];
        const { LastEvaluatedTableName: next } = answer;
        return next === undefined ? { names } : { names, next };
      }),

    describe: ({ table, ...where }) =>
      ask(where, async (client, { DescribeTableCommand }) => {
        const { Table: description } = await client.send(new DescribeTableCommand({ TableName: table }));
        if (!description) throw new RolegateError('aws', 'DynamoDB described no table.');
        return toTableDetails(description);
      }),

    readPage: ({ table, index, startKey, limit, ...where }) =>
      ask(where, async (client, { ScanCommand }) => {
        const answer = await client.send(
          new ScanCommand({
            TableName: table,
            Limit: limit,
            ReturnConsumedCapacity: 'TOTAL',
            ...(index !== undefined && { IndexName: index }),
            ...(startKey !== undefined && { ExclusiveStartKey: readStartKey(startKey) }),
          }),
        );
        const { Items: items = [], LastEvaluatedKey: lastKey, ConsumedCapacity: capacity } = answer;
        return {
          items: items.map(itemToText),
          count: answer.Count ?? items.length,
          scannedCount: answer.ScannedCount ?? items.length,
          ...(lastKey && { lastEvaluatedKey: itemToText(lastKey) }),
          ...(capacity?.CapacityUnits !== undefined && { capacityUnits: capacity.CapacityUnits }),
        };
      }),
  };
}

function readStartKey(text: string) {
  try {
    return textToItem(text);
  } catch {
    throw new RolegateError('bad_input', 'The place where this page should begin cannot be read.');
  }
}
