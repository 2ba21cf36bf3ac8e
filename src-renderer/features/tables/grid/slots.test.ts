import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSlots, type Slot } from './slots.ts';

const indexesOf = (slots: readonly Slot[]) => slots.map(({ index }) => index);
const keyOf = (slots: readonly Slot[], index: number) => slots.find((slot) => slot.index === index)?.key;

describe('slots', () => {
  const first = assignSlots([], [0, 1, 2, 3], true);

  it('give what comes into sight the elements of what has left', () => {
    const next = assignSlots(first, [2, 3, 4, 5], false);
    expect(next).toEqual([
      { key: 0, index: 4 },
      { key: 1, index: 5 },
      { key: 2, index: 2 },
      { key: 3, index: 3 },
    ]);
    expect(indexesOf(assignSlots(next, [2, 3, 4, 5], true))).toEqual([2, 3, 4, 5]);
  });

  it('are the same array while nothing changes', () => {
    expect(assignSlots(first, [0, 1, 2, 3], false)).toBe(first);
    expect(assignSlots(first, [0, 1, 2, 3], true)).toBe(first);
  });

  it('show each index once, in elements that it keeps, for any way of scrolling', () => {
    const windows = fc.array(fc.tuple(fc.uniqueArray(fc.nat(60), { maxLength: 20 }), fc.boolean()));
    fc.assert(
      fc.property(windows, (steps) => {
        let slots: readonly Slot[] = [];
        for (const [indexes, isSorted] of steps) {
          const sorted = [...indexes].sort((a, b) => a - b);
          const next = assignSlots(slots, sorted, isSorted);
          expect([...indexesOf(next)].sort((a, b) => a - b)).toEqual(sorted);
          expect(new Set(next.map(({ key }) => key)).size).toBe(next.length);
          if (isSorted) expect(indexesOf(next)).toEqual(sorted);
          for (const { index, key } of slots) if (indexes.includes(index)) expect(keyOf(next, index)).toBe(key);
          slots = next;
        }
      }),
    );
  });
});
