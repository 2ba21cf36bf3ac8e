import { chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateFolder } from '../../../src-shared/files/atomic-write.ts';
import type { Backend, Entry, RangeOptions, StoredEntry } from '../backend.ts';
import { keyParts, newRevision, prefixParts, valueText } from '../entry-text.ts';
import { createWatchers } from '../watchers.ts';
import { openDatabase } from './database.ts';
import { migrateSchema } from './schema.ts';

interface Row {
  key: string;
  value: string;
  expires_at: number | null;
  revision: string;
}

const columns = 'key, value, expires_at, revision';
const alive = '(expires_at IS NULL OR expires_at > ?)';
const sql = {
  get: `SELECT ${columns} FROM entries WHERE key = ? AND ${alive}`,
  put: `INSERT INTO entries (${columns}) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
    SET value = excluded.value, expires_at = excluded.expires_at, revision = excluded.revision`,
  // An expired entry under this key is as good as none.
  create: `INSERT INTO entries (${columns}) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
    SET value = excluded.value, expires_at = excluded.expires_at, revision = excluded.revision
    WHERE entries.expires_at <= ?`,
  swap: `UPDATE entries SET value = ?, expires_at = ?, revision = ? WHERE key = ? AND revision = ? AND ${alive}`,
  delete: `DELETE FROM entries WHERE key = ? AND ${alive}`,
  deleteRevision: `DELETE FROM entries WHERE key = ? AND ${alive} AND revision = ?`,
  sweep: 'DELETE FROM entries WHERE expires_at <= ?',
  forget: 'DELETE FROM changes WHERE number <= (SELECT MAX(number) FROM changes) - ?',
  lastChange: `SELECT seq FROM sqlite_sequence WHERE name = 'changes'`,
  changes: 'SELECT number, key FROM changes WHERE number > ? ORDER BY number',
};

const sweepEvery = 60_000;
const watchEvery = 500;
const keptChanges = 10_000;

/**
 * Opens (or makes) a backend in one SQLite file. Nothing of it runs on the event loop; a write has reached the disk
 * when its promise resolves.
 *
 * @param file path of the database file, made with mode 0600 in a folder of mode 0700
 */
export async function openLibsqlBackend(file: string, now: () => number = Date.now): Promise<Backend> {
  await makePrivateFolder(dirname(file));
  const database = await openDatabase(file);
  await chmod(file, 0o600);
  await migrateSchema(database);
  const watching = watchChanges();
  const sweeping = setInterval(() => void sweep().catch(() => undefined), sweepEvery);
  sweeping.unref();

  async function change(statement: string, values: (string | number | null)[]): Promise<boolean> {
    const changed = (await database.run({ kind: 'run', sql: statement, values })) as number;
    if (changed > 0) watching.lookSoon();
    return changed > 0;
  }

  async function rows(statement: string, values: (string | number | null)[]): Promise<StoredEntry[]> {
    return ((await database.run({ kind: 'all', sql: statement, values })) as Row[]).map(toEntry);
  }

  async function write(statement: string, entry: Entry, ...more: (string | number)[]): Promise<string | undefined> {
    keyParts(entry.key);
    const revision = newRevision();
    const values = [entry.key, valueText(entry), entry.expiresAt ?? null, revision, ...more];
    return (await change(statement, values)) ? revision : undefined;
  }

  async function sweep(): Promise<void> {
    await change(sql.sweep, [now()]);
    await database.run({ kind: 'run', sql: sql.forget, values: [keptChanges] });
  }

  /** Tells watchers of what this process wrote at once, and of what others wrote when it looks next. */
  function watchChanges() {
    let timer: NodeJS.Timeout | undefined;
    let last: Promise<number> | undefined;
    const watchers = createWatchers((any) => {
      clearInterval(timer);
      last = any ? lastChange() : undefined;
      if (!any) return;
      timer = setInterval(look, watchEvery);
      timer.unref();
    });

    async function lastChange(): Promise<number> {
      const [row] = (await database.run({ kind: 'all', sql: sql.lastChange })) as { seq: number }[];
      return row?.seq ?? 0;
    }

    function look(): void {
      // One look after another: each begins where the one before ended.
      last = last?.then(async (from) => {
        const found = (await database.run({ kind: 'all', sql: sql.changes, values: [from] })) as {
          number: number;
          key: string;
        }[];
        const first = found[0]?.number ?? from + 1;
        watchers.tell(
          found.map(({ key }) => key),
          first > from + 1,
        );
        return found.at(-1)?.number ?? from;
      });
      // A look that failed leaves a gap: the next one that succeeds says so.
      last = last?.catch(() => -1);
    }

    return {
      add: watchers.add,
      lookSoon: () => void (watchers.isEmpty() || setImmediate(look)),
      stop: () => clearInterval(timer),
    };
  }

  return {
    get: async (key) => (await rows(sql.get, [key, now()]))[0],
    async put(entry) {
      return (await write(sql.put, entry)) as string;
    },
    create: (entry) => write(sql.create, entry, now()),
    async compareAndSwap(entry, revision) {
      const next = newRevision();
      const values = [valueText(entry), entry.expiresAt ?? null, next, entry.key, revision, now()];
      return (await change(sql.swap, values)) ? next : undefined;
    },
    delete: (key, revision) =>
      revision === undefined ? change(sql.delete, [key, now()]) : change(sql.deleteRevision, [key, now(), revision]),
    range(prefix, options = {}) {
      prefixParts(prefix);
      return rows(...rangeQuery(prefix, options, now()));
    },
    watch: watching.add,
    async close() {
      clearInterval(sweeping);
      watching.stop();
      await database.close();
    },
  };
}

function rangeQuery(
  prefix: string,
  { limit, after, reverse }: RangeOptions,
  now: number,
): [string, (string | number)[]] {
  const from = !reverse && after !== undefined ? after : undefined;
  const until = reverse && after !== undefined ? after : `${prefix}\u{10ffff}`;
  const where = `key >= ? AND key ${from === undefined ? '>=' : '>'} ? AND key < ? AND ${alive}`;
  const order = `ORDER BY key ${reverse ? 'DESC' : 'ASC'} LIMIT ?`;
  return [`SELECT ${columns} FROM entries WHERE ${where} ${order}`, [prefix, from ?? prefix, until, now, limit ?? -1]];
}

function toEntry(row: Row): StoredEntry {
  const entry = { key: row.key, value: JSON.parse(row.value) as unknown, revision: row.revision };
  return row.expires_at === null ? entry : { ...entry, expiresAt: row.expires_at };
}
