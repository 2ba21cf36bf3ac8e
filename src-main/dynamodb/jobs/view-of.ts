import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import type { KeptJob, KnownTable } from './kept-job.ts';

/** A job as it is shown. Pure. @param isStopping it has been told to stop, and finishes the pages under way */
export function viewOf(job: KeptJob, words: string, rate: number, isStopping: boolean): JobView {
  const { spec, total, progress } = job;
  const isRunning = job.state === 'running';
  const left = total && isRunning && rate > 0 ? Math.max(0, total.items - progress.items) / rate : undefined;
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
    handled: progress.items,
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
