import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CallInput, CallOutput } from '../../src-shared/contracts/calls.ts';
import type { StagedChange } from '../../src-shared/contracts/staging.ts';
import type { TableDetails } from '../../src-shared/contracts/tables.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { itemProblems } from '../../src-shared/values/item-problems.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { formatPath } from '../../src-shared/values/path.ts';
import { commitChanges } from './commit.ts';
import { requireConfirmation } from './confirmations.ts';
import type { StageFiles, StageOwner } from './stage-files.ts';

/** The changes that wait to be written. */
export interface Stages {
  get(input: CallInput<'stages.get'>): Promise<CallOutput<'stages.get'>>;
  set(input: CallInput<'stages.set'>): Promise<void>;
  commit(input: CallInput<'stages.commit'>): Promise<CallOutput<'stages.commit'>>;
}

export interface StagesOptions {
  files: StageFiles;
  /** Whose session it is, and of which account. @throws RolegateError when there is no such session */
  ownerOf: (appSessionId: string) => { user: string; accountId: string };
  isProduction: (appSessionId: string) => boolean;
  ask: <Answer>(
    where: { appSessionId: string; region: string },
    question: (client: DynamoDBClient) => Promise<Answer>,
  ) => Promise<Answer>;
  describe: (input: CallInput<'tables.describe'>) => Promise<{ details: TableDetails; tableId: string | undefined }>;
}

export function createStages({ files, ownerOf, isProduction, ask, describe }: StagesOptions): Stages {
  const owner = ({ appSessionId, region, table }: CallInput<'stages.get'>): StageOwner => ({
    ...ownerOf(appSessionId),
    region,
    table,
  });

  return {
    async get(input) {
      const { changes } = await files.read(owner(input));
      return { changes };
    },

    async set({ changes, ...input }) {
      const { tableId } = await files.read(owner(input));
      // Who may write need not be allowed to describe; then the table is known by its name only.
      const known = tableId ?? (await describe(input).catch(() => undefined))?.tableId;
      await files.write(owner(input), { changes, tableId: known });
    },

    async commit({ ids, mode, confirmed, ...input }) {
      requireConfirmation(isProduction(input.appSessionId), input.table, confirmed);
      const kept = await files.read(owner(input));
      const wanted = new Set(ids);
      const changes = kept.changes.filter(({ id }) => wanted.has(id));
      if (changes.length === 0) throw new RolegateError('not_found', 'These changes are not there any more.');
      const { details, tableId } = await describe(input);
      if (kept.tableId !== undefined && tableId !== undefined && kept.tableId !== tableId) {
        throw new RolegateError('conflict', `${input.table} has been deleted and made again since these changes.`, {
          hint: 'Discard the changes, read the table again, and make them anew.',
        });
      }
      for (const change of changes) requireGood(change, details);
      const keyNames = details.key.map(({ name }) => name);
      const outcomes = await ask(input, (client) => commitChanges(client, input.table, keyNames, changes, mode));
      const isDone = new Set(outcomes.filter(({ kind }) => kind === 'done').map(({ id }) => id));
      // Read again: the window may have staged more in the meantime.
      const now = await files.read(owner(input));
      await files.write(owner(input), { ...now, changes: now.changes.filter(({ id }) => !isDone.has(id)) });
      return { outcomes };
    },
  };
}

/** The window has checked it too; but what is about to be written is checked where it is written. */
function requireGood(change: StagedChange, details: TableDetails): void {
  if (change.kind === 'delete') return;
  const [problem] = itemProblems(parseItem(change.item), details);
  if (!problem) return;
  throw new RolegateError('bad_input', `${formatPath(problem.path)}: ${problem.message}`);
}
