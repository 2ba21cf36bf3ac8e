import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Entry, StoredEntry } from '../backend.ts';
import { keyParts, valueText } from '../entry-text.ts';
import { attributes } from './table.ts';

export type Item = Record<string, AttributeValue>;

/** How long a deleted entry stays as a tombstone, so that watchers see it go. */
const tombstoneFor = 3_600_000;

/** An entry as an item of the table. */
export function toItem(entry: Entry, revision: string, changedAt: number): Item {
  return {
    ...toItemKey(entry.key),
    [attributes.value]: { S: valueText(entry) },
    [attributes.revision]: { S: revision },
    [attributes.changedAt]: { N: String(changedAt) },
    ...(entry.expiresAt !== undefined && {
      [attributes.expiresAt]: { N: String(entry.expiresAt) },
      [attributes.ttl]: { N: String(Math.ceil(entry.expiresAt / 1000)) },
    }),
  };
}

/** What is left of a deleted entry. */
export function toTombstone(key: string, revision: string, changedAt: number): Item {
  return {
    ...toItemKey(key),
    [attributes.revision]: { S: revision },
    [attributes.changedAt]: { N: String(changedAt) },
    [attributes.deleted]: { BOOL: true },
    [attributes.ttl]: { N: String(Math.ceil((changedAt + tombstoneFor) / 1000)) },
  };
}

export function toItemKey(key: string): Item {
  const [partition, rest] = keyParts(key);
  return { [attributes.partition]: { S: partition }, [attributes.key]: { S: rest } };
}

export function keyOfItem(item: Item): string {
  return `${item[attributes.partition]?.S}/${item[attributes.key]?.S}`;
}

/** The entry of an item; undefined for a tombstone and for one whose time is over. */
export function toEntry(item: Item | undefined, now: number): StoredEntry | undefined {
  const value = item?.[attributes.value]?.S;
  if (!item || value === undefined || item[attributes.deleted]?.BOOL) return undefined;
  const expiresAt = item[attributes.expiresAt]?.N;
  if (expiresAt !== undefined && Number(expiresAt) <= now) return undefined;
  const entry = {
    key: keyOfItem(item),
    value: JSON.parse(value) as unknown,
    revision: item[attributes.revision]?.S ?? '',
  };
  return expiresAt === undefined ? entry : { ...entry, expiresAt: Number(expiresAt) };
}
