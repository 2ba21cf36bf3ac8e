import { describe, expect, it } from 'vitest';
import { nextIndex } from './use-list-navigation.ts';

describe('nextIndex', () => {
  it.each([
    ['ArrowDown', 0, 3, 1],
    ['ArrowDown', 2, 3, 0],
    ['ArrowUp', 0, 3, 2],
    ['PageDown', 0, 30, 10],
    ['PageDown', 25, 30, 29],
    ['PageUp', 5, 30, 0],
  ])('%s from %d of %d goes to %d', (key, active, count, expected) => {
    expect(nextIndex(key, active, count)).toBe(expected);
  });

  it('leaves other keys, and empty lists, alone', () => {
    expect(nextIndex('Home', 1, 3)).toBeUndefined();
    expect(nextIndex('a', 1, 3)).toBeUndefined();
    expect(nextIndex('ArrowDown', -1, 0)).toBeUndefined();
  });
});
