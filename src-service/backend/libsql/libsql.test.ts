import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { backendConformance } from '../testing/conformance.ts';
import { openLibsqlBackend } from './libsql.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolegate-backend-'));
let count = 0;
const newFile = () => join(folder, `store-${count++}`, 'state.db');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

backendConformance('libsql', async () => {
  const file = newFile();
  let time = 2_000_000_000_000;
  return {
    open: () => openLibsqlBackend(file, () => time),
    sleep: (milliseconds) => {
      time += milliseconds;
    },
  };
});

describe('a libsql file', () => {
  it.skipIf(process.platform === 'win32')('is for this user only', async () => {
    const file = newFile();
    const backend = await openLibsqlBackend(file);
    onTestFinished(() => backend.close());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  });

  it('of the first release is taken over as it is', async () => {
    const file = newFile();
    await (await openLibsqlBackend(file)).close();
    rmSync(file);
    const old = new Database(file);
    old.exec(`CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER) WITHOUT ROWID;
      INSERT INTO entries VALUES ('logins/a', '{"user":"alice"}', 9000000000000), ('passwords/alice', '{"hash":"x"}', NULL)`);
    old.close();
    for (let opening = 0; opening < 2; opening += 1) {
      const backend = await openLibsqlBackend(file);
      const login = await backend.get('logins/a');
      expect(login).toMatchObject({ value: { user: 'alice' }, expiresAt: 9_000_000_000_000 });
      const password = await backend.get('passwords/alice');
      expect(password?.revision).not.toBe(login?.revision);
      expect(await backend.compareAndSwap({ ...password!, value: { hash: 'y' } }, password!.revision)).toBeDefined();
      await backend.close();
    }
  });

  it('of a newer release is refused in a sentence', async () => {
    const file = newFile();
    await (await openLibsqlBackend(file)).close();
    const newer = new Database(file);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    await expect(openLibsqlBackend(file)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The store was written by a newer Rolegate than this one.',
    });
  });

  it('that is none is refused in a sentence', async () => {
    await expect(openLibsqlBackend(join(folder, '\0', 'state.db'))).rejects.toThrow();
    const notADatabase = fileURLToPath(import.meta.url);
    const copy = newFile();
    await (await openLibsqlBackend(copy)).close();
    const { copyFileSync } = await import('node:fs');
    copyFileSync(notADatabase, copy);
    await expect(openLibsqlBackend(copy)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('keeps the event loop free while it writes', async () => {
    const backend = await openLibsqlBackend(newFile());
    onTestFinished(() => backend.close());
    const writes = Promise.all(
      Array.from({ length: 300 }, (_, n) => backend.put({ key: `w/${n}`, value: 'x'.repeat(9_000) })),
    );
    let turns = 0;
    let done = false;
    void writes.then(() => {
      done = true;
    });
    while (!done) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(turns).toBeGreaterThan(3);
  });

  it('does not fail one write for the fault of another', async () => {
    const backend = await openLibsqlBackend(newFile());
    onTestFinished(() => backend.close());
    const results = await Promise.allSettled([
      backend.put({ key: 'a/1', value: 1 }),
      // SQLite takes no such thing as a number of milliseconds.
      backend.put({ key: 'a/2', value: 2, expiresAt: {} as number }),
      backend.put({ key: 'a/3', value: 3 }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await backend.range('a/')).map(({ value }) => value)).toEqual([1, 3]);
  });

  it('says that it is closed', async () => {
    const backend = await openLibsqlBackend(newFile());
    const last = backend.put({ key: 'a/1', value: 1 });
    await backend.close();
    await last;
    await expect(backend.get('a/1')).rejects.toMatchObject({ code: 'unavailable' });
    await backend.close();
  });

  it('loses nothing that was acknowledged when its process is killed while it writes', async () => {
    const file = newFile();
    for (let round = 0; round < 3; round += 1) {
      const acknowledged = await writeUntilKilled(file, round);
      expect(acknowledged.length).toBeGreaterThan(20);
      const backend = await openLibsqlBackend(file);
      const kept = new Set((await backend.range('kill/')).map(({ key }) => key));
      await backend.close();
      expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
    }
  });
});

/** Starts a process that writes and says what was acknowledged, and kills it in the middle. */
async function writeUntilKilled(file: string, round: number): Promise<string[]> {
  const script = fileURLToPath(new URL('../testing/write-forever.ts', import.meta.url));
  const writer: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, file, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  writer.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length > 2_000) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  // The last line may be cut in two.
  return text.split('\n').slice(0, -1);
}
