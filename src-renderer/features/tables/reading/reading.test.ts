import { describe, expect, it } from 'vitest';
import type { ItemPage, ReadRequest } from '../../../../src-shared/contracts/table-reading.ts';
import { RolegateError } from '../../../../src-shared/errors.ts';
import { usualBudget } from '../../../../src-shared/reading/criteria.ts';
import { wholeTable } from '../../../../src-shared/reading/whole-table.ts';
import { Reading } from './reading.ts';

const filtered: ReadRequest = { ...wholeTable(), filter: { kind: 'group', join: 'and', parts: [] } };

/** A table of so many items, all of which or none of which match. */
function tableOf(count: number, { matching = true, perPage = 100 } = {}) {
  const asked: { startKey?: string; limit?: number }[] = [];
  const cancelled: string[] = [];
  let clock = 0;
  let fault: RolegateError | undefined;
  let hold: Promise<void> | undefined;
  const reading = new Reading(
    {
      async read({ startKey, limit }) {
        asked.push({ ...(startKey !== undefined && { startKey }), ...(limit !== undefined && { limit }) });
        await hold;
        if (fault) throw fault;
        clock += 400;
        const from = Number(startKey ?? 0);
        const to = Math.min(from + Math.min(limit ?? perPage, perPage), count);
        const items = matching ? Array.from({ length: to - from }, (_, n) => `{"id":{"N":"${from + n}"}}`) : [];
        const page: ItemPage = {
          items,
          count: items.length,
          scannedCount: to - from,
          capacityUnits: 2,
          retries: 1,
          throttling: ['hot'],
        };
        return to < count ? { ...page, lastEvaluatedKey: String(to) } : page;
      },
      cancel: (readId) => cancelled.push(readId),
    },
    () => clock,
  );
  return {
    reading,
    asked,
    cancelled,
    state: () => reading.store.getState(),
    fail: (error: RolegateError | undefined) => {
      fault = error;
    },
    holdUntil: (until: Promise<void>) => {
      hold = until;
    },
  };
}

describe('Reading', () => {
  it('reads to the budget, says why it stopped, and goes on from there', async () => {
    const { reading, state, asked } = tableOf(450);
    await reading.start(wholeTable(), { ...usualBudget, matches: 200 });
    expect(state()).toMatchObject({
      status: 'stopped',
      stop: 'matches',
      sum: { loaded: 200, read: 200, units: 4, pages: 2 },
    });
    await reading.resume({ ...usualBudget, matches: 1000 });
    expect(state()).toMatchObject({
      stop: 'end',
      sum: { loaded: 450, retries: 5, throttling: ['hot'] },
      names: ['id'],
    });
    expect(asked.slice(0, 3)).toEqual([
      { limit: 200 },
      { startKey: '100', limit: 100 },
      { startKey: '200', limit: 1000 },
    ]);
    await reading.resume();
    expect(asked).toHaveLength(5);
  });

  it('does not take empty filtered pages for the end', async () => {
    const { reading, state, asked } = tableOf(5000, { matching: false });
    await reading.start(filtered, { ...usualBudget, pages: 4 });
    expect(state()).toMatchObject({ stop: 'pages', rows: [], sum: { loaded: 0, read: 400 } });
    expect(asked[0]).toEqual({});
    await reading.resume({ ...usualBudget, pages: 100, seconds: 4 });
    expect(state()).toMatchObject({ stop: 'time', sum: { read: 1400 } });
    await reading.resume({ ...usualBudget, pages: 100, seconds: 1000, units: 6 });
    expect(state()).toMatchObject({ stop: 'capacity', sum: { read: 1700 } });
  });

  it('keeps what was read when it fails, and can go on', async () => {
    const { reading, state, fail } = tableOf(300);
    await reading.start(wholeTable(), { ...usualBudget, matches: 100 });
    fail(new RolegateError('limit', 'Too much.'));
    await reading.resume();
    expect(state()).toMatchObject({ status: 'failed', error: { code: 'limit' }, sum: { loaded: 100 } });
    fail(undefined);
    await reading.resume({ ...usualBudget, matches: 1000 });
    expect(state()).toMatchObject({ status: 'stopped', stop: 'end', error: undefined, sum: { loaded: 300 } });
  });

  it('stops when it is told to, and drops the answer that comes late', async () => {
    const { reading, state, holdUntil, cancelled } = tableOf(300);
    let release = () => {};
    holdUntil(
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    const run = reading.start(wholeTable());
    reading.cancel();
    expect(state()).toMatchObject({ status: 'stopped', stop: 'person' });
    expect(cancelled).toHaveLength(1);
    release();
    await run;
    expect(state()).toMatchObject({ rows: [], stop: 'person' });
  });

  it('leaves nothing of a run that was overtaken by another', async () => {
    const { reading, state } = tableOf(300);
    const first = reading.start(wholeTable());
    const second = reading.start(wholeTable('by-year'), { ...usualBudget, matches: 100 });
    await Promise.all([first, second]);
    expect(state()).toMatchObject({ request: { index: 'by-year' }, sum: { loaded: 100, pages: 1 } });
  });
});
