import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItemRow } from '../item-row.ts';
import { fittingWidth, layoutColumns } from './columns.ts';

describe('layoutColumns', () => {
  it('puts the keys first and the rest in the order of their arrival', () => {
    const layout = layoutColumns(['pk', 'sk'], ['b', 'pk', 'a', 'sk'], () => 100);
    expect(layout.columns.map(({ name }) => name)).toEqual(['pk', 'sk', 'b', 'a']);
    expect(layout.columns.map(({ left }) => left)).toEqual([32, 132, 232, 332]);
    expect(layout).toMatchObject({ pinnedCount: 2, pinnedWidth: 232, totalWidth: 432 });
  });

  it('never moves a column that stands when more names come', () => {
    const names = fc.uniqueArray(fc.string(), { maxLength: 12 });
    fc.assert(
      fc.property(names, names, (first, more) => {
        const later = [...new Set([...first, ...more])];
        const before = layoutColumns(['pk'], first, (name) => name.length + 50).columns;
        const after = layoutColumns(['pk'], later, (name) => name.length + 50).columns;
        expect(after.slice(0, before.length)).toEqual(before);
      }),
    );
  });

  it('pins the first attributes of a long key only', () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const { columns, pinnedCount, pinnedWidth } = layoutColumns(keys, ['x'], () => 100);
    expect({ pinnedCount, pinnedWidth }).toEqual({ pinnedCount: 3, pinnedWidth: 332 });
    expect(columns.map(({ isKey }) => isKey)).toEqual([true, true, true, true, true, false]);
  });

  it('pins nothing where the key is not known', () => {
    expect(layoutColumns([], ['a'], () => 80)).toMatchObject({ pinnedCount: 0, pinnedWidth: 32, totalWidth: 112 });
  });
});

describe('fittingWidth', () => {
  it('makes room for what is there, within reason', () => {
    const row = (text: string) => new ItemRow(JSON.stringify({ a: { S: text } }));
    const short = fittingWidth('a', [row('x')]);
    const long = fittingWidth('a', [row('x'.repeat(20))]);
    expect(long).toBeGreaterThan(short);
    const number = new ItemRow(JSON.stringify({ a: { N: '9'.repeat(38) } }));
    expect(fittingWidth('a', [number])).toBeGreaterThan(38 * 7);
    expect(fittingWidth('a', [row('x'.repeat(5000))])).toBeLessThan(320);
  });
});
