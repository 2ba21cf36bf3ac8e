import type { TableDetails } from '../../../src-shared/contracts/tables.ts';

const none: readonly string[] = [];

/**
 * The attributes that a grid pins: the key of what was read, and then that of the table, which tells items of an
 * index apart.
 */
export function pinnedKey(details: TableDetails | undefined, indexName: string | undefined): readonly string[] {
  if (!details) return none;
  const index = details.indexes.find(({ name }) => name === indexName);
  return [...new Set([...(index?.key ?? []), ...details.key].map(({ name }) => name))];
}
