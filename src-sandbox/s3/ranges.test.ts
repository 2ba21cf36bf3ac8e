import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestedRange } from './ranges.ts';
import { piecesOf } from './store/bodies.ts';

describe('a range of an object in parts', () => {
  it('is made up of just those bytes, from whichever files they are in', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.nat(60), fc.nat(60), (parts, a, b) => {
        const segments = parts.map((size, index) => ({ file: `${index}`, size }));
        const bytes = segments.flatMap(({ file, size }) => Array.from({ length: size }, (_, at) => `${file}:${at}`));
        const [first, last] = [Math.min(a, b), Math.min(Math.max(a, b), bytes.length - 1)];
        const found = piecesOf(segments, { first, last }).flatMap(({ file, start, end }) =>
          Array.from({ length: end - start + 1 }, (_, at) => `${file}:${start + at}`),
        );
        expect(found).toEqual(bytes.slice(first, last + 1));
      }),
    );
  });
});

describe('a Range header', () => {
  it('is a range within the object, nothing, or refused', () => {
    const header = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.option(fc.nat(20), { nil: '' }), fc.option(fc.nat(20), { nil: '' }))
        .map(([a, b]) => `bytes=${a}-${b}`),
    );
    fc.assert(
      fc.property(header, fc.nat(15), (text, size) => {
        try {
          const range = requestedRange(text, size);
          if (!range) return;
          expect(range.first).toBeGreaterThanOrEqual(0);
          expect(range.last).toBeGreaterThanOrEqual(range.first);
          expect(range.last).toBeLessThan(size);
        } catch (error) {
          expect(error).toMatchObject({ code: 'InvalidRange' });
        }
      }),
    );
  });
});
