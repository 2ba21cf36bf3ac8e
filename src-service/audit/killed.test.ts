import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createChainVerifier } from '../../src-shared/audit/verify.ts';
import { openLibsqlBackend } from '../backend/libsql/libsql.ts';
import { silentLog } from '../log.ts';
import { openAudit } from './open-audit.ts';
import { queryAudit } from './query.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-killed-'));
  return () => rmSync(folder, { recursive: true, force: true });
});
const file = () => join(folder, 'audit.jsonl');
const linesOfFile = () => readFileSync(file(), 'utf8').split('\n').slice(0, -1);

/** Opens the log, as the service does at its start. */
async function start(followsStore = true) {
  const backend = await openLibsqlBackend(join(folder, 'state.db'));
  const options = { backend, followsStore, cluster: 'test', stateDir: folder, log: silentLog, now: Date.now };
  const { audit, closeAudit } = await openAudit({ ...options, outputs: ['file'] });
  const close = async () => {
    await closeAudit();
    await backend.close();
  };
  return { backend, audit, close };
}

/** Ends the log in an orderly way, and gives what is in the store. */
async function storedLines({ backend, audit, close }: Awaited<ReturnType<typeof start>>): Promise<string[]> {
  await audit.head();
  const lines: string[] = [];
  let after: number | undefined;
  do {
    const page = await queryAudit(backend, { filter: {}, order: 'oldest', limit: 1_000, after });
    lines.push(...page.lines);
    after = page.next;
  } while (after !== undefined);
  await close();
  return lines;
}

/** A process that records, killed in the middle. @returns the users of the events that were acknowledged */
async function recordUntilKilled(round: number): Promise<string[]> {
  const script = fileURLToPath(new URL('testing/record-forever.ts', import.meta.url));
  const writer = spawn(process.execPath, ['--import', 'tsx', script, folder, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  let text = '';
  writer.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length > 1_000) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  // The last line may be cut in two.
  return text.split('\n').slice(0, -1);
}

const event = (user: string) => ({ event: 'test', time: Date.now(), user, success: true });

describe('a log whose process is killed', () => {
  it('has every event that was acknowledged, in one chain, and its file has the same', {
    timeout: 60_000,
  }, async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) acknowledged.push(...(await recordUntilKilled(round)));
    expect(acknowledged.length).toBeGreaterThan(60);
    const lines = await storedLines(await start());
    const users = new Set(lines.map((line) => (JSON.parse(line) as { user: string }).user));
    expect(acknowledged.filter((user) => !users.has(user))).toEqual([]);
    const verifier = createChainVerifier({ fromStart: true });
    lines.forEach(verifier.add);
    expect(verifier.finish().problems).toEqual([]);
    expect(linesOfFile().slice(0, lines.length)).toEqual(lines);
  });

  it('gives its file what it lacks, and takes out a line that was cut', async () => {
    const first = await start();
    for (const user of ['a', 'b', 'c', 'd']) await first.audit.recordDurably(event(user));
    await first.close();
    const all = linesOfFile();
    writeFileSync(file(), `${all.slice(0, 2).join('\n')}\n${all[2]?.slice(0, 30)}`);
    const again = await start();
    await again.audit.recordDurably(event('e'));
    const stored = await storedLines(again);
    expect(stored.slice(0, all.length)).toEqual(all);
    expect(linesOfFile().slice(0, stored.length)).toEqual(stored);
  });

  it('leaves a file alone that is another’s, or new, and that of a replica', async () => {
    const first = await start();
    for (const user of ['a', 'b']) await first.audit.recordDurably(event(user));
    await first.close();
    const other = linesOfFile()[0]?.replace('"user":"a"', '"user":"x"') ?? '';
    for (const [there, followsStore] of [
      [`${other}\n`, true],
      ['not from here\n', true],
      ['', true],
      [`${linesOfFile()[0]}\n`, false],
    ] as const) {
      writeFileSync(file(), there);
      const again = await start(followsStore);
      expect(readFileSync(file(), 'utf8')).toBe(there);
      await again.close();
    }
  });
});
