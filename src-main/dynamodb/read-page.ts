import type {
  AttributeValue,
  ConsumedCapacity,
  DynamoDBClient,
  GetItemCommandInput,
  GetItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { ItemPage, ReadRequest } from '../../src-shared/contracts/table-reading.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { readCall } from '../../src-shared/reading/read-call.ts';
import { itemToText, textToItem } from './item-text.ts';
import { type AttemptsSeen, watchAttempts } from './watch-attempts.ts';

/** A page to read: of which table, how, from where. */
export interface PageInput {
  table: string;
  request: ReadRequest;
  startKey?: string | undefined;
  limit?: number | undefined;
}

/** The parts of the three answers that matter here. */
interface Answer {
  Item?: Record<string, AttributeValue> | undefined;
  Items?: Record<string, AttributeValue>[] | undefined;
  LastEvaluatedKey?: Record<string, AttributeValue> | undefined;
  Count?: number | undefined;
  ScannedCount?: number | undefined;
  ConsumedCapacity?: ConsumedCapacity | undefined;
}

/**
 * Reads one page with GetItem, Query or Scan.
 *
 * @throws RolegateError `bad_input` for values or a cursor that are no DynamoDB JSON; what the SDK throws
 */
export async function readPage(client: DynamoDBClient, input: PageInput, signal: AbortSignal): Promise<ItemPage> {
  const { operation, fields, texts } = readCall(input.table, input.request, input);
  const sent = { ...fields, ...decoded(texts) };
  const { GetItemCommand, QueryCommand, ScanCommand } = await import('@aws-sdk/client-dynamodb');
  const options = { abortSignal: signal };
  if (operation === 'GetItem') {
    const attempts = watchAttempts<GetItemCommandInput, GetItemCommandOutput>();
    const command = new GetItemCommand(sent as unknown as GetItemCommandInput);
    command.middlewareStack.use(attempts.plugin);
    const { Item: item, ...rest } = await client.send(command, options);
    return toPage({ ...rest, Items: item ? [item] : [], ScannedCount: 1 }, attempts.seen());
  }
  if (operation === 'Query') {
    const attempts = watchAttempts<QueryCommandInput, QueryCommandOutput>();
    const command = new QueryCommand(sent as unknown as QueryCommandInput);
    command.middlewareStack.use(attempts.plugin);
    return toPage(await client.send(command, options), attempts.seen());
  }
  const attempts = watchAttempts<ScanCommandInput, ScanCommandOutput>();
  const command = new ScanCommand(sent as unknown as ScanCommandInput);
  command.middlewareStack.use(attempts.plugin);
  return toPage(await client.send(command, options), attempts.seen());
}

function toPage(answer: Answer, attempts: AttemptsSeen): ItemPage {
  const { Items: items = [], LastEvaluatedKey: lastKey, ConsumedCapacity: capacity } = answer;
  return {
    items: items.map(itemToText),
    count: answer.Count ?? items.length,
    scannedCount: answer.ScannedCount ?? items.length,
    ...(lastKey && { lastEvaluatedKey: itemToText(lastKey) }),
    ...(capacity?.CapacityUnits !== undefined && { capacityUnits: capacity.CapacityUnits }),
    ...attempts,
  };
}

function decoded(texts: Record<string, string>): Record<string, unknown> {
  try {
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textToItem(text)]));
  } catch {
    throw new RolegateError('bad_input', 'A value or the place where this page should begin cannot be read.');
  }
}
