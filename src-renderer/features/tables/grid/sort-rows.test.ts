import { describe, expect, it } from 'vitest';
import { ItemRow } from '../item-row.ts';
import { nextSort, sortRows } from './sort-rows.ts';

const rows = ['{"n":{"N":"10"}}', '{}', '{"n":{"N":"9"}}', '{"n":{"N":"1E+3"}}'].map((text) => new ItemRow(text));
const texts = (direction: 'ascending' | 'descending') =>
  sortRows(rows, { name: 'n', direction }).map(({ text }) => text);

describe('sortRows', () => {
  it('orders numbers by value, and keeps what is missing last', () => {
    expect(texts('ascending')).toEqual(['{"n":{"N":"9"}}', '{"n":{"N":"10"}}', '{"n":{"N":"1E+3"}}', '{}']);
    expect(texts('descending')).toEqual(['{"n":{"N":"1E+3"}}', '{"n":{"N":"10"}}', '{"n":{"N":"9"}}', '{}']);
    expect(sortRows(rows, undefined)).toBe(rows);
  });

  it('goes up, down and back', () => {
    const up = nextSort(undefined, 'n');
    const down = nextSort(up, 'n');
    expect([up?.direction, down?.direction, nextSort(down, 'n')]).toEqual(['ascending', 'descending', undefined]);
    expect(nextSort(down, 'm')).toEqual({ name: 'm', direction: 'ascending' });
  });
});
