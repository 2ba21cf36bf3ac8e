import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CallInput } from '../../src-shared/contracts/calls.ts';
import type { PartiqlPage } from '../../src-shared/contracts/partiql.ts';
import type { TableExtras } from '../../src-shared/contracts/table-management.ts';
import type { ItemPage } from '../../src-shared/contracts/table-reading.ts';
import type { TableDetails } from '../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import type { HeldBack } from '../../src-shared/production/production.ts';
import { createDynamoDbClient, toDynamoDbError } from './client.ts';
import { requireConfirmation } from './confirmations.ts';
import { changeTable, createTable, readExtras } from './manage-tables.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { type PartiqlInput, requireMeant, runPartiql } from './partiql.ts';
import { holdToReading } from './read-only.ts';
import { readPage } from './read-page.ts';
import type { ForwardCall } from './request-handler.ts';
import { type AskedAt, sessionClients } from './session-clients.ts';
import { createStageFiles } from './stage-files.ts';
import { createStages, type Stages } from './stages.ts';
import { createStreams, type Streams } from './streams/streams.ts';
import { toTableDetails } from './table-details.ts';

/** The table browser's use cases. */
export interface Tables {
  list(input: CallInput<'tables.list'>): Promise<{ names: string[]; next?: string }>;
  describe(input: CallInput<'tables.describe'>): Promise<TableDetails>;
  readPage(input: CallInput<'tables.readPage'>): Promise<ItemPage>;
  cancel(input: CallInput<'tables.cancel'>): void;
  runPartiql(input: PartiqlInput): Promise<PartiqlPage>;
  cancelPartiql(input: CallInput<'partiql.cancel'>): void;
  extras(input: CallInput<'tables.extras'>): Promise<TableExtras>;
  create(input: CallInput<'tables.create'>): Promise<void>;
  change(input: CallInput<'tables.change'>): Promise<void>;
  delete(input: CallInput<'tables.delete'>): Promise<void>;
  stages: Stages;
  streams: Streams;
  metrics: Metrics;
}

export interface TablesOptions {
  /** The way of an app session's requests. @throws RolegateError when there is no such session */
  forwardFor: (appSessionId: string) => ForwardCall;
  /** Whose session it is, and of which account. @throws RolegateError when there is no such session */
  ownerOf: (appSessionId: string) => { user: string; accountId: string };
  /** What holds the session to reading, and whether it is production. @throws RolegateError when there is none */
  safetyOf: (appSessionId: string) => Safety;
  /** Where changes are kept that have not been written yet. */
  stagesFolder: string;
}

/** How careful one has to be with a session. */
export interface Safety {
  heldBy: HeldBack | undefined;
  isProduction: boolean;
}

export function createTables({ forwardFor, ownerOf, safetyOf, stagesFolder }: TablesOptions): Tables {
  const heldForward = (appSessionId: string) =>
    holdToReading(
      (call, signal) => forwardFor(appSessionId)(call, signal),
      () => safetyOf(appSessionId).heldBy,
    );
  const clientFor = sessionClients(heldForward, createDynamoDbClient);
  const running = new Map<string, AbortController>();

  async function ask<Answer>(
    where: AskedAt,
    question: (client: DynamoDBClient, sdk: typeof import('@aws-sdk/client-dynamodb')) => Promise<Answer>,
    attempts?: number,
  ): Promise<Answer> {
    try {
      return await question(await clientFor(where, attempts), await import('@aws-sdk/client-dynamodb'));
    } catch (error) {
      throw toDynamoDbError(error);
    }
  }

  /** Does something that can be cancelled by its id. */
  async function stoppable<Answer>(id: string, stopped: string, act: (signal: AbortSignal) => Promise<Answer>) {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      return await act(stop.signal);
    } catch (error) {
      if (stop.signal.aborted) throw new RolegateError('cancelled', stopped);
      throw error;
    } finally {
      running.delete(id);
    }
  }

  const describe = ({ table, ...where }: CallInput<'tables.describe'>) =>
    ask(where, async (client, { DescribeTableCommand }) => {
      const { Table: description } = await client.send(new DescribeTableCommand({ TableName: table }));
      if (!description) throw new RolegateError('aws', 'DynamoDB described no table.');
      return { details: toTableDetails(description), tableId: description.TableId, description };
    });

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

    describe: async (input) => (await describe(input)).details,

    readPage: ({ readId, ...input }) =>
      stoppable(readId, 'Reading was stopped.', (signal) => ask(input, (client) => readPage(client, input, signal))),

    cancel: ({ readId }) => running.get(readId)?.abort(),

    runPartiql: async (input) => {
      const { isReading } = requireMeant(input, safetyOf(input.appSessionId).isProduction);
      // A write that got no answer may have been done. Only a transaction knows itself again when it is sent twice.
      const attempts = isReading || input.mode === 'transaction' ? undefined : 1;
      const stopped = isReading ? 'It was stopped.' : 'It was stopped, perhaps after DynamoDB had done it.';
      return stoppable(input.runId, stopped, (signal) =>
        ask(input, (client, sdk) => runPartiql(client, sdk, input, signal), attempts),
      );
    },

    cancelPartiql: ({ runId }) => running.get(runId)?.abort(),

    extras: async ({ table, ...where }) => {
      const { details } = await describe({ ...where, table });
      return ask(where, (client, sdk) => readExtras(client, sdk, table, details.arn));
    },

    create: async ({ definition, confirmed, ...where }) => {
      requireConfirmation(safetyOf(where.appSessionId).isProduction, definition.name, confirmed);
      await ask(where, (client, sdk) => createTable(client, sdk, definition));
    },

    change: async ({ table, change, confirmed, ...where }) => {
      requireConfirmation(safetyOf(where.appSessionId).isProduction, table, confirmed);
      const { details } = await describe({ ...where, table });
      await ask(where, (client, sdk) => changeTable(client, sdk, table, details.arn, change));
    },

    delete: async ({ table, typedName, ...where }) => {
      if (typedName !== table) throw new RolegateError('bad_input', 'Type the name of the table to delete it.');
      await ask(where, (client, { DeleteTableCommand }) => client.send(new DeleteTableCommand({ TableName: table })));
    },

    stages: createStages({
      files: createStageFiles(stagesFolder),
      ownerOf,
      isProduction: (appSessionId) => safetyOf(appSessionId).isProduction,
      ask,
      describe,
    }),
    streams: createStreams({
      forwardFor: heldForward,
      describe: async (input) => (await describe(input)).description,
    }),
    metrics: createMetrics({ forwardFor: heldForward }),
  };
}
