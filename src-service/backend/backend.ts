/**
 * An ordered key-value store: what the app-service remembers between starts, and what its replicas share. Keys are
 * `/`-separated paths of two parts or more (`logins/…`), values are JSON. Entries with an expiry are gone from that
 * moment on, swept or not.
 *
 * A write is kept, whatever happens to the process or the machine, once its promise has resolved. What cannot be done
 * rejects with a RolegateError `unavailable` (the store cannot be reached or written) or `limit` (too large).
 */
export interface Backend {
  get(key: string): Promise<StoredEntry | undefined>;
  /** Writes a key, whatever it held. @returns the new revision */
  put(entry: Entry): Promise<string>;
  /** Writes a key that does not exist yet. @returns its revision, or undefined, changing nothing, when it exists */
  create(entry: Entry): Promise<string | undefined>;
  /**
   * Writes a key that still is as it was read.
   *
   * @param revision the revision that was read
   * @returns the new revision, or undefined, changing nothing, when the entry has changed or is gone
   */
  compareAndSwap(entry: Entry, revision: string): Promise<string | undefined>;
  /**
   * Deletes a key; with a revision, only while it is still as it was read.
   *
   * @returns whether there was such an entry
   */
  delete(key: string, revision?: string): Promise<boolean>;
  /**
   * Entries whose keys begin with a prefix, in key order (bytes of UTF-8).
   *
   * @param prefix the first part of the keys with its slash, and as much more as is wanted: `resources/role/`
   */
  range(prefix: string, options?: RangeOptions): Promise<StoredEntry[]>;
  /**
   * Tells, within a second, of keys with this prefix that were written or deleted, by this process or by another on
   * the same store. Entries that expire are not told of. A listener reads what it wants to know; changes may be told
   * of twice, and several of one key at once.
   *
   * @returns stops watching
   */
  watch(prefix: string, listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

export interface Entry {
  key: string;
  /** Anything JSON can hold. */
  value: unknown;
  /** Milliseconds since the epoch. */
  expiresAt?: number | undefined;
}

export interface StoredEntry extends Entry {
  /** Differs after every write of the key. Opaque. */
  revision: string;
}

export interface RangeOptions {
  /** How many entries at most; all by default. */
  limit?: number;
  /** Begin after this key (before it, when reversed). */
  after?: string;
  /** The last keys first. */
  reverse?: boolean;
}

export interface Change {
  keys: readonly string[];
  /** True when changes may have been missed (the store could not be reached for a while): read everything anew. */
  missed: boolean;
}

/** The most bytes that a value may take as JSON: what fits into a DynamoDB item (400 KB) with its key and the rest. */
export const maxValueBytes = 350 * 1024;
