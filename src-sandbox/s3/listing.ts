/** What a listing asks for. All text is wire text, so that comparing it compares bytes. */
export interface ListingRequest {
  prefix: string;
  /** Empty for none. */
  delimiter: string;
  /** Entries after this one: a key, or a common prefix that has been listed. Empty for all. */
  after: string;
  maxEntries: number;
}

/** A page of a listing: keys and common prefixes, in one order. */
export interface Listing<Entry> {
  entries: Entry[];
  prefixes: string[];
  truncated: boolean;
  /** The last key or prefix of the page, after which the next one goes on. */
  last: string;
}

/** Gives entries whose keys are not below `from`, in the order of their keys, at most `limit` of them. */
export type ListingSource<Entry> = (from: string, limit: number) => readonly Entry[];

/** Above every text that begins with the same prefix: no UTF-8 has this byte. */
const highest = '\u00ff';
/** The least that can be put behind a key. */
const lowest = '\u0000';
const maxBatch = 1000;

/**
 * One page of a listing. Keys that have the delimiter after the prefix are rolled up into one common prefix each,
 * and what is rolled up is passed over, not read.
 * Source: Amazon S3 User Guide, "Organizing objects using prefixes".
 */
export function listPage<Entry extends { key: string }>(
  source: ListingSource<Entry>,
  { prefix, delimiter, after, maxEntries }: ListingRequest,
): Listing<Entry> {
  const page: Listing<Entry> = { entries: [], prefixes: [], truncated: false, last: '' };
  if (maxEntries === 0) return page;
  const isFull = () => page.entries.length + page.prefixes.length >= maxEntries;
  const beginning = after === '' ? prefix : after + lowest;
  let from = beginning > prefix ? beginning : prefix;
  let batch = Math.min(maxBatch, maxEntries + 1);
  let current: string | undefined;
  for (;;) {
    const found = source(from, batch);
    for (const entry of found) {
      if (!entry.key.startsWith(prefix)) return page;
      if (current !== undefined && entry.key.startsWith(current)) continue;
      const common = commonPrefix(entry.key, prefix, delimiter);
      if (common !== undefined && common === after) current = common;
      else if (isFull()) {
        page.truncated = true;
        return page;
      } else if (common === undefined) {
        current = undefined;
        page.entries.push(entry);
        page.last = entry.key;
      } else {
        current = common;
        page.prefixes.push(common);
        page.last = common;
      }
    }
    const lastKey = found.at(-1)?.key;
    if (lastKey === undefined || found.length < batch) return page;
    // In the middle of a common prefix, whose remaining keys are not worth reading.
    const isInside = current !== undefined && lastKey.startsWith(current);
    from = isInside ? current + highest : lastKey + lowest;
    batch = isInside ? Math.min(batch, 32) : Math.min(maxBatch, batch * 4);
  }
}

/** What a key is rolled up into; undefined when it stands for itself. */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const index = key.indexOf(delimiter, prefix.length);
  return index < 0 ? undefined : key.slice(0, index + delimiter.length);
}
