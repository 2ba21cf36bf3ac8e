import { compareValues } from '../../../../src-shared/values/compare.ts';
import type { ItemRow } from '../item-row.ts';

/** By which column the loaded rows are put in order. */
export interface LocalSort {
  name: string;
  direction: 'ascending' | 'descending';
}

/** The rows in order; those without the attribute come last either way, and equal ones keep their places. */
export function sortRows(rows: readonly ItemRow[], sort: LocalSort | undefined): readonly ItemRow[] {
  if (!sort) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const withValues = rows.map((row) => ({ row, value: row.value(sort.name) }));
  withValues.sort((a, b) => {
    if (!a.value || !b.value) return Number(!a.value) - Number(!b.value);
    return sign * compareValues(a.value, b.value);
  });
  return withValues.map(({ row }) => row);
}

/** What a column's head leads to: up, down, and back to the order in which the rows came. */
export function nextSort(sort: LocalSort | undefined, name: string): LocalSort | undefined {
  if (sort?.name !== name) return { name, direction: 'ascending' };
  return sort.direction === 'ascending' ? { name, direction: 'descending' } : undefined;
}
