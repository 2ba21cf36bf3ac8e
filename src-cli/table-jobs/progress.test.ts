import { describe, expect, it } from 'vitest';
import type { JobView } from '../../src-shared/contracts/jobs.ts';
import { createProgress } from './progress.ts';

const job: JobView = {
  id: 'job-0001',
  kind: 'export',
  place: { accountId: '123456789000', role: 'Reader', region: 'us-east-1', table: 'Orders' },
  state: 'running',
  phase: 'Reading',
  startedAt: 1,
  counts: { found: 12_400, done: 0, skipped: 0, failed: 0 },
  total: { items: 20_000, isAbout: true },
  handled: 12_400,
  rate: 1200,
  secondsLeft: 6,
  readUnits: 0,
  writeUnits: 0,
  retries: 2,
  throttling: ['hot'],
};
const words = 'Reading: 12,400 of about 20,000 · 1,200/s · 6 s left · 2 retries: throttled';

function written(isTTY: boolean, columns: number) {
  const texts: string[] = [];
  return { texts, stream: { isTTY, columns, write: (text: string) => texts.push(text) > 0 } };
}

describe('the progress of a job', () => {
  it('is one line on a terminal, cut to its width and taken away in the end', () => {
    const { texts, stream } = written(true, 30);
    const progress = createProgress(stream as unknown as NodeJS.WriteStream);
    progress.show(job);
    progress.show({ ...job, state: 'pausing' });
    progress.clear();
    expect(texts).toEqual([`\r\u001b[K${words.slice(0, 29)}`, '\r\u001b[K']);
  });

  it('is a line now and then elsewhere', () => {
    let now = 0;
    const { texts, stream } = written(false, 80);
    const progress = createProgress(stream as unknown as NodeJS.WriteStream, () => now);
    progress.show(job);
    now = 4999;
    progress.show(job);
    now = 5000;
    progress.show(job);
    now = 10_000;
    progress.show({ ...job, phase: 'Finishing the file', handled: 0, rate: 0, retries: 0 });
    progress.clear();
    expect(texts).toEqual([`${words}\n`, `${words}\n`, 'Finishing the file · 6 s left\n']);
  });
});
