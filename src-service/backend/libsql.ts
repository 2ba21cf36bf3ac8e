import { chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import type { Backend, Entry } from './backend.ts';

interface Row {
  key: string;
  value: string;
  expires_at: number | null;
}

/** The part of libsql's promise API that is used here (its own types are `any`). */
interface Database {
  exec(sql: string): Promise<void>;
  prepare(sql: string): Promise<Statement>;
  close(): void;
}
interface Statement {
  run(...values: unknown[]): Promise<{ changes: number }>;
  get(...values: unknown[]): Promise<Row | undefined>;
  all(...values: unknown[]): Promise<Row[]>;
}

const schema = `
  CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    expires_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires_at) WHERE expires_at IS NOT NULL;
`;

const alive = '(expires_at IS NULL OR expires_at > ?)';

/**
 * Opens (or makes) a backend in one SQLite file. Statements run off the event loop, one after another; a write has
 * reached the disk when its promise resolves.
 *
 * @param file path of the database file, made with mode 0600 in a folder of mode 0700
 */
export async function openLibsqlBackend(file: string, now: () => number = Date.now): Promise<Backend> {
  await makePrivateFolder(dirname(file));
  // Loaded here because opening a native library takes a while and not every start needs a backend.
  const { default: DatabaseClass } = (await import('libsql/promise')) as unknown as {
    default: new (path: string) => Database;
  };
  const database = new DatabaseClass(file);
  const inTurn = queue();
  await inTurn(async () => {
    await database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    await database.exec(schema);
  });
  await chmod(file, 0o600);
  const sql = {
    get: await database.prepare(`SELECT key, value, expires_at FROM entries WHERE key = ? AND ${alive}`),
    sweep: await database.prepare('DELETE FROM entries WHERE expires_at <= ?'),
    create: await database.prepare(
      'INSERT INTO entries (key, value, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    put: await database.prepare('INSERT OR REPLACE INTO entries (key, value, expires_at) VALUES (?, ?, ?)'),
    delete: await database.prepare(`DELETE FROM entries WHERE key = ? AND ${alive}`),
    range: await database.prepare(
      `SELECT key, value, expires_at FROM entries WHERE key >= ? AND key < ? AND ${alive} ORDER BY key`,
    ),
  };

  return {
    get: (key) =>
      inTurn(async () => {
        const row = await sql.get.get(key, now());
        return row && toEntry(row);
      }),
    create: (entry) =>
      inTurn(async () => {
        // An expired entry under this key is as good as none.
        await sql.sweep.run(now());
        return (await sql.create.run(...toRow(entry))).changes === 1;
      }),
    put: (entry) =>
      inTurn(async () => {
        await sql.put.run(...toRow(entry));
      }),
    delete: (key) => inTurn(async () => (await sql.delete.run(key, now())).changes === 1),
    range: (prefix) => inTurn(async () => (await sql.range.all(prefix, `${prefix}\u{10ffff}`, now())).map(toEntry)),
    close: () => inTurn(async () => database.close()),
  };
}

function toRow({ key, value, expiresAt }: Entry): [string, string, number | null] {
  return [key, JSON.stringify(value), expiresAt ?? null];
}

function toEntry(row: Row): Entry {
  const entry: Entry = { key: row.key, value: JSON.parse(row.value) };
  return row.expires_at === null ? entry : { ...entry, expiresAt: row.expires_at };
}

/** Runs tasks one after another; one that fails does not stop the next. */
function queue(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result.catch(() => undefined);
    return result;
  };
}
