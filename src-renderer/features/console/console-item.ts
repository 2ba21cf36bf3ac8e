import type { ConsoleTarget } from '../../../src-shared/aws/console-page.ts';
import type { KeyAttribute } from '../../../src-shared/contracts/tables.ts';
import type { ItemRow } from '../tables/item-row.ts';

/**
 * An item as the console's address can name it.
 *
 * @returns undefined for an item without its whole key, or with a binary one, which no address can hold
 */
export function consoleItem(table: string, key: readonly KeyAttribute[], row: ItemRow): ConsoleTarget | undefined {
  const values = key.map(({ name }) => row.value(name));
  const texts = values.map((value) => (value?.type === 'S' || value?.type === 'N' ? value.text : undefined));
  const [partitionKey, sortKey] = texts;
  if (partitionKey === undefined || texts.includes(undefined)) return undefined;
  return { kind: 'item', table, partitionKey, ...(sortKey !== undefined && { sortKey }) };
}
