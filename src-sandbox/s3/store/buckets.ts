import type { Database } from './database.ts';
import type { Bucket } from './types.ts';

interface Row {
  name: string;
  region: string;
  kind: string;
  public_read: number;
  created: number;
}

/** The buckets of the account, by name. */
export class BucketTable {
  readonly #all;
  readonly #one;
  readonly #insert;
  readonly #delete;
  readonly #anyObject;

  constructor(database: Database) {
    this.#all = database.query<Row>('SELECT * FROM buckets ORDER BY name');
    this.#one = database.query<Row>('SELECT * FROM buckets WHERE name = ?');
    this.#insert = database.command(
      'INSERT INTO buckets (name, region, kind, public_read, created) VALUES (?, ?, ?, ?, ?)',
    );
    this.#delete = database.command('DELETE FROM buckets WHERE name = ?');
    this.#anyObject = database.query<{ found: number }>('SELECT 1 AS found FROM objects WHERE bucket = ? LIMIT 1');
  }

  all(): Bucket[] {
    return this.#all.all().map(bucketOf);
  }

  find(name: string): Bucket | undefined {
    const row = this.#one.get(name);
    return row && bucketOf(row);
  }

  create({ name, region, kind, publicRead, created }: Bucket): void {
    this.#insert(name, region, kind, publicRead ? 1 : 0, created);
  }

  isEmpty(name: string): boolean {
    return this.#anyObject.get(name) === undefined;
  }

  delete(name: string): void {
    this.#delete(name);
  }
}

function bucketOf({ name, region, kind, public_read, created }: Row): Bucket {
  return { name, region, kind: kind === 'directory' ? kind : 'general', publicRead: public_read === 1, created };
}
