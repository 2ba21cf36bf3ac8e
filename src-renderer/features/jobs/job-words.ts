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

/** How far it has come: "12,400 of about 20,000". */
export function progressWords({ handled, total }: JobView): string {
  if (!total || total.items < handled) return formatCount(handled);
  return `${formatCount(handled)} of ${total.isAbout ? 'about ' : ''}${formatCount(total.items)}`;
}

/** Between 0 and 1, where it can be told. */
export function portionOf({ handled, total }: JobView): number | undefined {
  return total && total.items > 0 && handled <= total.items ? handled / total.items : undefined;
}

/** How fast, how much longer, what it has cost, and whether DynamoDB held it up. */
export function paceWords(job: JobView): string[] {
  const { rate, secondsLeft, readUnits, writeUnits, retries, throttling } = job;
  const units = (value: number, name: string) => (value > 0 ? [`${formatCount(Math.ceil(value))} ${name}`] : []);
  return [
    ...(rate > 0 ? [`${formatCount(Math.round(rate))}/s`] : []),
    ...(secondsLeft !== undefined && job.state === 'running' ? [`${timeWords(secondsLeft)} left`] : []),
    ...units(readUnits, 'RCU'),
    ...units(writeUnits, 'WCU'),
    ...(retries > 0 ? [`${formatCount(retries)} retries${throttling.length > 0 ? ': throttled' : ''}`] : []),
  ];
}

/** `8 s`, `3 min`, `2 h 5 min` */
export function timeWords(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Whether a job has nothing more to do. */
export function isOver({ state }: JobView): boolean {
  return state === 'done' || state === 'cancelled';
}
