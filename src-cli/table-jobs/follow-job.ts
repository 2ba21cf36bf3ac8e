import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Calls } from '../../src-shared/contracts/calls.ts';
import type { JobView } from '../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { jobSum, jobTitle } from '../../src-shared/jobs/words.ts';
import type { Connection } from '../connect.ts';
import { interrupted } from '../environment.ts';
import { note } from '../output.ts';
import { createProgress } from './progress.ts';

/** What a command ends with when it was interrupted: 128 and the number of SIGINT, as shells have it. */
const interruptedCode = 130;

export interface FollowOptions {
  /** Where the ledger goes; a name of its own in the folder of the command where there is something to tell. */
  ledger?: string | undefined;
  /** A job that pauses by a fault is cancelled: what it works on is gone with this command. */
  endsWithUs?: boolean;
}

/**
 * Shows how a job goes until it is over, and ends it when the person interrupts the command. What became of it is said
 * on standard error and in the exit code: 0 when every item was done or skipped, 1 when some failed, 130 when it was
 * cancelled.
 *
 * @returns the job as it ended
 * @throws RolegateError why it has paused, with the way on
 */
export async function followJob(
  calls: Calls,
  connection: Connection,
  jobId: string,
  { ledger, endsWithUs = false }: FollowOptions,
): Promise<JobView> {
  const progress = createProgress(process.stderr);
  let cancelling: Promise<unknown> | undefined;
  void interrupted().then(() => {
    cancelling = calls.call('jobs.cancel', { jobId }).catch(() => undefined);
  });
  const ended = await Promise.race([
    whenAtRest(calls, jobId, progress.show),
    connection.lost.then(() => {
      throw new RolegateError('unavailable', 'Rolegate was closed. The job has paused.', {
        hint: `Go on with it: rolegate table resume ${jobId}`,
      });
    }),
  ]).finally(progress.clear);
  await cancelling;
  if (ended.state === 'paused') {
    if (endsWithUs) await calls.call('jobs.cancel', { jobId });
    const { message = 'It has paused.', hint } = ended.error ?? {};
    const wayOn = endsWithUs ? undefined : `Then go on with it: rolegate table resume ${jobId}`;
    throw new RolegateError(ended.error?.code ?? 'unavailable', `${jobTitle(ended)} has paused. ${message}`, {
      hint: [hint, wayOn].filter((part) => part !== undefined).join(' '),
    });
  }
  const isCancelled = ended.state === 'cancelled';
  note(endWords(ended));
  if (ledger !== undefined || isCancelled || ended.counts.failed > 0) await saveLedger(calls, ended, ledger);
  await calls.call('jobs.forget', { jobId });
  if (isCancelled) process.exitCode = interruptedCode;
  else if (ended.counts.failed > 0) process.exitCode = 1;
  return ended;
}

/** What became of it. Of an export that was cancelled nothing is left, however much had been read. */
function endWords(job: JobView): string {
  if (job.state !== 'cancelled') return `${jobTitle(job)}: ${jobSum(job)}.`;
  return `${jobTitle(job)}, cancelled${job.kind === 'export' ? '; no file is left.' : `: ${jobSum(job)}.`}`;
}

/** Resolves when the job does nothing more by itself. */
function whenAtRest(calls: Calls, jobId: string, onProgress: (job: JobView) => void): Promise<JobView> {
  return new Promise((settle, reject) => {
    const look = (jobs: readonly JobView[] | undefined) => {
      const job = jobs?.find(({ id }) => id === jobId);
      if (!job) return;
      if (job.state === 'running' || job.state === 'pausing') onProgress(job);
      else {
        stop();
        settle(job);
      }
    };
    const stop = calls.onState(({ slices }) => look(slices.jobs));
    // Asked after listening, so that no change falls in between.
    calls.call('jobs.list', {}).then(look, reject);
  });
}

async function saveLedger(
  calls: Calls,
  { id: jobId, place, kind }: JobView,
  wanted: string | undefined,
): Promise<void> {
  const path = wanted === undefined ? await freePath(`${place.table}-${kind}-ledger`) : resolve(wanted);
  const { fileId } = await calls.call('jobs.nameFile', { to: 'write', path, overwrite: wanted !== undefined });
  await calls.call('jobs.saveLedger', { jobId, fileId });
  note(`What became of each item is in ${path}.`);
}

async function freePath(stem: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = resolve(`${stem}${number === 1 ? '' : `-${number}`}.jsonl`);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return path;
  }
}
