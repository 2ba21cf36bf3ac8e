import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Home } from '../../src-main/home/home.ts';
import { readDynamoDbLine } from '../../src-shared/files/item-lines.ts';
import { canonicalText } from '../../src-shared/values/compare.ts';
import { alice, removeHome, temporaryHome } from '../integration/test-engine.ts';
import { interruptedRolegate, type Running, rolegate, startRolegate } from './command-line.ts';

describe('rolegate table', () => {
  const serviceHome: Home = temporaryHome();
  const home: Home = temporaryHome();
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-table-'));
  const inFolder = (name: string) => join(folder, name);
  let sandbox: Running;

  beforeAll(async () => {
    sandbox = await startRolegate(serviceHome, ['sandbox', 'start', '--format', 'json']);
    const { service, ca } = JSON.parse(sandbox.firstLine) as { service: string; ca: string };
    const login = ['login', '--service', service, '--ca', ca, '--user', 'alice', '--password-stdin'];
    expect((await rolegate(home, login, `${alice.password}\n`)).code).toBe(0);
    expect((await rolegate(home, ['apps', 'login', '--aws-role', 'ExampleTeleportDynamoDBRole', 'aws'])).code).toBe(0);
  });
  afterAll(async () => {
    await sandbox.stop();
    for (const one of [home, serviceHome]) removeHome(one);
    rmSync(folder, { recursive: true, force: true });
  });

  const table = (...args: string[]) => rolegate(home, ['table', ...args]);
  /** The items of an export, each in the one spelling that DynamoDB's order of names and members cannot change. */
  const linesOf = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => canonicalText({ type: 'M', entries: readDynamoDbLine(line) }))
      .sort();
  const all = async (name: string) => linesOf((await table('export', name)).stdout);

  it('exports to standard output, and takes it back from standard input unchanged', async () => {
    const before = await table('export', 'EveryType');
    expect(before).toMatchObject({ code: 0, stderr: expect.stringMatching(/items exported\.\n$/) });
    const back = await rolegate(home, ['table', 'import', 'EveryType', '-', '--overwrite'], before.stdout);
    expect(back).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('imported') });
    expect(await all('EveryType')).toEqual(linesOf(before.stdout));
  });

  it('exports an index, a key or a packed CSV file, which only this person can read', async () => {
    const file = inFolder('music.csv.gz');
    const { code, stdout } = await table('export', 'Music', '--key', 'Artist=Acme Band', '-o', file);
    expect([code, stdout]).toEqual([0, '']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const rows = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
    expect(rows[0]).toContain('Artist:S');
    expect(rows.slice(1).every((row) => row.includes('Acme Band'))).toBe(true);
    expect(await table('export', 'Music', '-o', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is there already'),
    });
    expect((await table('export', 'Music', '-o', file, '--force')).code).toBe(0);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('leaves what is there alone, checks without writing, and writes down what it could not do', async () => {
    const file = inFolder('odd.jsonl');
    const [first] = (await table('export', 'EveryType')).stdout.split('\n');
    const odd = '{"Item":{"Id":{"S":"from a command"},"__proto__":{"N":"12345678901234567890123456789012345678"}}}';
    writeFileSync(file, `${first}\n${odd}\n{"Item":{"Id":{"NULL":true}}}\n`);
    const before = await all('EveryType');
    const check = await table('import', 'EveryType', file, '--check', '--ledger', inFolder('check.jsonl'));
    expect(check.code).toBe(1);
    expect(await all('EveryType')).toEqual(before);

    const ledger = inFolder('ledger.jsonl');
    const { code, stderr } = await table('import', 'EveryType', file, '--ledger', ledger);
    expect(code).toBe(1);
    expect(stderr).toContain('1 item imported, 1 skipped, 1 failed');
    const [head, ...entries] = readFileSync(ledger, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(head).toMatchObject({ job: 'import', counts: { found: 3, done: 1, skipped: 1, failed: 1 } });
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual(expect.objectContaining({ outcome: 'skipped', record: 1 }));
    expect(entries).toContainEqual(expect.objectContaining({ outcome: 'failed', record: 3 }));
    expect((await all('EveryType')).filter((line) => !before.includes(line))).toEqual(linesOf(odd));
  });

  it('is ended by Ctrl+C: nothing half done is left, and a ledger says how far it came', async () => {
    const file = inFolder('orders.jsonl');
    const ledger = inFolder('orders-ledger.jsonl');
    const args = ['table', 'export', 'Orders', '-o', file, '--ledger', ledger, '--read-units', '1', '--segments', '1'];
    const { code, stderr } = await interruptedRolegate(home, args, /Reading: /);
    expect(stderr).toContain('Export of Orders, cancelled; no file is left.');
    expect(code).toBe(130);
    expect(JSON.parse(readFileSync(ledger, 'utf8').split('\n')[0] ?? '')).toMatchObject({ state: 'cancelled' });
    expect(readdirSync(folder).filter((name) => name.startsWith('orders.'))).toEqual([]);
    expect((await table('jobs')).stderr).toBe('There are no jobs.\n');
  });

  it('goes on with a job that was killed', async () => {
    const file = inFolder('killed.jsonl');
    const args = ['table', 'export', 'Orders', '-o', file, '--read-units', '200', '--segments', '1'];
    await interruptedRolegate(home, args, /Reading: /, 'SIGKILL');
    expect(existsSync(file)).toBe(false);
    const [job] = JSON.parse((await table('jobs', '--format', 'json')).stdout) as { id: string; state: string }[];
    expect(job).toMatchObject({ state: 'paused' });
    expect(await table('resume', job?.id ?? '')).toMatchObject({ code: 0 });
    expect(linesOf(readFileSync(file, 'utf8'))).toEqual(await all('Orders'));
  });

  it('says in a sentence what cannot be, and changes nothing', async () => {
    for (const [args, words] of [
      [['export', 'Nope'], 'not found'],
      [['export'], 'Say which table'],
      [['export', 'Music', '--index', 'nope'], 'has no index nope'],
      [['export', 'Music', '--key', 'SongTitle=x'], 'Artist'],
      [['export', 'Music', '-o', join(folder, 'no', 'folder')], 'There is no folder'],
      [['import', 'Music', inFolder('nothing.csv')], 'There is no file'],
      [['import', 'Music', folder], 'is not a file'],
      [['resume', 'nojob-nojob-nojob'], 'not there any more'],
    ] as const) {
      const { code, stderr, stdout } = await table(...args);
      expect([args, code, stdout]).toEqual([args, 1, '']);
      expect(stderr).toContain(words);
      expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
    }
    for (const args of [
      ['export', 'Music', '--segments', '0'],
      ['export', 'Music', '--key', 'x'],
      ['import', 'Music'],
    ]) {
      expect([args, (await table(...args)).code]).toEqual([args, 2]);
    }
  });
});
