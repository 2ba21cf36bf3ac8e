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
});
