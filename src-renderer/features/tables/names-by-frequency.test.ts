import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesByFrequency } from './names-by-frequency.ts';

describe('namesByFrequency', () => {
  it('puts what most items have first, equals by the alphabet', () => {
    expect(
      namesByFrequency([
        ['z', 'b', 'a'],
        ['b', 'z'],
        ['z', '__proto__'],
      ]),
    ).toEqual(['z', 'b', '__proto__', 'a']);
  });

  it('does not depend on the order within an item', () => {
    const item = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const reversed = items.map((names) => [...names].reverse());
        expect(namesByFrequency(reversed)).toEqual(namesByFrequency(items));
      }),
    );
  });
});
