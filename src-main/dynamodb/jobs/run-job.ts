import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { toDynamoDbError } from '../client.ts';
import { AwsFailure } from './ask.ts';
import type { Clock } from './clock.ts';
import { type GrowingFile, openGrowingFile } from './file-sinks.ts';
import type { JobFolder, KeptJob } from './kept-job.ts';
import { createMeter } from './meter.ts';
import type { LedgerEntry } from './pages.ts';
import type { MovingPhase, Phase } from './phases.ts';
import { pump } from './pump.ts';
import { viewOf } from './view-of.ts';

/** Why a job that runs is told to stop. */
type Stopping = 'person' | 'cancelled' | 'closed';

class Stop extends Error {
  readonly why: Stopping;
  constructor(why: Stopping) {
    super(`The job was stopped: ${why}.`);
    this.why = why;
  }
}

/** A job that can be run, and stopped, and run again. */
export interface RunningJob {
  readonly job: KeptJob;
  view(): JobView;
  /** Runs until it is over, has to wait or is stopped. Never rejects: what went wrong is in the job. */
  run(): Promise<void>;
  /** Stops at the next page, and resolves when everything is written down. */
  stop(why: Stopping): Promise<void>;
  /** Resolves when a run that has come to its end has written that down. */
  settled(): Promise<void>;
}

export interface RunOptions {
  job: KeptJob;
  folder: JobFolder;
  clock: Clock;
  /** Checks that everything still is what it was, and says what is to be done. Called at each start. */
  prepare: () => Promise<Phase[]>;
  onChange: () => void;
  /** Told of faults of ours. */
  onFault: (error: unknown) => void;
}

const checkpointEvery = 1000;

/**
 * The state machine of a job: phase after phase, with checkpoints from which it goes on. What is on the disk is always
 * a moment that really was: pages are written down one at a time, and what was written behind them is cut off.
 */
export function createRunningJob({ job, folder, clock, prepare, onChange, onFault }: RunOptions): RunningJob {
  let phases: Phase[] = [];
  let meter = createMeter(clock);
  let stopping: AbortController | undefined;
  let running: Promise<void> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let lastCheckpoint = 0;

  /** One at a time, in order. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  }

  const { progress } = job;
  /** Items of pages that are not written down yet, by lane. */
  let live: number[] = [];

  /** @param isRunning pages may be under way, and count as begun if nobody comes to write down more */
  async function checkpoint(isRunning: boolean): Promise<void> {
    lastCheckpoint = clock.now();
    const lanes = isRunning ? progress.lanes.map((lane) => ({ ...lane, isOpen: !lane.isOver })) : progress.lanes;
    await folder.write({ ...job, progress: { ...progress, lanes } });
  }

  async function move(phase: MovingPhase, ledger: GrowingFile, stop: AbortSignal): Promise<void> {
    const { source, sink, file } = await phase.open();
    live = [];
    try {
      if (progress.lanes.length === 0) {
        progress.lanes = Array.from({ length: source.lanes }, () => ({ isOver: false, isOpen: false }));
      }
      const flush = async (isRunning: boolean) => {
        await Promise.all([sink.sync?.(), ledger.sync()]);
        await checkpoint(isRunning);
      };
      await flush(true);
      const work = pump({
        source,
        sink,
        lanes: progress.lanes,
        stop,
        onItems: (lane, items) => {
          live[lane] = (live[lane] ?? 0) + items;
          meter.add(items);
          onChange();
        },
        commit: (write, page, outcome, lane) =>
          inTurn(async () => {
            if (outcome.entries.length > 0) await ledger.append(linesOf(outcome.entries));
            await write();
            progress.ledgerBytes = ledger.bytes;
            if (file) progress.fileBytes = file.bytes;
            progress.items += page.found;
            count(phase, page.found, outcome);
            meter.add(page.found - (live[lane] ?? 0));
            live[lane] = 0;
            if (phase.checkpointsEachPage || clock.now() - lastCheckpoint >= checkpointEvery) await flush(true);
            onChange();
          }),
      });
      try {
        await work;
      } finally {
        await inTurn(() => flush(false));
      }
    } finally {
      live = [];
      await source.close?.();
      await sink.close?.();
    }
  }

  function count(phase: MovingPhase, found: number, outcome: { done: number; entries: readonly LedgerEntry[] }): void {
    const { counts } = job;
    if (phase.finds) counts.found += found;
    if (phase.finishes) counts.done += outcome.done;
    for (const { outcome: what } of outcome.entries) counts[what]++;
  }

  async function runPhases(stop: AbortSignal): Promise<void> {
    phases = await prepare();
    const ledger = await openGrowingFile(folder.ledger, progress.ledgerBytes);
    try {
      for (;;) {
        const phase = phases[progress.phase];
        if (!phase) break;
        stop.throwIfAborted();
        if (phase.kind === 'wait' && !progress.isConfirmed) {
          job.state = 'waiting';
          // What it has found is how much there is to do.
          job.total = { items: job.counts.found, isAbout: false };
          return;
        }
        onChange();
        if (phase.kind === 'move') await move(phase, ledger, stop);
        else if (phase.kind === 'work') await phase.run(stop);
        Object.assign(progress, { phase: progress.phase + 1, lanes: [], items: 0, fileBytes: 0 });
        job.total = { items: job.counts.found, isAbout: false };
        meter = createMeter(clock);
        await checkpoint(false);
      }
      job.state = 'done';
    } finally {
      await ledger.close();
    }
  }

  async function run(stop: AbortSignal): Promise<void> {
    try {
      await runPhases(stop);
    } catch (error) {
      settle(error);
    }
    if (job.state === 'done' || job.state === 'cancelled') job.endedAt = clock.now();
    // The last word on the disk; where even that fails (a full disk), the job is as it was at its last checkpoint.
    await checkpoint(false).catch(onFault);
  }

  function settle(error: unknown): void {
    const stopped = error instanceof Stop ? error.why : undefined;
    if (stopped === 'cancelled') job.state = 'cancelled';
    else {
      job.state = 'paused';
      job.pausedBy = stopped === 'closed' ? 'restart' : stopped === 'person' ? 'person' : 'error';
    }
    if (stopped !== undefined) return;
    const plain = toPlainError(error);
    if (plain.code === 'internal') onFault(error);
    job.error = plain.toData();
  }

  return {
    job,
    view: () =>
      viewOf(job, {
        words: phases[progress.phase]?.words ?? '',
        items: live.reduce((sum, items) => sum + items, progress.items),
        rate: meter.rate(),
        isStopping: stopping?.signal.aborted === true,
      }),
    run() {
      if (running) return running;
      const own = new AbortController();
      stopping = own;
      job.state = 'running';
      delete job.pausedBy;
      delete job.error;
      meter = createMeter(clock);
      onChange();
      running = run(own.signal).finally(() => {
        running = undefined;
        stopping = undefined;
        onChange();
      });
      return running;
    },
    settled: () => (job.state === 'running' ? Promise.resolve() : (running ?? Promise.resolve())),
    async stop(why) {
      if (!running) return;
      stopping?.abort(new Stop(why));
      onChange();
      await running;
    },
  };
}

function linesOf(entries: readonly LedgerEntry[]): string {
  return entries
    .map(({ outcome, record, key, reason }) => {
      const rest = { outcome, ...(record !== undefined && { record }), reason };
      const text = JSON.stringify(rest);
      return key === undefined ? `${text}\n` : `${text.slice(0, -1)},"key":${key}}\n`;
    })
    .join('');
}

const expired = new Set(['ExpiredTokenException', 'ExpiredToken', 'UnrecognizedClientException']);

/** What went wrong, in words that say what to do before going on. */
function toPlainError(error: unknown): RolegateError {
  if (error instanceof RolegateError) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return fileError(code, error);
  if (!(error instanceof AwsFailure)) {
    return new RolegateError('internal', 'Something went wrong inside Rolegate.', {
      hint: 'Resume the job. If it happens again, the log has the details.',
      cause: error,
    });
  }
  const plain = toDynamoDbError(error);
  if (!expired.has(error.name)) return plain;
  return new RolegateError('session_expired', plain.message, {
    awsCode: error.name,
    requestId: plain.requestId,
    hint: 'Start the role again, then resume the job. Nothing is lost.',
  });
}

function fileError(code: string, cause: unknown): RolegateError {
  const words: Record<string, string> = {
    ENOSPC: 'The disk is full.',
    EACCES: 'The file may not be written there.',
    EPERM: 'The file may not be written there.',
    EROFS: 'The file may not be written there.',
    ENOENT: 'The folder or the file is not there any more.',
    ELOOP: 'There is a link in the place of the file.',
  };
  return new RolegateError('unavailable', words[code] ?? `The file cannot be used (${code}).`, {
    hint: 'Mend that, then resume the job. Nothing is lost.',
    cause,
  });
}
