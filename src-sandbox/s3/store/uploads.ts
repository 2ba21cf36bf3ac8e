import { blobOf, type Database, wireOf } from './database.ts';
import type { Upload, UploadPart } from './types.ts';

interface UploadRow {
  id: string;
  bucket: string;
  key: ArrayBuffer;
  initiated: number;
  details: string;
}

interface PartRow {
  number: number;
  size: number;
  etag: string;
  modified: number;
  checksum: string | null;
  file: string;
}

type Details = Pick<Upload, 'headers' | 'tags' | 'storageClass' | 'initiator' | 'checksum'>;

/** Uploads in parts that have been begun and neither completed nor aborted. */
export class UploadTable {
  readonly #one;
  readonly #ofBucket;
  readonly #insert;
  readonly #delete;
  readonly #parts;
  readonly #part;
  readonly #putPart;
  readonly #deleteParts;

  constructor(database: Database) {
    this.#one = database.query<UploadRow>('SELECT * FROM uploads WHERE id = ?');
    this.#ofBucket = database.query<UploadRow>('SELECT * FROM uploads WHERE bucket = ? ORDER BY key, initiated, id');
    this.#insert = database.command('INSERT INTO uploads (id, bucket, key, initiated, details) VALUES (?, ?, ?, ?, ?)');
    this.#delete = database.command('DELETE FROM uploads WHERE id = ?');
    this.#parts = database.query<PartRow>(
      'SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?',
    );
    this.#part = database.query<PartRow>('SELECT * FROM parts WHERE upload = ? AND number = ?');
    this.#putPart = database.command(
      `INSERT OR REPLACE INTO parts (upload, number, size, etag, modified, checksum, file) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#deleteParts = database.command('DELETE FROM parts WHERE upload = ?');
  }

  /** The upload with this id, if it is one to this key. */
  find(id: string, bucket: string, key: string): Upload | undefined {
    const row = this.#one.get(id);
    return row && row.bucket === bucket && wireOf(row.key) === key ? uploadOf(row) : undefined;
  }

  /** All uploads to a bucket, in the order of keys and time. */
  ofBucket(bucket: string): Upload[] {
    return this.#ofBucket.all(bucket).map(uploadOf);
  }

  begin({ id, bucket, key, initiated, ...settings }: Upload): void {
    const { headers, tags, storageClass, initiator, checksum } = settings;
    const details: Details = { headers, tags, storageClass, initiator, checksum };
    this.#insert(id, bucket, blobOf(key), initiated, JSON.stringify(details));
  }

  /** Parts in the order of their numbers. */
  parts(id: string, afterNumber = 0, limit = -1): UploadPart[] {
    return this.#parts.all(id, afterNumber, limit).map(partOf);
  }

  /** @returns the file that is needed no longer, if there was such a part before */
  putPart(id: string, { number, size, etag, modified, checksum, file }: UploadPart): string[] {
    const before = this.#part.get(id, number);
    this.#putPart(id, number, size, etag, modified, checksum ?? null, file);
    return before ? [before.file] : [];
  }

  /**
   * Forgets an upload.
   *
   * @returns the files of its parts
   */
  end(id: string): string[] {
    const files = this.parts(id).map(({ file }) => file);
    this.#deleteParts(id);
    this.#delete(id);
    return files;
  }
}

function uploadOf({ id, bucket, key, initiated, details }: UploadRow): Upload {
  return { id, bucket, key: wireOf(key), initiated, ...(JSON.parse(details) as Details) };
}

function partOf({ number, size, etag, modified, checksum, file }: PartRow): UploadPart {
  return { number, size, etag, modified, file, ...(checksum !== null && { checksum }) };
}
