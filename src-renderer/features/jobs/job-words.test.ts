import { describe, expect, it } from 'vitest';
import type { JobView } from '../../../src-shared/contracts/jobs.ts';
import { paceWords, progressWords, timeWords } from '../../../src-shared/jobs/words.ts';
import { portionOf, stateWords } from './job-words.ts';

const job: JobView = {
  id: 'job-00001',
  kind: 'export',
  place: { accountId: '123456789012', role: 'r', region: 'us-east-1', table: 'T' },
  state: 'running',
  phase: 'Reading',
  startedAt: 0,
  counts: { found: 50, done: 50, skipped: 0, failed: 0 },
  total: { items: 200, isAbout: true },
  handled: 50,
  rate: 12.4,
  secondsLeft: 12,
  readUnits: 3.5,
  writeUnits: 0,
  retries: 0,
  throttling: [],
};

describe('the words about a job', () => {
  it('say how far it is, how fast it goes and what it has cost', () => {
    expect(progressWords(job)).toBe('50 of about 200');
    expect(portionOf(job)).toBe(0.25);
    expect(paceWords(job)).toEqual(['12/s', '12 s left', '4 RCU']);
    expect(paceWords({ ...job, retries: 3, throttling: ['UnprocessedItems'] })).toContain('3 retries: throttled');
  });

  it('claim nothing that nobody knows', () => {
    const { total: _, secondsLeft: __, ...unknown } = job;
    expect(progressWords(unknown)).toBe('50');
    expect(portionOf(unknown)).toBeUndefined();
    // There are more than DynamoDB had counted.
    expect(portionOf({ ...job, handled: 300 })).toBeUndefined();
    expect(progressWords({ ...job, handled: 300 })).toBe('300');
  });

  it('say why it stands still, and what it came to', () => {
    expect(stateWords({ ...job, state: 'paused', pausedBy: 'restart' })).toContain('closed');
    expect(stateWords({ ...job, state: 'waiting', counts: { ...job.counts, found: 1234 } })).toContain('1,234 items');
    expect(stateWords({ ...job, state: 'done', counts: { found: 3, done: 1, skipped: 1, failed: 1 } })).toBe(
      '1 item exported, 1 skipped, 1 failed',
    );
  });

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [200, '3 min'],
    [7500, '2 h 5 min'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(timeWords(seconds)).toBe(words);
  });
});
