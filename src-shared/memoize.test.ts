import { describe, expect, it } from 'vitest';
import { memoize } from './memoize.ts';

describe('a memoized function', () => {
  it('is asked once for each input, and forgets rather than grow', () => {
    const asked: string[] = [];
    const length = memoize((text) => {
      asked.push(text);
      return text.length;
    }, 2);
    for (const text of ['a', 'bb', 'a', 'bb', 'ccc', 'a']) expect(length(text)).toBe(text.length);
    expect(asked).toEqual(['a', 'bb', 'ccc', 'a']);
  });
});
