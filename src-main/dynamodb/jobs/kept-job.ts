import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorData, id, timestamp } from '../../../src-shared/contracts/common.ts';
import { jobCounts, jobSpec } from '../../../src-shared/contracts/jobs.ts';
import { makePrivateFolder, writePrivateFile } from '../../../src-shared/files/atomic-write.ts';

/** A job as it is kept on this machine (0600): what it is to do, how far it has come, and as whom. */

const keyPart = z.object({ name: z.string(), type: z.enum(['S', 'N', 'B', '?']), role: z.enum(['HASH', 'RANGE']) });

/** A table as the job knew it when it began. One that was deleted and made again is another. */
const knownTable = z.object({
  /** As whom: another app session of the same role will do after a restart. */
  app: z.string(),
  roleArn: z.string(),
  role: z.string(),
  accountId: z.string(),
  tableId: z.string().optional(),
  key: z.array(keyPart),
  indexes: z.array(z.object({ name: z.string(), key: z.array(keyPart) })),
});
export type KnownTable = z.infer<typeof knownTable>;

const count = z.number().int().nonnegative();
const progress = z.object({
  /** Which of the job's phases. */
  phase: count,
  lanes: z.array(z.object({ cursor: z.string().optional(), isOver: z.boolean(), isOpen: z.boolean() })),
  /** Items that this phase has dealt with. */
  items: count,
  /** How long the files are, as far as they have been written down. */
  fileBytes: count,
  ledgerBytes: count,
  isConfirmed: z.boolean(),
});

export const keptJob = z.object({
  id,
  user: z.string(),
  spec: jobSpec,
  from: knownTable,
  to: knownTable.optional(),
  state: z.enum(['running', 'paused', 'waiting', 'done', 'cancelled']),
  pausedBy: z.enum(['person', 'restart', 'error']).optional(),
  error: errorData.optional(),
  startedAt: timestamp,
  endedAt: timestamp.optional(),
  counts: jobCounts,
  total: z.object({ items: count, isAbout: z.boolean() }).optional(),
  progress,
  readUnits: z.number(),
  writeUnits: z.number(),
  retries: count,
  throttling: z.array(z.string()),
  /** The file that the person chose: written to, or read from. */
  file: z.object({ path: z.string(), name: z.string(), fingerprint: z.string().optional() }).optional(),
});
export type KeptJob = z.infer<typeof keptJob>;

/** Where a job keeps what it needs. */
export interface JobFolder {
  readonly path: string;
  readonly ledger: string;
  /** Keys that it is to delete, or items to export. */
  readonly keys: string;
  write(job: KeptJob): Promise<void>;
  remove(): Promise<void>;
}

export function jobFolder(folder: string, jobId: string): JobFolder {
  const path = join(folder, jobId);
  return {
    path,
    ledger: join(path, 'ledger.jsonl'),
    keys: join(path, 'keys.jsonl'),
    async write(job) {
      await makePrivateFolder(path);
      await writePrivateFile(join(path, 'job.json'), JSON.stringify(job));
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** The jobs that are kept, the newest first. What cannot be read is left alone, and not shown. */
export async function readKeptJobs(folder: string): Promise<KeptJob[]> {
  const names = await readdir(folder).catch(() => []);
  const jobs = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name, 'job.json'), 'utf8').catch(() => '');
      const kept = keptJob.safeParse(parsed(text));
      return kept.success && kept.data.id === name ? [kept.data] : [];
    }),
  );
  return jobs.flat().sort((a, b) => b.startedAt - a.startedAt);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
