import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type StagedChange, stagedChange } from '../../src-shared/contracts/staging.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';

/** Whose changes these are, and of what. Changes for one table can never reach another. */
export interface StageOwner {
  user: string;
  accountId: string;
  region: string;
  table: string;
}

const file = z.object({
  owner: z.object({ user: z.string(), accountId: z.string(), region: z.string(), table: z.string() }),
  /** The table itself, as DynamoDB numbers it: one that was deleted and made again is another. */
  tableId: z.string().optional(),
  changes: z.array(stagedChange),
});

/** What is kept of a table's changes. */
export interface KeptStage {
  changes: StagedChange[];
  tableId?: string | undefined;
}

/** Staged changes on this machine: one file for each table, readable by this user of the operating system only. */
export interface StageFiles {
  read(owner: StageOwner): Promise<KeptStage>;
  write(owner: StageOwner, stage: KeptStage): Promise<void>;
}

/** @param folder of the way to run; it is made when there is something to keep */
export function createStageFiles(folder: string): StageFiles {
  let writing: Promise<unknown> = Promise.resolve();
  const pathOf = (owner: StageOwner) => join(folder, `${nameOf(owner)}.json`);
  return {
    async read(owner) {
      await writing.catch(() => undefined);
      const kept = file.safeParse(await readJson(pathOf(owner)));
      if (!kept.success || nameOf(kept.data.owner) !== nameOf(owner)) return { changes: [] };
      return { changes: kept.data.changes, tableId: kept.data.tableId };
    },
    write(owner, { changes, tableId }) {
      const text = JSON.stringify({ owner, tableId, changes });
      const next = writing
        .catch(() => undefined)
        .then(() =>
          changes.length === 0 ? rm(pathOf(owner), { force: true }) : writePrivateFile(pathOf(owner), text),
        );
      writing = next;
      return next;
    },
  };
}

function nameOf({ user, accountId, region, table }: StageOwner): string {
  return createHash('sha256')
    .update(JSON.stringify([user, accountId, region, table]))
    .digest('hex')
    .slice(0, 40);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
