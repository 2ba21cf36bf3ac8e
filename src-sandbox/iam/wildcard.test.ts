import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesWildcard } from './wildcard.ts';

describe('a wildcard pattern', () => {
  it('matches as a plain reading of it would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '.', '*', '?', '/'), { maxLength: 7 }),
        fc.array(fc.constantFrom('a', 'b', '.', '/', '\n'), { maxLength: 7 }),
        (pattern, text) => {
          expect(matchesWildcard(pattern.join(''), text.join(''))).toBe(matches(pattern, text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is done at once, however hostile pattern and text are to each other', () => {
    // An expression that tries every way would not be done in a lifetime.
    expect(matchesWildcard(`${'*a'.repeat(500)}b`, 'a'.repeat(1024))).toBe(false);
    expect(matchesWildcard(`${'*a'.repeat(500)}*`, 'a'.repeat(1024))).toBe(true);
  });
});

function matches(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*') return matches(rest, text) || (text.length > 0 && matches(pattern, text.slice(1)));
  return text.length > 0 && (first === '?' || first === text[0]) && matches(rest, text.slice(1));
}
