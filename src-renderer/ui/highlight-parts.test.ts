import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightParts } from './highlight-parts.ts';

describe('highlightParts', () => {
  it('marks each word, whatever its case', () => {
    expect(highlightParts('TeamAdmin', 'ADMIN t')).toEqual([
      { at: 0, part: 'T', isHit: true },
      { at: 1, part: 'eam', isHit: false },
      { at: 4, part: 'Admin', isHit: true },
    ]);
  });

  it('never changes the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, search) => {
        expect(
          highlightParts(text, search)
            .map(({ part }) => part)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
