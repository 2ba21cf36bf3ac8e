import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { compareValues } from '../../../../src-shared/values/compare.ts';
import { roundedNumber } from '../../../../src-shared/values/decimal.ts';
import type { ItemRow } from '../item-row.ts';

/** By which column the loaded rows are put in order. */
export interface LocalSort {
  name: string;
  direction: 'ascending' | 'descending';
}

/** A row, and what it is sorted by. */
interface Entry {
  row: ItemRow;
  value: AttributeValue | undefined;
  /** Near the value of a number; NaN for everything else. */
  near: number;
}

/**
 * Puts rows in order, again and again while more of them are read: each row is looked at once, and what is in order
 * already is not sorted anew.
 */
export class RowSorter {
  private last: { rows: readonly ItemRow[]; sort: LocalSort; entries: Entry[] } | undefined;

  /** The rows in order; those without the attribute come last either way, and equal ones keep their places. */
  sort(rows: readonly ItemRow[], sort: LocalSort | undefined): readonly ItemRow[] {
    if (!sort) {
      this.last = undefined;
      return rows;
    }
    const sign = sort.direction === 'ascending' ? 1 : -1;
    const before = this.before(rows, sort);
    // What is sorted stands first, as one run: that is quick, and keeps equal rows as they came.
    const entries = [...before, ...rows.slice(before.length).map((row) => entryOf(row, sort.name))];
    entries.sort((a, b) => {
      if (!a.value || !b.value) return Number(!a.value) - Number(!b.value);
      return sign * compareEntries(a, b, a.value, b.value);
    });
    this.last = { rows, sort, entries };
    return entries.map(({ row }) => row);
  }

  /** What was sorted last, where these rows are the same ones and more. */
  private before(rows: readonly ItemRow[], { name, direction }: LocalSort): readonly Entry[] {
    const { last } = this;
    const isSame = last?.sort.name === name && last.sort.direction === direction;
    return isSame && last.rows.every((row, index) => row === rows[index]) ? last.entries : [];
  }
}

function entryOf(row: ItemRow, name: string): Entry {
  const value = row.pick([name]).get(name);
  return { row, value, near: value?.type === 'N' ? roundedNumber(value.text) : Number.NaN };
}

/** Rounding never puts two numbers into the other order: only those that come to the same have to be looked at. */
function compareEntries(a: Entry, b: Entry, one: AttributeValue, other: AttributeValue): number {
  if (a.near < b.near) return -1;
  if (a.near > b.near) return 1;
  return compareValues(one, other);
}

/** What a column's head leads to: up, down, and back to the order in which the rows came. */
export function nextSort(sort: LocalSort | undefined, name: string): LocalSort | undefined {
  if (sort?.name !== name) return { name, direction: 'ascending' };
  return sort.direction === 'ascending' ? { name, direction: 'descending' } : undefined;
}
