import type {
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
import { type ReadCall, readCall } from '../../src-shared/reading/read-call.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { jsonObject } from './raw-exchange.ts';
import { replyItems } from './reply-items.ts';
import type { AttemptsSeen } from './watch-attempts.ts';
import { watchedExchange } from './watched-exchange.ts';

/** A page to read: of which table, how, from where. */
export interface PageInput {
  table: string;
  request: ReadRequest;
  startKey?: string | undefined;
  limit?: number | undefined;
}

/** The numbers of the three answers. */
interface Answer {
  Count?: number | undefined;
  ScannedCount?: number | undefined;
  ConsumedCapacity?: ConsumedCapacity | undefined;
}

/**
 * Reads one page with GetItem, Query or Scan. Items go through as the text that DynamoDB sent.
 *
 * @throws RolegateError `bad_input` for values or a cursor that are no DynamoDB JSON; what the SDK throws
 */
export async function readPage(client: DynamoDBClient, input: PageInput, signal: AbortSignal): Promise<ItemPage> {
  const { operation, fields, texts } = readCall(input.table, input.request, input);
  const body = jsonObject(fields, checked(texts));
  const { GetItemCommand, QueryCommand, ScanCommand } = await import('@aws-sdk/client-dynamodb');
  const options = { abortSignal: signal };
  // The SDK goes by the plain fields (it finds the endpoint by them); what is sent is the body.
  const sent: unknown = fields;
  if (operation === 'GetItem') {
    const { plugin, page } = watched<GetItemCommandInput, GetItemCommandOutput>(body);
    const command = new GetItemCommand(sent as GetItemCommandInput);
    command.middlewareStack.use(plugin);
    return page({ ...(await client.send(command, options)), ScannedCount: 1 });
  }
  if (operation === 'Query') {
    const { plugin, page } = watched<QueryCommandInput, QueryCommandOutput>(body);
    const command = new QueryCommand(sent as QueryCommandInput);
    command.middlewareStack.use(plugin);
    return page(await client.send(command, options));
  }
  const { plugin, page } = watched<ScanCommandInput, ScanCommandOutput>(body);
  const command = new ScanCommand(sent as ScanCommandInput);
  command.middlewareStack.use(plugin);
  return page(await client.send(command, options));
}

/** What a command has to use to send this body, and what makes a page of its answer. */
function watched<Input extends object, Output extends object>(body: string) {
  const { plugin, reply, attempts } = watchedExchange<Input, Output>(body);
  return { plugin, page: (answer: Answer) => toPage(answer, reply(), attempts()) };
}

function toPage(answer: Answer, reply: string, attempts: AttemptsSeen): ItemPage {
  const { items, lastEvaluatedKey } = replyItems(reply);
  const { ConsumedCapacity: capacity } = answer;
  return {
    items,
    count: answer.Count ?? items.length,
    scannedCount: answer.ScannedCount ?? items.length,
    ...(lastEvaluatedKey !== undefined && { lastEvaluatedKey }),
    ...(capacity?.CapacityUnits !== undefined && { capacityUnits: capacity.CapacityUnits }),
    ...attempts,
  };
}

/** These texts go into a request as they are, so they have to be what they claim to be. */
function checked(texts: ReadCall['texts']): Record<string, string> {
  try {
    for (const text of Object.values(texts)) parseItem(text);
    return { ...texts };
  } catch {
    throw new RolegateError('bad_input', 'A value or the place where this page should begin cannot be read.');
  }
}
