import { randomUUID } from 'node:crypto';
import type {
  DeleteItemCommandInput,
  DynamoDBClient,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Pluggable } from '@aws-sdk/types';
import type { ChangeOutcome, CommitMode, StagedChange } from '../../src-shared/contracts/staging.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import {
  transactionLimits,
  type WriteAction,
  WriteActionError,
  writeActions,
} from '../../src-shared/staging/write-actions.ts';
import { sameItem } from '../../src-shared/values/compare.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { toDynamoDbError } from './client.ts';
import { jsonObject, rawExchange } from './raw-exchange.ts';
import { replyItems } from './reply-items.ts';

/** A change with its writes. */
interface Planned {
  change: StagedChange;
  actions: WriteAction[];
}

/**
 * Writes changes. Each is guarded by conditions; what somebody else wrote in the meantime is never lost.
 *
 * @param keyNames the attributes of the table's key, the partition key first
 * @throws RolegateError `limit` when they are to be written together and are too many for it
 */
export async function commitChanges(
  client: DynamoDBClient,
  table: string,
  keyNames: readonly string[],
  changes: readonly StagedChange[],
  mode: CommitMode,
): Promise<ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  const planned: Planned[] = [];
  for (const change of changes) {
    try {
      const actions = writeActions(table, change, keyNames);
      if (actions.length === 0) outcomes.push({ kind: 'done', id: change.id });
      else planned.push({ change, actions });
    } catch (error) {
      if (!(error instanceof WriteActionError)) throw error;
      outcomes.push(failed(change, new RolegateError('limit', error.message)));
    }
  }
  // Together means together: with one that cannot be written, none is.
  if (mode === 'together' && outcomes.some(({ kind }) => kind === 'failed')) {
    return [...outcomes, ...planned.map(({ change }) => held(change))];
  }
  const parts = mode === 'each' ? planned.map((one) => [one]) : inParts(planned);
  if (mode === 'together' && parts.length > 1) {
    throw new RolegateError('limit', 'These changes are too many for one transaction: it takes 100 writes and 4 MB.', {
      hint: 'Commit them in parts. Each part is all or nothing, but not all of them together.',
    });
  }
  let isOver = false;
  for (const part of parts) {
    // A part that failed ends it, so that nobody has to find out what was written after it.
    const written = isOver ? part.map(({ change }) => held(change)) : await writePart(client, part);
    if (mode !== 'each' && written.some(({ kind }) => kind !== 'done')) isOver = true;
    outcomes.push(...written);
  }
  return outcomes;
}

/** As many changes in each part as a transaction takes; the two writes of a move stay together. */
function inParts(planned: readonly Planned[]): Planned[][] {
  const parts: Planned[][] = [];
  let count = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (const one of planned) {
    const more = one.actions.reduce((sum, action) => sum + action.bytes, 0);
    if (count + one.actions.length > transactionLimits.actions || bytes + more > transactionLimits.bytes) {
      parts.push([]);
      count = 0;
      bytes = 0;
    }
    parts.at(-1)!.push(one);
    count += one.actions.length;
    bytes += more;
  }
  return parts;
}

async function writePart(client: DynamoDBClient, part: readonly Planned[]): Promise<ChangeOutcome[]> {
  const [only] = part;
  const isOne = part.length === 1 && only?.actions.length === 1;
  const reply = { text: () => '' };
  try {
    if (isOne) await writeOne(client, only.actions[0]!, reply);
    else await writeTransaction(client, part, reply);
    return part.map(({ change }) => ({ kind: 'done', id: change.id }));
  } catch (error) {
    return outcomesOf(error, reply.text(), part);
  }
}

/** Where the text of the answer can be found once there is one. */
interface Reply {
  text: () => string;
}

async function writeOne(client: DynamoDBClient, action: WriteAction, reply: Reply): Promise<void> {
  const { DeleteItemCommand, PutItemCommand, UpdateItemCommand } = await import('@aws-sdk/client-dynamodb');
  const fields: unknown = action.fields;
  if (action.kind === 'Put') {
    const command = new PutItemCommand(fields as PutItemCommandInput);
    command.middlewareStack.use(exchanging(bodyOf(action), reply));
    await client.send(command);
  } else if (action.kind === 'Update') {
    const command = new UpdateItemCommand(fields as UpdateItemCommandInput);
    command.middlewareStack.use(exchanging(bodyOf(action), reply));
    await client.send(command);
  } else {
    const command = new DeleteItemCommand(fields as DeleteItemCommandInput);
    command.middlewareStack.use(exchanging(bodyOf(action), reply));
    await client.send(command);
  }
}

async function writeTransaction(client: DynamoDBClient, part: readonly Planned[], reply: Reply): Promise<void> {
  const { TransactWriteItemsCommand } = await import('@aws-sdk/client-dynamodb');
  const items = part.flatMap(({ actions }) => actions.map((action) => `{"${action.kind}":${bodyOf(action)}}`));
  // The token makes it one transaction however often the SDK has to send it.
  const fields = { ClientRequestToken: randomUUID() };
  const command = new TransactWriteItemsCommand({ TransactItems: [], ...fields });
  command.middlewareStack.use(exchanging(jsonObject(fields, { TransactItems: `[${items.join(',')}]` }), reply));
  await client.send(command);
}

function exchanging<Input extends object, Output extends object>(body: string, reply: Reply): Pluggable<Input, Output> {
  const exchange = rawExchange<Input, Output>(body);
  reply.text = exchange.reply;
  return exchange.plugin;
}

function bodyOf({ fields, texts }: WriteAction): string {
  return jsonObject({ ...fields, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }, texts);
}

/** What became of the changes of a part that was not written; a transaction gives a reason for each of its writes. */
function outcomesOf(error: unknown, reply: string, part: readonly Planned[]): ChangeOutcome[] {
  const { name, CancellationReasons: reasons } = error as {
    name?: string;
    CancellationReasons?: { Code?: string; Message?: string }[];
  };
  const [only] = part;
  if (name === 'ConditionalCheckFailedException' && only) return [conflict(only.change, replyItems(reply).items[0])];
  if (name !== 'TransactionCanceledException' || !reasons) {
    const plain = toDynamoDbError(error);
    return part.map(({ change }) => failed(change, plain));
  }
  const items = replyItems(reply).reasons;
  let at = 0;
  return part.map(({ change, actions }) => {
    const first = at;
    at += actions.length;
    const own = reasons.slice(first, at).findIndex(({ Code: code }) => code !== undefined && code !== 'None');
    const reason = reasons[first + own];
    if (own < 0 || !reason) return held(change);
    if (reason.Code === 'ConditionalCheckFailed') return conflict(change, items[first + own]);
    const message = reason.Message ?? `DynamoDB refused it: ${reason.Code}.`;
    const isBusy = reason.Code === 'TransactionConflict' || reason.Code === 'ThrottlingError';
    return failed(change, new RolegateError('aws', message, { awsCode: reason.Code, retryable: isBusy }));
  });
}

/** Somebody was faster. Where what is there is just what was to be written, an earlier attempt of ours was. */
function conflict(change: StagedChange, item: string | undefined): ChangeOutcome {
  const current = item === '{}' ? undefined : item;
  if (change.kind === 'edit' && current !== undefined && sameItem(parseItem(current), parseItem(change.item))) {
    return { kind: 'done', id: change.id };
  }
  return { kind: 'conflict', id: change.id, ...(current !== undefined && { current }) };
}

function failed({ id }: StagedChange, error: RolegateError): ChangeOutcome {
  return { kind: 'failed', id, error: error.toData() };
}

function held({ id }: StagedChange): ChangeOutcome {
  return { kind: 'held', id };
}
