import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobSpec } from '../../../src-shared/contracts/jobs.ts';
import { dynamoDbLine } from '../../../src-shared/files/item-lines.ts';
import { batchOf, FakeTables } from './testing/fake-table.ts';
import { inTable, limits, numbered, TestJobs } from './testing/test-jobs.ts';

const throttled = {
  status: 400,
  body: '{"__type":"x#ProvisionedThroughputExceededException","message":"slow down","ThrottlingReasons":[{"reason":"TableWriteProvisionedThroughputExceeded"}]}',
};
const expired = {
  status: 400,
  body: '{"__type":"x#ExpiredTokenException","message":"The security token included in the request is expired"}',
};

let all: TestJobs[] = [];
afterEach(async () => {
  for (const test of all) await test.remove();
  all = [];
});

async function start(tables = new FakeTables(), folder?: string): Promise<TestJobs> {
  const test = await new TestJobs(tables, folder).open();
  all.push(test);
  return test;
}

const lines = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean).sort();
const linesOf = (items: readonly string[]) => items.map((item) => dynamoDbLine(item).trimEnd()).sort();
const whole = { of: 'table' } as const;

async function exporting(test: TestJobs, more: Partial<Extract<JobSpec, { kind: 'export' }>> = {}): Promise<JobSpec> {
  const fileId = await test.choose(test.file('out'), 'export');
  return {
    kind: 'export',
    ...inTable('T'),
    limits,
    scope: whole,
    fileId,
    format: 'dynamodb-json',
    gzip: false,
    types: true,
    ...more,
  };
}

async function importing(
  test: TestJobs,
  items: readonly string[],
  more: Partial<Extract<JobSpec, { kind: 'import' }>> = {},
): Promise<JobSpec> {
  writeFileSync(test.file('in.jsonl'), items.map(dynamoDbLine).join(''));
  const fileId = await test.choose(test.file('in.jsonl'), 'import');
  return {
    kind: 'import',
    ...inTable('T'),
    limits,
    fileId,
    format: 'dynamodb-json',
    columns: [],
    mode: 'overwrite',
    dryRun: false,
    ...more,
  };
}

describe('exporting', () => {
  it('writes every item once, byte for byte, to a file that only its owner can read', async () => {
    const test = await start();
    test.tables.add('T', numbered(95));
    const view = await test.run(await exporting(test));
    expect(view).toMatchObject({ state: 'done', counts: { found: 95, done: 95, skipped: 0, failed: 0 } });
    expect(lines(test.file('out'))).toEqual(linesOf(numbered(95)));
    expect(statSync(test.file('out')).mode & 0o777).toBe(0o600);
    expect(await readdir(test.folder)).toEqual(['jobs', 'out']);
    expect(test.notified).toEqual(['Export of T is done: 95 items exported']);
  });

  it('packs, and makes JSON and CSV of the same items', async () => {
    const test = await start();
    test.tables.add('T', numbered(12));
    await test.run(await exporting(test, { gzip: true }));
    expect(
      gunzipSync(readFileSync(test.file('out')))
        .toString()
        .split('\n'),
    ).toHaveLength(13);
    await test.run(await exporting(test, { format: 'json' }));
    expect(readFileSync(test.file('out'), 'utf8')).toMatch(/^\[\n\{"id": ?"item-\d+"/);
    await test.run(await exporting(test, { format: 'csv' }));
    expect(lines(test.file('out'))).toContain('id:S,__proto__:N\r');
  });

  it('exports a selection as it is now, and says what is gone', async () => {
    const test = await start();
    test.tables.add('T', numbered(3));
    const keys = ['{"id":{"S":"item-2"}}', '{"id":{"S":"gone"}}'];
    const view = await test.run(await exporting(test, { scope: { of: 'keys', keys } }));
    expect(view.counts).toEqual({ found: 2, done: 1, skipped: 1, failed: 0 });
    expect(lines(test.file('out'))).toEqual(linesOf([numbered(2)[1] as string]));
    test.chosen = test.file('ledger');
    await test.jobs.saveLedger({ jobId: view.id });
    const [head = '', entry = ''] = readFileSync(test.file('ledger'), 'utf8').split('\n');
    expect(JSON.parse(head)).toMatchObject({ job: 'export', table: 'T', counts: { skipped: 1 } });
    expect(JSON.parse(entry)).toEqual({
      outcome: 'skipped',
      reason: 'It is not there any more.',
      key: { id: { S: 'gone' } },
    });
  });

  it('goes on after a kill where it was, with nothing lost and nothing twice', async () => {
    const tables = new FakeTables();
    tables.add('T', numbered(200));
    const first = await start(tables);
    const spec = await exporting(first);
    let reached: () => void = () => undefined;
    const atPage = new Promise<void>((resolve) => {
      reached = resolve;
    });
    tables.fault = ({ operation, number }) => {
      if (operation !== 'Scan' || number < 8) return undefined;
      reached();
      return new Promise<never>(() => undefined);
    };
    first.isKilled = true;
    const { jobId } = await first.jobs.start(spec);
    await atPage;
    // What a kill leaves behind: the disk as it is, with bytes in the file that nobody has written down.
    const copy = `${first.folder}-killed`;
    cpSync(first.folder, copy, { recursive: true });
    writeFileSync(`${copy}/out.part`, `${readFileSync(`${first.folder}/out.part`, 'utf8')}half a li`);
    moveJob(copy, jobId, first.folder);
    tables.fault = () => undefined;
    const second = await start(tables, copy);
    await second.until(jobId, ({ state, pausedBy }) => state === 'paused' && pausedBy === 'restart');
    const view = await second.resume(jobId);
    expect(view.counts).toEqual({ found: 200, done: 200, skipped: 0, failed: 0 });
    expect(lines(`${copy}/out`)).toEqual(linesOf(numbered(200)));
  });
});

/** A job that was copied with its folder is to use the copy. */
function moveJob(folder: string, jobId: string, from: string): void {
  const path = `${folder}/jobs/${jobId}/job.json`;
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`${from}/`, `${folder}/`));
}

describe('importing', () => {
  it('honours UnprocessedItems and throttling, and writes everything in the end', async () => {
    const test = await start();
    const table = test.tables.add('T');
    test.tables.fault = ({ operation, number, body }) => {
      if (operation !== 'BatchWriteItem') return undefined;
      if (number === 1) return throttled;
      if (number !== 2) return undefined;
      return { body: `{"UnprocessedItems":{"T":[${batchOf(body).join(',')}]}}` };
    };
    const view = await test.run(await importing(test, numbered(60)));
    expect(view).toMatchObject({ state: 'done', counts: { found: 60, done: 60, skipped: 0, failed: 0 } });
    expect([...table.values()].sort()).toEqual(numbered(60).sort());
    expect(view.throttling.sort()).toEqual(['TableWriteProvisionedThroughputExceeded', 'UnprocessedItems']);
    expect(view.retries).toBe(2);
    expect(test.slept.length).toBeGreaterThanOrEqual(2);
  });

  it('never writes over what is there, unless it was told to', async () => {
    const test = await start();
    const theirs = '{"id":{"S":"item-2"},"by":{"S":"somebody else"}}';
    const table = test.tables.add('T', [theirs]);
    const view = await test.run(await importing(test, numbered(3), { mode: 'keep' }));
    expect(view.counts).toEqual({ found: 3, done: 2, skipped: 1, failed: 0 });
    expect([...table.values()]).toContain(theirs);
    await test.run(await importing(test, numbered(3)));
    expect([...table.values()]).not.toContain(theirs);
  });

  it('finds out what would happen without writing', async () => {
    const test = await start();
    const table = test.tables.add('T', numbered(1));
    const items = [...numbered(4), '{"no":{"S":"key"}}'];
    const view = await test.run(await importing(test, items, { mode: 'keep', dryRun: true }));
    expect(view.counts).toEqual({ found: 5, done: 3, skipped: 1, failed: 1 });
    expect(table.size).toBe(1);
    expect(test.tables.asked.some(({ operation }) => /Put|Write/.test(operation))).toBe(false);
  });

  it('says of each record that is no item what is wrong with it, and imports the others', async () => {
    const test = await start();
    const table = test.tables.add('T');
    const spec = await importing(test, []);
    writeFileSync(
      test.file('in.jsonl'),
      `${dynamoDbLine(numbered(1)[0] as string)}nonsense\n{"Item":{"id":{"N":"1"}}}\n`,
    );
    await test.jobs.start(spec).then(
      async ({ jobId }) => test.until(jobId, ({ state }) => state === 'done'),
      () => undefined,
    );
    const [view] = test.seen;
    expect(view?.counts).toEqual({ found: 3, done: 1, skipped: 0, failed: 2 });
    expect(table.size).toBe(1);
    test.chosen = test.file('ledger');
    await test.jobs.saveLedger({ jobId: view?.id ?? '' });
    expect(readFileSync(test.chosen, 'utf8')).toContain('"record":2');
    expect(readFileSync(test.chosen, 'utf8')).toContain('id is a key of the table and must be a string, not N.');
  });

  it('takes a key that occurs twice once: the last one, or with "keep" the first', async () => {
    const test = await start();
    const table = test.tables.add('T');
    const twice = ['{"id":{"S":"a"},"n":{"N":"1"}}', '{"id":{"S":"a"},"n":{"N":"2"}}'];
    const view = await test.run(await importing(test, twice));
    expect(view.counts).toEqual({ found: 2, done: 1, skipped: 1, failed: 0 });
    expect([...table.values()]).toEqual([twice[1]]);
    table.clear();
    await test.run(await importing(test, twice, { mode: 'keep' }));
    expect([...table.values()]).toEqual([twice[0]]);
  });

  it('finds the one item of a batch that DynamoDB refuses', async () => {
    const test = await start();
    const table = test.tables.add('T');
    test.tables.fault = ({ operation, body }) =>
      operation === 'BatchWriteItem' && body.includes('"item-7"')
        ? { status: 400, body: '{"__type":"ValidationException","message":"not this one"}' }
        : undefined;
    const view = await test.run(await importing(test, numbered(30)));
    expect(view.counts).toEqual({ found: 30, done: 29, skipped: 0, failed: 1 });
    expect(table.size).toBe(29);
  });

  it('pauses when the credentials expire, says so, and goes on after a new login', async () => {
    const test = await start();
    const table = test.tables.add('T');
    test.tables.fault = ({ operation, number }) =>
      operation === 'BatchWriteItem' && number > 20 ? expired : undefined;
    const paused = await test.run(await importing(test, numbered(1200)));
    expect(paused).toMatchObject({
      state: 'paused',
      pausedBy: 'error',
      error: { code: 'session_expired', needsLogin: true, hint: expect.stringContaining('Start the role again') },
    });
    test.tables.fault = () => undefined;
    const view = await test.resume(paused.id);
    expect(view.counts).toEqual({ found: 1200, done: 1200, skipped: 0, failed: 0 });
    expect(table.size).toBe(1200);
  });

  it('takes what it has written before the connection broke for its own', async () => {
    const test = await start();
    const table = test.tables.add('T');
    // The write is carried out, and its answer is lost.
    test.tables.afterwards = ({ operation, number }) =>
      operation === 'PutItem' && number === 3 ? new Error('socket hang up') : undefined;
    const view = await test.run(await importing(test, numbered(5), { mode: 'keep' }));
    expect(view.counts).toEqual({ found: 5, done: 5, skipped: 0, failed: 0 });
    expect(table.size).toBe(5);
  });

  it('pauses when it cannot reach DynamoDB at all', async () => {
    const test = await start();
    test.tables.add('T');
    const spec = await importing(test, numbered(5));
    test.tables.fault = ({ operation }) => (operation === 'BatchWriteItem' ? new Error('no route') : undefined);
    expect(await test.run(spec)).toMatchObject({ state: 'paused', pausedBy: 'error', counts: { done: 0 } });
  });

  it('knows after a kill which items it had written itself', async () => {
    const tables = new FakeTables();
    const table = tables.add('T', ['{"id":{"S":"item-900"},"by":{"S":"somebody else"}}']);
    const first = await start(tables);
    const spec = await importing(first, numbered(1000), { mode: 'keep' });
    let reached: () => void = () => undefined;
    const inTheMiddle = new Promise<void>((resolve) => {
      reached = resolve;
    });
    tables.fault = ({ operation, number }) => {
      if (operation !== 'PutItem' || number < 550) return undefined;
      reached();
      return new Promise<never>(() => undefined);
    };
    first.isKilled = true;
    const { jobId } = await first.jobs.start(spec);
    await inTheMiddle;
    const copy = `${first.folder}-killed`;
    cpSync(first.folder, copy, { recursive: true, preserveTimestamps: true });
    moveJob(copy, jobId, first.folder);
    expect(table.size).toBeGreaterThan(401);
    tables.fault = () => undefined;
    const second = await start(tables, copy);
    await second.until(jobId, ({ state }) => state === 'paused');
    const view = await second.resume(jobId);
    expect(view).toMatchObject({ state: 'done', counts: { found: 1000, done: 999, skipped: 1, failed: 0 } });
    expect(table.size).toBe(1000);
  });

  it('does not go on with a file that is another one now', async () => {
    const test = await start();
    test.tables.add('T');
    const spec = await importing(test, numbered(5));
    test.tables.fault = ({ operation }) => (operation === 'BatchWriteItem' ? expired : undefined);
    const { id } = await test.run(spec);
    test.tables.fault = () => undefined;
    writeFileSync(test.file('in.jsonl'), 'other');
    expect(await test.resume(id)).toMatchObject({ state: 'paused', error: { code: 'conflict' } });
  });
});

describe('deleting', () => {
  it('empties a table whose name was typed, and no other', async () => {
    const test = await start();
    const table = test.tables.add('T', numbered(120));
    const purge = (typedName: string): JobSpec => ({ kind: 'purge', ...inTable('T'), limits, typedName });
    await expect(test.jobs.start(purge('t'))).rejects.toMatchObject({ code: 'bad_input' });
    expect(table.size).toBe(120);
    expect((await test.run(purge('T'))).counts).toEqual({ found: 120, done: 120, skipped: 0, failed: 0 });
    expect(table.size).toBe(0);
  });

  it('counts what a query finds, waits for a yes, and deletes just that', async () => {
    const test = await start();
    const table = test.tables.add('T', numbered(30));
    const request = {
      operation: 'Scan' as const,
      key: [],
      projection: [],
      consistent: false,
      descending: false,
      countOnly: false,
    };
    const waiting = await test.run({ kind: 'delete', ...inTable('T'), limits, scope: { of: 'query', request } });
    expect(waiting).toMatchObject({
      state: 'waiting',
      counts: { found: 30, done: 0 },
      total: { items: 30, isAbout: false },
    });
    expect(table.size).toBe(30);
    table.set('late', '{"id":{"S":"late"}}');
    expect(await test.resume(waiting.id)).toMatchObject({ state: 'done', counts: { found: 30, done: 30 } });
    expect([...table.keys()]).toEqual(['late']);
  });

  it('counts exactly after it was killed in the middle', async () => {
    const tables = new FakeTables();
    const table = tables.add('T', numbered(900));
    const first = await start(tables);
    let reached: () => void = () => undefined;
    const inTheMiddle = new Promise<void>((resolve) => {
      reached = resolve;
    });
    tables.fault = ({ operation, number }) => {
      if (operation !== 'BatchWriteItem' || number < 22) return undefined;
      reached();
      return new Promise<never>(() => undefined);
    };
    first.isKilled = true;
    const { jobId } = await first.jobs.start({ kind: 'purge', ...inTable('T'), limits, typedName: 'T' });
    await inTheMiddle;
    const copy = `${first.folder}-killed`;
    cpSync(first.folder, copy, { recursive: true });
    tables.fault = () => undefined;
    const second = await start(tables, copy);
    await second.until(jobId, ({ state }) => state === 'paused');
    const view = await second.resume(jobId);
    expect(view).toMatchObject({ state: 'done', counts: { found: 900, done: 900, skipped: 0, failed: 0 } });
    expect(table.size).toBe(0);
  });

  it('is refused at once where the session is held to reading; reading jobs are not', async () => {
    const test = await start();
    test.tables.add('T', numbered(10));
    test.heldBy = 'service';
    const spec: JobSpec = { kind: 'purge', ...inTable('T'), limits, typedName: 'T' };
    await expect(test.jobs.start(spec)).rejects.toMatchObject({ code: 'access_denied' });
    expect(test.tables.asked).toEqual([]);
    expect(await test.run({ kind: 'count', ...inTable('T'), limits, scope: whole })).toMatchObject({ state: 'done' });
  });

  it('is refused in production without the typed name of the table that it writes to', async () => {
    const test = await start();
    const table = test.tables.add('T', numbered(10));
    test.tables.add('U', []);
    test.isProduction = true;
    const copy: JobSpec = { kind: 'copy', ...inTable('T'), limits, scope: whole, to: inTable('U'), mode: 'keep' };
    const keys = ['{"id":{"S":"item-1"}}'];
    const remove: JobSpec = { kind: 'delete', ...inTable('T'), limits, scope: { of: 'keys', keys } };
    const bring = await importing(test, numbered(1));
    for (const [spec, wrong] of [
      [copy, 'T'],
      [remove, 'U'],
      [bring, 'U'],
    ] as const) {
      for (const typed of [undefined, '', wrong]) {
        await expect(test.jobs.start(spec, typed)).rejects.toMatchObject({ code: 'bad_input' });
      }
    }
    expect(test.tables.asked).toEqual([]);
    expect(table.size).toBe(10);
    expect(await test.run({ ...bring, dryRun: true } as JobSpec)).toMatchObject({ state: 'done' });
    expect(await test.run(copy, 'U')).toMatchObject({ state: 'done', counts: { done: 10 } });
    expect(await test.run(remove, 'T')).toMatchObject({ state: 'done', counts: { done: 1 } });
    expect(await test.run({ kind: 'purge', ...inTable('T'), limits, typedName: 'T' })).toMatchObject({ state: 'done' });
  });

  it('pauses before the first item when the session may only read', async () => {
    const test = await start();
    const table = test.tables.add('T', numbered(10));
    test.tables.fault = ({ operation }) =>
      operation === 'BatchWriteItem'
        ? { status: 400, body: '{"__type":"AccessDeniedException","Message":"This session is read-only"}' }
        : undefined;
    const view = await test.run({ kind: 'purge', ...inTable('T'), limits, typedName: 'T' });
    expect(view).toMatchObject({ state: 'paused', error: { code: 'access_denied' }, counts: { done: 0 } });
    expect(table.size).toBe(10);
  });
});

describe('copying and counting', () => {
  it('copies to another table, and not to the same', async () => {
    const test = await start();
    test.tables.add('T', numbered(50));
    const target = test.tables.add('U', numbered(1));
    const copy = (table: string): JobSpec => ({
      kind: 'copy',
      ...inTable('T'),
      limits,
      scope: whole,
      to: inTable(table),
      mode: 'keep',
    });
    expect(await test.run(copy('U'))).toMatchObject({
      state: 'done',
      counts: { found: 50, done: 49, skipped: 1 },
      to: { table: 'U' },
    });
    expect([...target.values()].sort()).toEqual(numbered(50).sort());
    await expect(test.jobs.start(copy('T'))).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('counts to the end', async () => {
    const test = await start();
    test.tables.add('T', numbered(77));
    const view = await test.run({ kind: 'count', ...inTable('T'), limits, scope: whole });
    expect(view).toMatchObject({ state: 'done', counts: { found: 77, done: 77 } });
    expect(view.readUnits).toBeGreaterThan(0);
  });

  it('does nothing to a table that only has the name of the one that was meant', async () => {
    const test = await start();
    const table = test.tables.add('T', numbered(5));
    test.tables.fault = ({ operation }) => (operation === 'BatchWriteItem' ? expired : undefined);
    const { id } = await test.run({ kind: 'purge', ...inTable('T'), limits, typedName: 'T' });
    test.tables.fault = () => undefined;
    test.tables.tableId = 'another';
    expect(await test.resume(id)).toMatchObject({ state: 'paused', error: { code: 'conflict' } });
    expect(table.size).toBe(5);
  });
});

describe('a job', () => {
  it('pauses, goes on, and can be cancelled; then nothing of its file is left', async () => {
    const test = await start();
    test.tables.add('T', numbered(200));
    const spec = await exporting(test);
    let reached: () => void = () => undefined;
    const atPage = new Promise<void>((resolve) => {
      reached = resolve;
    });
    test.tables.fault = ({ operation, number }) => {
      if (operation === 'Scan' && number === 4) reached();
      return undefined;
    };
    const { jobId } = await test.jobs.start(spec);
    await atPage;
    await test.jobs.pause(jobId);
    const paused = await test.until(jobId, ({ state }) => state === 'paused');
    expect(paused).toMatchObject({ pausedBy: 'person' });
    expect(paused.counts.done).toBeLessThan(200);
    await expect(test.jobs.forget(jobId)).rejects.toMatchObject({ code: 'conflict' });
    await test.jobs.cancel(jobId);
    await test.until(jobId, ({ state }) => state === 'cancelled');
    expect(await readdir(test.folder)).toEqual(['jobs']);
    await test.jobs.forget(jobId);
    expect(await readdir(test.file('jobs'))).toEqual([]);
  });

  it('pauses at once although DynamoDB does not answer, and reads the same page again', async () => {
    const test = await start();
    test.tables.add('T', numbered(30));
    let reached: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    test.tables.fault = ({ operation, number }) => {
      if (operation !== 'Scan' || number < 2) return undefined;
      reached();
      return new Promise<never>(() => undefined);
    };
    const { jobId } = await test.jobs.start({ kind: 'count', ...inTable('T'), limits, scope: whole });
    await asked;
    await test.jobs.pause(jobId);
    test.tables.fault = () => undefined;
    expect(await test.resume(jobId)).toMatchObject({ state: 'done', counts: { found: 30, done: 30 } });
  });

  it('has its file for itself', async () => {
    const test = await start();
    test.tables.add('T', numbered(30));
    test.tables.fault = ({ operation }) => (operation === 'Scan' ? expired : undefined);
    const first = await test.run(await exporting(test));
    expect(first.state).toBe('paused');
    await expect(exporting(test).then(test.jobs.start)).rejects.toMatchObject({ code: 'conflict' });
    await test.jobs.cancel(first.id);
    test.tables.fault = () => undefined;
    expect(await test.run(await exporting(test))).toMatchObject({ state: 'done' });
  });

  it('keeps to the capacity that it was given', async () => {
    const test = await start();
    test.tables.add('T', numbered(40));
    await test.run({ kind: 'count', ...inTable('T'), limits: { segments: 1, readUnits: 0.5 }, scope: whole });
    // Four pages of half a unit, at half a unit a second: each but the first waits for the one before.
    expect(test.slept.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(2000);
  });

  it('is shown to its own user only', async () => {
    const test = await start();
    test.tables.add('T', numbered(1));
    await test.run({ kind: 'count', ...inTable('T'), limits, scope: whole });
    await test.jobs.setUser('bob');
    await test.run({ kind: 'count', ...inTable('T'), limits, scope: whole });
    expect(test.seen).toHaveLength(1);
    await test.jobs.setUser('alice');
  });
});
