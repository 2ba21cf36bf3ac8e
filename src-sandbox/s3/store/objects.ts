import type { ChecksumType } from '../checksums/algorithms.ts';
import { blobOf, type Database, wireOf } from './database.ts';
import type { ObjectSummary, StoredObject } from './types.ts';

interface SummaryRow {
  key: ArrayBuffer;
  size: number;
  etag: string;
  modified: number;
  storage_class: string;
  checksum_algorithm: string | null;
  checksum_type: string | null;
}

type Details = Pick<StoredObject, 'headers' | 'tags' | 'checksum' | 'multipart' | 'segments'>;

const summary = 'key, size, etag, modified, storage_class, checksum_algorithm, checksum_type';

/** The objects of all buckets, by bucket and key. */
export class ObjectTable {
  readonly #one;
  readonly #range;
  readonly #put;
  readonly #delete;

  constructor(database: Database) {
    this.#one = database.query<SummaryRow & { details: string }>(
      `SELECT ${summary}, details FROM objects WHERE bucket = ? AND key = ?`,
    );
    this.#range = database.query<SummaryRow>(
      `SELECT ${summary} FROM objects WHERE bucket = ? AND key >= ? ORDER BY key LIMIT ?`,
    );
    this.#put = database.command(
      `INSERT OR REPLACE INTO objects (bucket, ${summary}, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#delete = database.command('DELETE FROM objects WHERE bucket = ? AND key = ?');
  }

  find(bucket: string, key: string): StoredObject | undefined {
    const row = this.#one.get(bucket, blobOf(key));
    if (!row) return undefined;
    const { size, etag, modified, storage_class: storageClass } = row;
    return { key, size, etag, modified, storageClass, ...(JSON.parse(row.details) as Details) };
  }

  /** Objects in the order of their keys, from a key (wire text) on. */
  from(bucket: string, key: string, limit: number): ObjectSummary[] {
    return this.#range.all(bucket, blobOf(key), limit).map(summaryOf);
  }

  /**
   * Puts an object in the place of the one with its key, if there is one.
   *
   * @returns the files that are needed no longer
   */
  put(bucket: string, object: StoredObject): string[] {
    const { key, size, etag, modified, storageClass, headers, tags, checksum, multipart, segments } = object;
    const details: Details = { headers, tags, checksum, multipart, segments };
    const before = this.find(bucket, key);
    this.#put(
      bucket,
      blobOf(key),
      size,
      etag,
      modified,
      storageClass,
      checksum?.algorithm ?? null,
      checksum?.type ?? null,
      JSON.stringify(details),
    );
    const kept = new Set(segments.map(({ file }) => file));
    return filesOf(before).filter((file) => !kept.has(file));
  }

  /** @returns the files that are needed no longer */
  delete(bucket: string, key: string): string[] {
    const before = this.find(bucket, key);
    this.#delete(bucket, blobOf(key));
    return filesOf(before);
  }
}

function filesOf(object: StoredObject | undefined): string[] {
  return object?.segments.map(({ file }) => file) ?? [];
}

function summaryOf(row: SummaryRow): ObjectSummary {
  const { size, etag, modified, storage_class: storageClass, checksum_algorithm: algorithm } = row;
  const type = row.checksum_type as ChecksumType;
  return {
    key: wireOf(row.key),
    size,
    etag,
    modified,
    storageClass,
    ...(algorithm !== null && { checksum: { algorithm, type } }),
  };
}
