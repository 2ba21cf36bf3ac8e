import type { Figures, TableStatistics } from '../engine/statistics.ts';
import { itemSize } from './item-size.ts';
import type { Index, Key, SeedTable } from './table.ts';
import type { Item } from './values.ts';

/** Counts a table and its indexes. */
export function countTable(table: SeedTable): Omit<TableStatistics, 'tableId'> {
  const items = [...table.items()];
  const indexes = Object.entries({ ...table.globalIndexes, ...table.localIndexes });
  return {
    ...figuresOf(items),
    indexes: Object.fromEntries(
      indexes.map(([name, index]) => [name, figuresOf(items.filter(has(index.key)).map(projected(table.key, index)))]),
    ),
  };
}

function figuresOf(items: readonly Item[]): Figures {
  return { itemCount: items.length, sizeBytes: items.reduce((sum, item) => sum + itemSize(item), 0) };
}

/** Only items that have an index's keys are in it. */
function has(key: Key): (item: Item) => boolean {
  return (item) => names(key).every((name) => Object.hasOwn(item, name));
}

/** What an index holds of an item. */
function projected(tableKey: Key, { key, projection }: Index): (item: Item) => Item {
  if (projection === 'ALL') return (item) => item;
  const included = projection === 'KEYS_ONLY' ? [] : projection;
  const kept = new Set([...names(tableKey), ...names(key), ...included]);
  return (item) => Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
}

function names(key: Key): string[] {
  return key.map((attribute) => attribute?.split(':')[0] ?? '');
}
