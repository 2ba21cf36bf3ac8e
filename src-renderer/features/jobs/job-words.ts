import type { JobKind, JobView } from '../../../src-shared/contracts/jobs.ts';
import { jobSum } from '../../../src-shared/jobs/words.ts';
import { formatCount } from '../shared/format.ts';

/** What a job is doing or why it does nothing, in a few words. */
export function stateWords(job: JobView): string {
  switch (job.state) {
    case 'running':
      return job.phase === '' ? 'Starting' : job.phase;
    case 'pausing':
      return 'Stopping at the next page';
    case 'waiting':
      return `${formatCount(job.counts.found)} items were found. Delete them?`;
    case 'done':
      return jobSum(job);
    case 'cancelled':
      return `Cancelled: ${jobSum(job)}`;
    case 'paused':
      return pauseWords[job.pausedBy ?? 'person'];
  }
}

/** How a job that writes is asked about once more, where that is to be. */
export function confirmWords(kind: JobKind, table: string): { title: string; action: string } {
  switch (kind) {
    case 'import':
      return { title: `Import into ${table}?`, action: 'Import' };
    case 'copy':
      return { title: `Copy into ${table}?`, action: 'Copy' };
    default:
      return { title: `Delete items of ${table}?`, action: 'Delete' };
  }
}

const pauseWords = {
  person: 'Paused',
  restart: 'Paused, because Rolegate was closed',
  error: 'Paused',
} as const;

/** Between 0 and 1, where it can be told. */
export function portionOf({ handled, total }: JobView): number | undefined {
  return total && total.items > 0 && handled <= total.items ? handled / total.items : undefined;
}

/** Whether a job has nothing more to do. */
export function isOver({ state }: JobView): boolean {
  return state === 'done' || state === 'cancelled';
}
