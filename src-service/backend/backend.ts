/**
 * An ordered key-value store: what the app-service remembers between starts. Keys are `/`-separated paths
 * (`sessions/…`), values are JSON. Entries with an expiry are gone from that moment on, swept or not.
 */
export interface Backend {
  get(key: string): Promise<Entry | undefined>;
  /** Writes a key that does not exist yet. @returns false, changing nothing, when it exists. */
  create(entry: Entry): Promise<boolean>;
  put(entry: Entry): Promise<void>;
  /** @returns whether there was such an entry. */
  delete(key: string): Promise<boolean>;
  /** All entries whose keys begin with `prefix`, in key order. */
  range(prefix: string): Promise<Entry[]>;
  close(): Promise<void>;
}

export interface Entry {
  key: string;
  /** Anything JSON can hold. */
  value: unknown;
  /** Milliseconds since the epoch. */
  expiresAt?: number | undefined;
}
