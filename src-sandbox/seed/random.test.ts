import { describe, expect, it } from 'vitest';
import { SeededRandom } from './random.ts';

describe('seeded randomness', () => {
  it('is the same for the same seed, here and everywhere', () => {
    const random = new SeededRandom('music');
    const again = new SeededRandom('music');
    expect(Array.from({ length: 50 }, () => random.fraction())).toEqual(
      Array.from({ length: 50 }, () => again.fraction()),
    );
    expect(new SeededRandom('music').fraction()).not.toBe(new SeededRandom('orders').fraction());
  });

  it('keeps to its limits and reaches both of them', () => {
    const random = new SeededRandom('limits');
    const numbers = new Set(Array.from({ length: 300 }, () => random.integer(3, 6)));
    expect([...numbers].sort()).toEqual([3, 4, 5, 6]);
  });

  it('chooses without repeating, in the order of the list', () => {
    const random = new SeededRandom('some');
    for (let round = 0; round < 50; round += 1) {
      const chosen = random.some(['a', 'b', 'c', 'd'], 1, 9);
      expect(chosen).toEqual([...new Set(chosen)].sort());
      expect(chosen.length).toBeGreaterThan(0);
    }
  });

  it('gives digits of which none is lost', () => {
    expect(new SeededRandom('digits').digits(30)).toMatch(/^[1-9]\d{29}$/);
  });
});
