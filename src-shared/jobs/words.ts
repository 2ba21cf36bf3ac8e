import type { JobKind, JobView } from '../contracts/jobs.ts';

const nouns: Record<JobKind, string> = {
  export: 'Export of',
  import: 'Import into',
  delete: 'Deletion in',
  purge: 'Emptying of',
  copy: 'Copy of',
  count: 'Count of',
};

/** What a job is called: "Export of Orders". */
export function jobTitle({ kind, place, dryRun }: Pick<JobView, 'kind' | 'place' | 'dryRun'>): string {
  return dryRun ? `Check of an import into ${place.table}` : `${nouns[kind]} ${place.table}`;
}

/** What became of a job that is over: "20,400 items written, 3 skipped". */
export function jobSum({ kind, counts, dryRun }: Pick<JobView, 'kind' | 'counts' | 'dryRun'>): string {
  const verb = dryRun ? 'can be imported' : doneWords[kind];
  const parts = [`${number(counts.done)} ${counts.done === 1 ? 'item' : 'items'} ${verb}`];
  if (counts.skipped > 0) parts.push(`${number(counts.skipped)} skipped`);
  if (counts.failed > 0) parts.push(`${number(counts.failed)} failed`);
  return parts.join(', ');
}

const doneWords: Record<JobKind, string> = {
  export: 'exported',
  import: 'imported',
  delete: 'deleted',
  purge: 'deleted',
  copy: 'copied',
  count: 'counted',
};

function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** How far a job has come: "12,400 of about 20,000". */
export function progressWords({ handled, total }: Pick<JobView, 'handled' | 'total'>): string {
  if (!total || total.items < handled) return number(handled);
  return `${number(handled)} of ${total.isAbout ? 'about ' : ''}${number(total.items)}`;
}

/** How fast it goes, how much longer, what it has cost, and whether DynamoDB held it up. */
export function paceWords(job: JobView): string[] {
  const { rate, secondsLeft, readUnits, writeUnits, retries, throttling } = job;
  const units = (value: number, name: string) => (value > 0 ? [`${number(Math.ceil(value))} ${name}`] : []);
  return [
    ...(rate > 0 ? [`${number(Math.round(rate))}/s`] : []),
    ...(secondsLeft !== undefined && job.state === 'running' ? [`${timeWords(secondsLeft)} left`] : []),
    ...units(readUnits, 'RCU'),
    ...units(writeUnits, 'WCU'),
    ...(retries > 0 ? [`${number(retries)} retries${throttling.length > 0 ? ': throttled' : ''}`] : []),
  ];
}

/** `8 s`, `3 min`, `2 h 5 min` */
export function timeWords(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
