import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesAsSeen } from './names-as-seen.ts';

describe('namesAsSeen', () => {
  it('goes item by item, and by the alphabet within each', () => {
    expect(
      namesAsSeen([
        ['z', 'b'],
        ['c', 'z', '__proto__'],
        ['a', 'b'],
      ]),
    ).toEqual(['b', 'z', '__proto__', 'c', 'a']);
  });

  it('does not depend on the order within an item', () => {
    const item = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const reversed = items.map((names) => [...names].reverse());
        expect(namesAsSeen(reversed)).toEqual(namesAsSeen(items));
      }),
    );
  });
});
