import { describe, expect, it } from 'vitest';
import type { PartiqlPage } from '../../../src-shared/contracts/partiql.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { type PartiqlRequest, PartiqlRun } from './partiql-run.ts';

const request: PartiqlRequest = {
  mode: 'statement',
  statements: [{ text: 'SELECT * FROM t', parameters: [] }],
  consistent: false,
  meant: { writes: false },
  words: 'Select',
  isReading: true,
  table: 't',
};
const page = (count: number, nextToken?: string): PartiqlPage => ({
  outcomes: [{ items: Array.from({ length: count }, (_, at) => `{"pk":{"N":"${at}"}}`) }],
  ...(nextToken !== undefined && { nextToken }),
  capacityUnits: 2,
  retries: 1,
  throttling: ['slow'],
});

/** A run whose pages come from a list. */
function scripted(...pages: (PartiqlPage | Error | Promise<PartiqlPage>)[]) {
  const tokens: (string | undefined)[] = [];
  const cancelled: string[] = [];
  const run = new PartiqlRun({
    async run({ nextToken }) {
      tokens.push(nextToken);
      const next = pages.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error('asked too often');
      return next;
    },
    cancel: (id) => void cancelled.push(id),
  });
  return { run, tokens, cancelled };
}

describe('a run of PartiQL', () => {
  it('reads on through empty pages, and stops when there is enough to look at', async () => {
    const { run, tokens } = scripted(page(0, 'a'), page(0, 'b'), page(200, 'c'), page(3));
    await run.start(request);
    expect(run.store.getState()).toMatchObject({
      status: 'stopped',
      hasMore: true,
      names: ['pk'],
      sum: { pages: 3, units: 6, retries: 3, throttling: ['slow'] },
    });
    await run.resume();
    expect(run.store.getState()).toMatchObject({ hasMore: false, sum: { pages: 4 } });
    expect(run.store.getState().rows).toHaveLength(203);
    await run.resume();
    expect(tokens).toEqual([undefined, 'a', 'b', 'c']);
  });

  it('stops after ten pages with nothing in them', async () => {
    const { run, tokens } = scripted(...Array.from({ length: 20 }, (_, at) => page(0, String(at))));
    await run.start(request);
    expect(tokens).toHaveLength(10);
    expect(run.store.getState()).toMatchObject({ status: 'stopped', hasMore: true });
  });

  it('keeps what has come when a page fails, and reads on from there', async () => {
    const { run } = scripted(page(1, 'a'), new RolegateError('limit', 'Too fast.'), page(1));
    await run.start(request);
    expect(run.store.getState()).toMatchObject({ status: 'failed', hasMore: true, error: { message: 'Too fast.' } });
    await run.resume();
    expect(run.store.getState().rows).toHaveLength(2);
  });

  it('takes no answer that comes after it was stopped', async () => {
    let answer: (page: PartiqlPage) => void = () => {};
    const { run, cancelled } = scripted(new Promise((resolve) => (answer = resolve)));
    const done = run.start(request);
    run.cancel();
    answer(page(5));
    await done;
    expect(run.store.getState()).toMatchObject({ status: 'stopped', wasStopped: true, rows: [] });
    expect(cancelled).toHaveLength(1);
  });

  it('says of several statements what became of each', async () => {
    const error = new RolegateError('aws', 'No such table.').toData();
    const { run } = scripted({ ...page(0), outcomes: [{ items: ['{}'] }, { items: [], error }] });
    await run.start({ ...request, mode: 'batch' });
    expect(run.store.getState().outcomes).toEqual([{ items: 1 }, { items: 0, error }]);
  });
});
