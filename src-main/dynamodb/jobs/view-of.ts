import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import type { KeptJob, KnownTable } from './kept-job.ts';

/** What only whoever runs a job knows of it. */
export interface Live {
  /** What it does now. */
  words: string;
  /** Items that the present phase has dealt with. */
  items: number;
  rate: number;
  /** It has been told to stop, and finishes what is under way. */
  isStopping: boolean;
}

/** A job as it is shown. Pure. */
export function viewOf(job: KeptJob, { words, items, rate, isStopping }: Live): JobView {
  const { spec, total } = job;
  const isRunning = job.state === 'running';
  const left = total && isRunning && rate > 0 ? Math.max(0, total.items - items) / rate : undefined;
  return {
    id: job.id,
    kind: spec.kind,
    place: placeOf(spec, job.from),
    ...(spec.kind === 'copy' && job.to && { to: placeOf(spec.to, job.to) }),
    state: isRunning && isStopping ? 'pausing' : job.state,
    phase: words,
    ...(job.pausedBy !== undefined && { pausedBy: job.pausedBy }),
    ...(job.error !== undefined && { error: job.error }),
    startedAt: job.startedAt,
    ...(job.endedAt !== undefined && { endedAt: job.endedAt }),
    counts: { ...job.counts },
    ...(total && { total: { ...total } }),
    handled: items,
    rate: isRunning ? rate : 0,
    ...(left !== undefined && { secondsLeft: left }),
    readUnits: job.readUnits,
    writeUnits: job.writeUnits,
    retries: job.retries,
    throttling: [...job.throttling],
    ...(job.file && {
      file: { name: job.file.name, ...(spec.kind === 'export' && job.state === 'done' && { path: job.file.path }) },
    }),
    ...('mode' in spec && { mode: spec.mode }),
    ...('dryRun' in spec && { dryRun: spec.dryRun }),
  };
}

function placeOf({ region, table }: { region: string; table: string }, { accountId, role }: KnownTable) {
  return { accountId, role, region, table };
}
