import type { ConsoleTarget } from '../../../src-shared/aws/console-page.ts';
import type { KeyAttribute } from '../../../src-shared/contracts/tables.ts';
import type { ItemRow } from '../tables/item-row.ts';

/** An item's page, or why there is none. */
export type ConsoleItem = { target: ConsoleTarget } | { reason: string };

/**
 * An item as the console's address can name it, or why it cannot: no address holds a binary key, and a row of an index
 * need not have the whole key.
 */
export function consoleItem(table: string, key: readonly KeyAttribute[], row: ItemRow): ConsoleItem {
  const values = key.map(({ name }) => row.value(name));
  if (values.some((value) => value?.type === 'B')) return { reason: 'Its address takes no binary key.' };
  const texts = values.map((value) => (value?.type === 'S' || value?.type === 'N' ? value.text : undefined));
  const [partitionKey, sortKey] = texts;
  if (partitionKey === undefined || texts.includes(undefined))
    return { reason: 'This row has not the whole key of its item.' };
  return { target: { kind: 'item', table, partitionKey, ...(sortKey !== undefined && { sortKey }) } };
}
