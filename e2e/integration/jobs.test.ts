import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobs, type Jobs } from '../../src-main/dynamodb/jobs/jobs.ts';
import type { ForwardCall } from '../../src-main/dynamodb/request-handler.ts';
import { askEngine, engineHeaders } from '../../src-sandbox/engine/ask.ts';
import { startDynalite } from '../../src-sandbox/engine/dynalite.ts';
import { dynoxideProgram, startDynoxide } from '../../src-sandbox/engine/dynoxide.ts';
import type { Engine } from '../../src-sandbox/engine/engine.ts';
import type { JobSpec, JobView } from '../../src-shared/contracts/jobs.ts';
import { dynamoDbLine, readDynamoDbLine } from '../../src-shared/files/item-lines.ts';
import { itemText, wirePairs } from '../../src-shared/values/arbitrary.ts';
import type { Item } from '../../src-shared/values/attribute-value.ts';
import { sameItem } from '../../src-shared/values/compare.ts';
import { itemProblems } from '../../src-shared/values/item-problems.ts';
import { parseItem } from '../../src-shared/values/parse-item.ts';
import { writeItem } from '../../src-shared/values/write-value.ts';
import { alice, removeHome, startTestEngine, type TestEngine, temporaryHome } from './test-engine.ts';

const region = 'us-east-1';
const role = {
  arn: 'arn:aws:iam::123456789012:role/r',
  name: 'r',
  path: '/',
  accountId: '123456789012',
  partition: 'aws',
};
const limits = { segments: 3 };
const rules = { key: [{ name: 'id', type: 'S', role: 'HASH' }], indexes: [] } as const;

/** Jobs on the engines that the sandbox can stand on. */
describe.each([
  ['dynoxide', startDynoxide],
  ['dynalite', startDynalite],
] as const)('jobs on %s', (name, start) => {
  const isHere = name === 'dynalite' || dynoxideProgram() !== undefined;
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-jobs-'));
  let engine: Engine;
  let http: Pool;
  let jobs: Jobs;
  let chosen = '';
  let seen: (views: JobView[]) => void = () => undefined;

  const forward: ForwardCall = async ({ headers, body }) => {
    const target = headers.find(([header]) => header === 'x-amz-target')?.[1] ?? '';
    const reply = await http.request({
      method: 'POST',
      path: '/',
      headers: { ...engineHeaders, 'x-amz-target': target },
      body: body as Uint8Array,
    });
    return { status: reply.statusCode, headers: [], body: Buffer.from(await reply.body.arrayBuffer()) };
  };

  beforeAll(async () => {
    if (!isHere) return;
    engine = await start({ folder, region });
    http = new Pool(engine.origin, { connections: 16 });
    jobs = createJobs({
      folder: join(folder, 'jobs'),
      forwardFor: () => forward,
      safetyOf: () => ({ heldBy: undefined, isProduction: false }),
      sessions: () => [
        {
          id: 'session-01',
          app: 'aws',
          role,
          region,
          startedAt: 0,
          expiresAt: Number.MAX_SAFE_INTEGER,
          accessKeyId: '',
          keepsKeys: false,
          readOnly: false,
          unlocked: false,
          plainHttp: false,
        },
      ],
      askForFile: async () => chosen,
      notify: undefined,
      onChange: (views) => seen(views),
      onFault: (error) => {
        throw error;
      },
    });
    await jobs.setUser('alice');
    for (const table of ['from', 'into']) {
      await askEngine(http, 'CreateTable', {
        TableName: table,
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      });
    }
  });
  afterAll(async () => {
    await jobs?.close();
    await http?.close();
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a job to its end. */
  async function run(spec: JobSpec): Promise<JobView> {
    const over = new Promise<JobView>((resolve) => {
      seen = ([latest]) => {
        if (latest && latest.state !== 'running') resolve(latest);
      };
    });
    const { jobId } = await jobs.start(spec);
    const view = await over;
    expect(view.error).toBeUndefined();
    if (view.state === 'done') await jobs.forget(jobId);
    return view;
  }

  async function choose(path: string, to: 'import' | 'export'): Promise<string> {
    chosen = path;
    const file = await jobs.chooseFile(
      to === 'import' ? { to } : { to, table: 'from', format: 'dynamodb-json', gzip: false },
    );
    if (file.is !== 'chosen') throw new Error('Nothing was chosen.');
    return file.fileId;
  }

  const inTable = (table: string) => ({ appSessionId: 'session-01', region, table });

  async function exportTo(path: string, table: string, format: 'dynamodb-json' | 'csv', gzip: boolean): Promise<void> {
    const fileId = await choose(path, 'export');
    const scope = { of: 'table' } as const;
    await run({ kind: 'export', ...inTable(table), limits, scope, fileId, format, gzip, types: true });
  }

  async function importFrom(path: string, table: string): Promise<JobView> {
    const fileId = await choose(path, 'import');
    const { format, columns } = await jobs.inspect({ ...inTable(table), fileId });
    return run({
      kind: 'import',
      ...inTable(table),
      limits,
      fileId,
      format,
      columns: columns.map(({ to, type }) => ({ type, ...(to !== undefined && { to }) })),
      mode: 'overwrite',
      dryRun: false,
    });
  }

  const empty = (table: string) => run({ kind: 'purge', ...inTable(table), limits, typedName: table });
  const read = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(readDynamoDbLine);
  const byId = (items: readonly Item[]) =>
    [...items].sort((a, b) =>
      (a.get('id') as { text: string }).text < (b.get('id') as { text: string }).text ? -1 : 1,
    );

  it.skipIf(!isHere).each(['dynamodb-json', 'csv'] as const)(
    'carry any items of any shape from file to table to file to table unchanged, as %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(fc.array(wirePairs, { minLength: 1, maxLength: 30 }), fc.boolean(), async (all, gzip) => {
          const items = all
            .map((pairs, number) => {
              const own = parseItem(itemText(pairs.filter(([attribute]) => attribute !== '' && attribute !== 'id')));
              return new Map([...own, ['id', { type: 'S', text: `${number}` }] as const]);
            })
            // What DynamoDB would not take, it is not asked to.
            .filter((item) => itemProblems(item, rules).length === 0)
            // Dynalite itself forgets what is called so.
            .filter((item) => name !== 'dynalite' || !writeItem(item).includes('__proto__'));
          fc.pre(items.length > 0);
          await empty('from');
          await empty('into');
          const [first, middle, last] = ['first.jsonl', 'middle', 'last.jsonl'].map((file) => join(folder, file));
          writeFileSync(first!, items.map((item) => dynamoDbLine(writeItem(item))).join(''));
          expect((await importFrom(first!, 'from')).counts).toMatchObject({ done: items.length, failed: 0 });
          await exportTo(middle!, 'from', format, gzip);
          expect((await importFrom(middle!, 'into')).counts).toMatchObject({ done: items.length, failed: 0 });
          await exportTo(last!, 'into', 'dynamodb-json', false);
          const [back, sent] = [byId(read(last!)), byId(items)];
          expect(back).toHaveLength(sent.length);
          back.forEach((item, index) => {
            expect(sameItem(item, sent[index] as Item)).toBe(true);
          });
        }),
        { numRuns: 5, endOnFailure: true },
      );
    },
    60_000,
  );

  it.skipIf(!isHere)('never write over what is there, and count to the end', async () => {
    await empty('from');
    await empty('into');
    const path = join(folder, 'keep.jsonl');
    writeFileSync(path, Array.from({ length: 90 }, (_, n) => `{"Item":{"id":{"S":"${n}"},"n":{"N":"1"}}}\n`).join(''));
    await importFrom(path, 'from');
    await run({
      kind: 'copy',
      ...inTable('from'),
      limits,
      scope: { of: 'keys', keys: ['{"id":{"S":"7"}}', '{"id":{"S":"8"}}'] },
      to: inTable('into'),
      mode: 'keep',
    });
    const copied = await run({
      kind: 'copy',
      ...inTable('from'),
      limits,
      scope: { of: 'table' },
      to: inTable('into'),
      mode: 'keep',
    });
    expect(copied.counts).toEqual({ found: 90, done: 88, skipped: 2, failed: 0 });
    const counted = await run({ kind: 'count', ...inTable('into'), limits, scope: { of: 'table' } });
    expect(counted.counts.done).toBe(90);
  });
});

/** Jobs as a page in a browser begins them, which has no file dialog; through the whole app, in the sandbox. */
describe('jobs of the whole app', () => {
  const home = temporaryHome();
  let test: TestEngine;
  const { HOME } = process.env;

  beforeAll(async () => {
    // Exports must not go to the Downloads folder of whoever runs the tests.
    process.env['HOME'] = home.folder;
    test = await startTestEngine(home);
    await test.calls.call('session.login', alice);
  });
  afterAll(async () => {
    await test.stop();
    if (HOME === undefined) delete process.env['HOME'];
    else process.env['HOME'] = HOME;
    removeHome(home);
  });

  async function over(spec: JobSpec): Promise<JobView> {
    const { jobId } = await test.calls.call('jobs.start', { spec });
    return new Promise((resolve) => {
      const stop = test.calls.onState(({ slices }) => {
        const job = slices.jobs?.find(({ id }) => id === jobId);
        if (!job || job.state === 'running') return;
        stop();
        resolve(job);
      });
    });
  }

  it('takes a file from the page piece by piece, and finds a place for an export', async () => {
    const roleArn = 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole';
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn });
    const place = { appSessionId: id, region, table: 'Music' };
    expect(await test.calls.call('jobs.chooseFile', { to: 'import' })).toEqual({ is: 'no-dialog' });
    const text = Buffer.from('Artist,SongTitle,Year\nTest,One,2001\nTest,Two,2002\n');
    const piece = (from: number, to: number) => text.subarray(from, to).toString('base64');
    const upload = (offset: number, base64: string, fileId?: string) =>
      test.calls.call('jobs.upload', { name: '../../x.csv', offset, base64, ...(fileId !== undefined && { fileId }) });
    const { fileId } = await upload(0, piece(0, 20));
    await expect(upload(21, piece(21, 30), fileId)).rejects.toMatchObject({ code: 'conflict' });
    await upload(20, piece(20, text.length), fileId);
    const looks = await test.calls.call('jobs.inspect', { ...place, fileId });
    expect(looks).toMatchObject({ format: 'csv', items: { items: 2, isAbout: false } });
    expect(looks.columns.map(({ type }) => type)).toEqual(['S', 'S', 'N']);
    const imported = await over({
      kind: 'import',
      ...place,
      limits,
      fileId,
      format: 'csv',
      columns: looks.columns.map(({ to, type }) => ({ type, ...(to !== undefined && { to }) })),
      mode: 'keep',
      dryRun: false,
    });
    expect(imported).toMatchObject({ state: 'done', counts: { done: 2 }, file: { name: 'x.csv' } });

    const file = await test.calls.call('jobs.chooseFile', { to: 'export', table: 'Music', format: 'json', gzip: true });
    if (file.is !== 'chosen') throw new Error('No place was found.');
    const exported = await over({
      kind: 'export',
      ...place,
      limits,
      scope: { of: 'table' },
      fileId: file.fileId,
      format: 'json',
      gzip: true,
      types: true,
    });
    expect(exported.file?.path?.startsWith(home.folder)).toBe(true);
    expect(exported.file?.path).toMatch(/Music-\d{4}-\d\d-\d\d\.json\.gz$/);
  });

  it('writes nothing as a role that may only read, and says why', async () => {
    const roleArn = 'arn:aws:iam::123456789000:role/role_for_alice';
    const { id } = await test.calls.call('appSessions.start', { app: 'aws', roleArn });
    const place = { appSessionId: id, region, table: 'Sessions' };
    const before = await over({ kind: 'count', ...place, limits, scope: { of: 'table' } });
    const purge = await over({ kind: 'purge', ...place, limits, typedName: 'Sessions' });
    expect(purge).toMatchObject({ state: 'paused', pausedBy: 'error', error: { code: 'access_denied' } });
    const after = await over({ kind: 'count', ...place, limits, scope: { of: 'table' } });
    expect(after.counts.done).toBe(before.counts.done);
    expect(after.counts.done).toBeGreaterThan(0);
  });

  it('copies from one app session to another one, in another region', async () => {
    const session = async (name: string) => {
      const roleArn = `arn:aws:iam::123456789000:role/${name}`;
      return (await test.calls.call('appSessions.start', { app: 'aws', roleArn })).id;
    };
    const [reader, writer] = [await session('role_for_alice'), await session('ExampleTeleportDynamoDBRole')];
    const to = { appSessionId: writer, region: 'eu-west-1', table: 'sessions-copied' };
    await test.calls.call('tables.create', {
      appSessionId: writer,
      region: to.region,
      definition: {
        name: to.table,
        key: [{ name: 'SessionId', type: 'S', role: 'HASH' }],
        indexes: [],
        billing: { mode: 'on-demand' },
        deletionProtection: false,
        tags: [],
      },
    });
    const from = { appSessionId: reader, region, table: 'Sessions' };
    const copied = await over({ kind: 'copy', ...from, limits, scope: { of: 'table' }, to, mode: 'overwrite' });
    expect(copied).toMatchObject({
      state: 'done',
      place: { role: 'role_for_alice', region },
      to: { role: 'ExampleTeleportDynamoDBRole', region: 'eu-west-1' },
    });
    expect(copied.counts.done).toBeGreaterThan(0);
    const counted = await over({ kind: 'count', ...to, limits, scope: { of: 'table' } });
    expect(counted.counts.done).toBe(copied.counts.done);
  });

  it('takes no path, and no file that nobody has chosen', async () => {
    const place = { appSessionId: 'session-01', region, table: 'Music' };
    const spec = { kind: 'export', ...place, limits, scope: { of: 'table' }, format: 'csv', gzip: false, types: true };
    for (const fileId of ['../../../etc/passwd', '/etc/passwd', 'no-such-file-0001']) {
      const { id } = await test.calls.call('appSessions.start', {
        app: 'aws',
        roleArn: 'arn:aws:iam::123456789000:role/ExampleTeleportDynamoDBRole',
      });
      const result = test.calls.call('jobs.start', { spec: { ...spec, appSessionId: id, fileId } as JobSpec });
      await expect(result).rejects.toMatchObject({ code: /^(bad_input|not_found)$/ });
    }
    const upload = test.calls.call('jobs.upload', { fileId: '../../../x', name: 'x', offset: 0, base64: '' });
    await expect(upload).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('lets a command of this person name a file, and no page', async () => {
    const file = join(test.home.folder, 'named.jsonl');
    writeFileSync(file, '');
    const page = { isCommand: false, whenGone: () => undefined };
    for (const input of [
      { to: 'read', path: file },
      { to: 'write', path: file, overwrite: true },
    ]) {
      const result = await test.engine.dispatch('jobs.nameFile', input, page);
      expect(result).toMatchObject({ ok: false, error: { code: 'access_denied' } });
    }
    expect(await test.calls.call('jobs.nameFile', { to: 'read', path: file })).toMatchObject({ name: 'named.jsonl' });
    for (const [input, code] of [
      [{ to: 'read', path: 'named.jsonl' }, 'bad_input'],
      [{ to: 'read', path: test.home.folder }, 'bad_input'],
      [{ to: 'read', path: `${file}.none` }, 'not_found'],
      [{ to: 'write', path: file, overwrite: false }, 'conflict'],
      [{ to: 'write', path: join(file, 'x'), overwrite: false }, 'not_found'],
    ] as const) {
      await expect(test.calls.call('jobs.nameFile', input)).rejects.toMatchObject({ code });
    }
  });
});
