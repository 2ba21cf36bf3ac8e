import { RolegateError } from '../../../src-shared/errors.ts';
import type { ThreadedDatabase } from './database.ts';

/**
 * The steps that lead from an empty file to today's tables. A step that has been released is never changed; the
 * number of those that have been taken is the file's `user_version`.
 */
const steps: readonly string[] = [
  // Files of the first release have this table and user_version 0.
  `
  CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    expires_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires_at) WHERE expires_at IS NOT NULL;
  `,
  // Revisions for compare-and-swap, and a log of changed keys for those who watch.
  `
  ALTER TABLE entries ADD COLUMN revision TEXT NOT NULL DEFAULT '';
  UPDATE entries SET revision = lower(hex(randomblob(12)));
  CREATE TABLE changes (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL);
  CREATE TRIGGER entry_inserted AFTER INSERT ON entries BEGIN INSERT INTO changes (key) VALUES (NEW.key); END;
  CREATE TRIGGER entry_updated AFTER UPDATE ON entries BEGIN INSERT INTO changes (key) VALUES (NEW.key); END;
  CREATE TRIGGER entry_deleted AFTER DELETE ON entries BEGIN INSERT INTO changes (key) VALUES (OLD.key); END;
  `,
];

/**
 * Brings a file up to today's tables.
 *
 * @throws RolegateError `unavailable` for a file that a newer Rolegate has written
 */
export async function migrateSchema(database: ThreadedDatabase): Promise<void> {
  const version = await versionOf(database);
  if (version > steps.length) {
    throw new RolegateError('unavailable', 'The store was written by a newer Rolegate than this one.', {
      hint: 'Update Rolegate, or use another folder.',
      retryable: false,
    });
  }
  for (let next = version; next < steps.length; next += 1) {
    const sql = `${steps[next]} PRAGMA user_version = ${next + 1};`;
    await database.transaction([{ kind: 'exec', sql }]).catch(async (error: unknown) => {
      // Another process on the same file may have taken the step in the meantime.
      if ((await versionOf(database)) <= next) throw error;
    });
  }
}

async function versionOf(database: ThreadedDatabase): Promise<number> {
  const [row] = (await database.run({ kind: 'all', sql: 'PRAGMA user_version' })) as { user_version: number }[];
  return row?.user_version ?? 0;
}
