import { describe, expect, it } from 'vitest';
import { ItemRow } from './item-row.ts';

describe('ItemRow', () => {
  it('gives values by attribute', () => {
    const row = new ItemRow('{"a":{"N":"1.0"}}');
    expect(row.value('a')).toEqual({ type: 'N', text: '1.0' });
    expect(row.value('b')).toBeUndefined();
  });

  it('has no values, but still its text, when that is not an item', () => {
    const row = new ItemRow('{"a":{"NEW":"1"}}');
    expect(row.item.size).toBe(0);
    expect(row.text).toBe('{"a":{"NEW":"1"}}');
  });

  it('picks attributes without reading the others', () => {
    const row = new ItemRow('{"b":{"N":"1.0"},"a":{"M":{"b":{"S":"inner"}}},"c":{"S":"x"}}');
    expect([...row.pick(['a']).keys()]).toEqual(['a']);
    expect(row.pick(['b']).get('b')).toEqual({ type: 'N', text: '1.0' });
    expect(row.pick(['d']).size).toBe(0);
    expect(new ItemRow('no item').pick(['a']).size).toBe(0);
  });

  it('keeps the values of what was looked at last, and gives those of everything', () => {
    const text = (n: number) => `{"id":{"N":"${n}"},"text":{"S":"${'x'.repeat(400_000)}"}}`;
    const rows = Array.from({ length: 30 }, (_, n) => new ItemRow(text(n)));
    const first = rows[0]!.item;
    for (const row of rows) row.value('id');
    expect(rows.at(-1)!.item).toBe(rows.at(-1)!.item);
    expect(rows[0]!.item).not.toBe(first);
    expect(rows[0]!.item).toEqual(first);
  });
});
