import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemRow } from '../item-row.ts';
import { nextSort, RowSorter } from './sort-rows.ts';

const rows = ['{"n":{"N":"10"}}', '{}', '{"n":{"N":"9"}}', '{"n":{"N":"1E+3"}}'].map((text) => new ItemRow(text));
const texts = (direction: 'ascending' | 'descending') =>
  new RowSorter().sort(rows, { name: 'n', direction }).map(({ text }) => text);

describe('RowSorter', () => {
  it('orders numbers by value, and keeps what is missing last', () => {
    expect(texts('ascending')).toEqual(['{"n":{"N":"9"}}', '{"n":{"N":"10"}}', '{"n":{"N":"1E+3"}}', '{}']);
    expect(texts('descending')).toEqual(['{"n":{"N":"1E+3"}}', '{"n":{"N":"10"}}', '{"n":{"N":"9"}}', '{}']);
    expect(new RowSorter().sort(rows, undefined)).toBe(rows);
  });

  it('does not round: numbers that a computer takes for the same stay apart', () => {
    const large = ['{"n":{"N":"9007199254740993"}}', '{"n":{"N":"9007199254740992"}}'].map((text) => new ItemRow(text));
    expect(new RowSorter().sort(large, { name: 'n', direction: 'ascending' })).toEqual([...large].reverse());
  });

  it('comes to the same when rows are read little by little, in whatever order they have been before', () => {
    const value = fc.oneof(
      fc.constant('{}'),
      fc.integer({ min: -3, max: 3 }).map((n) => `{"n":{"N":"${n}"}}`),
      fc.constantFrom('{"n":{"S":"1"}}', '{"n":{"N":"0.1e1"}}', '{"n":{"N":"-1E+300"}}', '{"n":{"N":"1E+300"}}'),
    );
    fc.assert(
      fc.property(fc.array(value), fc.nat(), fc.constantFrom('ascending', 'descending'), (texts, part, direction) => {
        const all = texts.map((text) => new ItemRow(text));
        const sorter = new RowSorter();
        const sort = { name: 'n', direction } as const;
        sorter.sort(all.slice(0, part % (all.length + 1)), sort);
        expect(sorter.sort(all, sort)).toEqual(new RowSorter().sort(all, sort));
        expect(sorter.sort([...all].reverse(), sort)).toEqual(new RowSorter().sort([...all].reverse(), sort));
      }),
    );
  });

  it('goes up, down and back', () => {
    const up = nextSort(undefined, 'n');
    const down = nextSort(up, 'n');
    expect([up?.direction, down?.direction, nextSort(down, 'n')]).toEqual(['ascending', 'descending', undefined]);
    expect(nextSort(down, 'm')).toEqual({ name: 'm', direction: 'ascending' });
  });
});
