import type { JobView } from '../../src-shared/contracts/jobs.ts';
import { paceWords, progressWords } from '../../src-shared/jobs/words.ts';

/** Shows how far a job has come. */
export interface Progress {
  show(job: JobView): void;
  /** Takes away the line that is there, so that others can follow. */
  clear(): void;
}

const between = 5000;

/**
 * On a terminal one line that changes in its place; in a log a line now and then.
 *
 * @param stream where people look: standard error, for standard output may be the file
 */
export function createProgress(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
  now = () => Date.now(),
): Progress {
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(job) {
      if (job.state !== 'running' || job.phase === '') return;
      const text = progressText(job);
      if (stream.isTTY) stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
      else if (now() - shownAt >= between) {
        shownAt = now();
        stream.write(`${text}\n`);
      }
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}

/** `Reading: 12,400 of about 20,000 · 1,200/s · 6 s left` */
function progressText(job: JobView): string {
  // What is done to the whole once it has been read is not counted.
  const isCounted = job.handled > 0 || job.counts.found === 0;
  return [isCounted ? `${job.phase}: ${progressWords(job)}` : job.phase, ...paceWords(job)].join(' · ');
}
