import { describe, expect, it } from 'vitest';
import { labelledTimes, linePath, roundTop, shortNumber, withZeros } from './scale.ts';

describe('a chart', () => {
  it.each([
    [0, 1],
    [0.03, 0.05],
    [1, 1],
    [1.1, 2],
    [2.3, 2.5],
    [7, 10],
    [100, 100],
    [1234, 2000],
  ])('with at most %d goes up to %d', (largest, top) => {
    expect(roundTop(largest)).toBeCloseTo(top, 10);
  });

  it('writes its numbers short', () => {
    expect([0, 0.044, 12.34, 999, 9999, 12_345, 2_500_000, 3e9].map(shortNumber)).toEqual([
      ...['0', '0.04', '12.3', '999', '9999', '12.3 K', '2.5 M', '3 G'],
    ]);
  });

  it('is at zero where nothing was counted', () => {
    expect(withZeros([[20, 5]], 0, 40, 10)).toEqual([
      [0, 0],
      [10, 0],
      [20, 5],
      [30, 0],
    ]);
  });

  it('has gaps where nothing was measured, and shows a point alone', () => {
    const points = [
      [0, 0],
      [10, 1],
      [50, 2],
    ] as const;
    expect(linePath(points, 0, 100, 10, 2)).toBe('M0.0 100.00L100.0 50.00M500.0 0.00h2');
    expect(linePath([], 0, 100, 10, 2)).toBe('');
  });

  it('names times between its edges', () => {
    expect(labelledTimes(0, 50)).toEqual([10, 20, 30, 40]);
  });
});
