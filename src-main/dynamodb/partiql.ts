import { randomUUID } from 'node:crypto';
import type {
  BatchExecuteStatementCommandInput,
  BatchExecuteStatementCommandOutput,
  ConsumedCapacity,
  DynamoDBClient,
  ExecuteStatementCommandInput,
  ExecuteStatementCommandOutput,
  ExecuteTransactionCommandInput,
  ExecuteTransactionCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { CallInput } from '../../src-shared/contracts/calls.ts';
import type { PartiqlPage, PartiqlStatement } from '../../src-shared/contracts/partiql.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { classifyStatement, confirmationWord, writeWords } from '../../src-shared/partiql/classify.ts';
import { partiqlLimits } from '../../src-shared/partiql/statements.ts';
import { parseValue } from '../../src-shared/values/parse-item.ts';
import { requireConfirmation } from './confirmations.ts';
import { partiqlReply } from './partiql-reply.ts';
import { jsonObject } from './raw-exchange.ts';
import type { AttemptsSeen } from './watch-attempts.ts';
import { watchedExchange } from './watched-exchange.ts';

export type PartiqlInput = CallInput<'partiql.run'>;
type Sdk = typeof import('@aws-sdk/client-dynamodb');

/**
 * Whether everything in a request only reads.
 *
 * @throws RolegateError `bad_input` for a mixture, for too many statements, and for writes that nobody was asked about
 */
export function requireMeant(input: PartiqlInput, isProduction: boolean): { isReading: boolean } {
  const { mode, statements, writes, confirmed } = input;
  const most = { statement: 1, batch: partiqlLimits.batch, transaction: partiqlLimits.transaction }[mode];
  if (statements.length > most) {
    throw new RolegateError('bad_input', `A ${mode} takes ${most === 1 ? 'one' : most} at most.`, {
      hint: 'Run the others after it.',
    });
  }
  const kinds = statements.map(({ text }) => classifyStatement(text));
  const reading = kinds.filter(({ isReading }) => isReading).length;
  if (reading > 0 && reading < kinds.length) {
    throw new RolegateError('bad_input', 'DynamoDB does not read and write in one batch or transaction.', {
      hint: 'Run the SELECT statements apart from the others.',
    });
  }
  const isReading = reading === kinds.length;
  if (isReading) return { isReading };
  if (!writes) {
    throw new RolegateError('bad_input', `This would ${writeWords(kinds)}. Nothing was sent.`, {
      hint: 'Confirm that it is meant.',
    });
  }
  requireConfirmation(isProduction, confirmationWord(kinds), confirmed);
  return { isReading };
}

/**
 * Runs one page of a statement, a batch or a transaction. Values go both ways as the text that they are.
 *
 * @param client one that sends a write once only: whether it was done is for a person to find out, not for a retry
 * @throws RolegateError `bad_input` for a parameter that is no value; what the SDK throws
 */
export async function runPartiql(
  client: DynamoDBClient,
  sdk: Sdk,
  input: PartiqlInput,
  signal: AbortSignal,
): Promise<PartiqlPage> {
  switch (input.mode) {
    case 'statement':
      return runStatement(client, sdk, input, signal);
    case 'batch':
      return runBatch(client, sdk, input, signal);
    case 'transaction':
      return runTransaction(client, sdk, input, signal);
  }
}

type Run = (client: DynamoDBClient, sdk: Sdk, input: PartiqlInput, signal: AbortSignal) => Promise<PartiqlPage>;
const capacity = { ReturnConsumedCapacity: 'TOTAL' } as const;

const runStatement: Run = async (client, sdk, { statements, consistent, limit, nextToken: from }, abortSignal) => {
  const [{ text, parameters } = { text: '', parameters: [] }] = statements;
  const fields = {
    Statement: text,
    ...capacity,
    ...(consistent && { ConsistentRead: true }),
    ...(limit !== undefined && { Limit: limit }),
    ...(from !== undefined && { NextToken: from }),
  };
  const command = new sdk.ExecuteStatementCommand(fields);
  const { plugin, reply, attempts } = watchedExchange<ExecuteStatementCommandInput, ExecuteStatementCommandOutput>(
    jsonObject(fields, parameterTexts(parameters)),
  );
  command.middlewareStack.use(plugin);
  const answer = await client.send(command, { abortSignal });
  const { items, nextToken } = partiqlReply(reply());
  return {
    outcomes: [{ items }],
    ...(nextToken !== undefined && { nextToken }),
    ...costs(attempts(), [answer.ConsumedCapacity]),
  };
};

const runBatch: Run = async (client, sdk, { statements, consistent }, abortSignal) => {
  const command = new sdk.BatchExecuteStatementCommand({ Statements: [], ...capacity });
  const Statements = members(statements, consistent ? { ConsistentRead: true } : {});
  const { plugin, reply, attempts } = watchedExchange<
    BatchExecuteStatementCommandInput,
    BatchExecuteStatementCommandOutput
  >(jsonObject(capacity, { Statements }));
  command.middlewareStack.use(plugin);
  const answer = await client.send(command, { abortSignal });
  return { outcomes: outcomesIn(reply(), statements.length), ...costs(attempts(), answer.ConsumedCapacity) };
};

const runTransaction: Run = async (client, sdk, { statements }, abortSignal) => {
  // The token makes it one transaction however often the SDK has to send it.
  const fields = { ClientRequestToken: randomUUID(), ...capacity };
  const command = new sdk.ExecuteTransactionCommand({ TransactStatements: [], ...fields });
  const { plugin, reply, attempts } = watchedExchange<ExecuteTransactionCommandInput, ExecuteTransactionCommandOutput>(
    jsonObject(fields, { TransactStatements: members(statements, {}) }),
  );
  command.middlewareStack.use(plugin);
  const answer = await client.send(command, { abortSignal });
  return { outcomes: outcomesIn(reply(), statements.length), ...costs(attempts(), answer.ConsumedCapacity) };
};

function members(statements: readonly PartiqlStatement[], more: Record<string, unknown>): string {
  const texts = statements.map(({ text, parameters }) =>
    jsonObject({ Statement: text, ...more }, parameterTexts(parameters)),
  );
  return `[${texts.join(',')}]`;
}

/** A reply that is shorter than what was asked leaves the rest without an answer, not without a place. */
function outcomesIn(reply: string, count: number): PartiqlPage['outcomes'] {
  const { responses } = partiqlReply(reply);
  return Array.from({ length: count }, (_, at) => {
    const { item, error } = responses[at] ?? {};
    const failure = error && new RolegateError('aws', error.message, { awsCode: error.code }).toData();
    return { items: item === undefined ? [] : [item], ...(failure && { error: failure }) };
  });
}

function parameterTexts(parameters: readonly string[]): Record<string, string> {
  if (parameters.length === 0) return {};
  for (const [at, text] of parameters.entries()) {
    try {
      parseValue(text);
    } catch {
      throw new RolegateError('bad_input', `Parameter ${at + 1} is not a value of DynamoDB.`, {
        hint: 'Write it as DynamoDB JSON, such as {"S":"text"}.',
      });
    }
  }
  return { Parameters: `[${parameters.join(',')}]` };
}

/** What came of a request beside its items: its costs, and how often it had to be sent. */
function costs(attempts: AttemptsSeen, consumed: readonly (ConsumedCapacity | undefined)[] = []) {
  const units = consumed.flatMap((one) => one?.CapacityUnits ?? []);
  return { ...attempts, ...(units.length > 0 && { capacityUnits: units.reduce((sum, one) => sum + one, 0) }) };
}
