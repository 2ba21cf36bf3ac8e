import { chmodSync } from 'node:fs';
import Libsql from 'libsql';

/** A statement that gives rows of one form. */
export interface Query<Row> {
  get(...values: readonly unknown[]): Row | undefined;
  all(...values: readonly unknown[]): Row[];
}

/** The SQLite file that says what is in the store; bodies are files of their own. */
export interface Database {
  query<Row>(sql: string): Query<Row>;
  /** Makes a statement that changes something. Gives the number of rows that it has changed. */
  command(sql: string): (...values: readonly unknown[]) => number;
  /** Does several things or, when one of them throws, none. */
  atomically<Result>(work: () => Result): Result;
  close(): void;
}

// Keys are blobs: they sort by their bytes, as S3 lists them, and may hold any character.
const schema = `
  CREATE TABLE IF NOT EXISTS buckets (
    name TEXT PRIMARY KEY, region TEXT NOT NULL, kind TEXT NOT NULL, public_read INTEGER NOT NULL, created INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
    storage_class TEXT NOT NULL, checksum_algorithm TEXT, checksum_type TEXT, details TEXT NOT NULL,
    PRIMARY KEY (bucket, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key BLOB NOT NULL, initiated INTEGER NOT NULL, details TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS uploads_by_key ON uploads (bucket, key, initiated, id);
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
    checksum TEXT, file TEXT NOT NULL,
    PRIMARY KEY (upload, number)
  ) WITHOUT ROWID;
`;

/**
 * Opens (or makes) the database. Its statements are synchronous: what is read and what is then written belong
 * together without further ado, and none of them takes long.
 *
 * @param file made with mode 0600
 */
export function openDatabase(file: string): Database {
  const database = new Libsql(file);
  // A demo may lose its last second when the machine goes down, but not its consistency.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec(schema);
  chmodSync(file, 0o600);
  return {
    query: <Row>(sql: string) => database.prepare(sql) as unknown as Query<Row>,
    command: (sql) => {
      const statement = database.prepare(sql);
      return (...values) => statement.run(...values).changes;
    },
    atomically: (work) => database.transaction(work)(),
    close: () => database.close(),
  };
}

/** Wire text as a blob. */
export function blobOf(wire: string): Buffer {
  return Buffer.from(wire, 'latin1');
}

/** A blob as wire text. */
export function wireOf(blob: ArrayBuffer): string {
  return Buffer.from(blob).toString('latin1');
}
