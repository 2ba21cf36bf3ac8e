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
