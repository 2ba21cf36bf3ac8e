import fc from 'fast-check';
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

  it('names round times of the clock on the wall, between its edges', () => {
    const clock = (text: string) => Date.parse(`2026-01-02T${text}:00Z`);
    const named = (from: string, to: string, offset = 0) =>
      labelledTimes(clock(from), clock(to), offset).map((at) => new Date(at).toISOString().slice(11, 16));
    expect(named('11:00', '14:00')).toEqual(['11:30', '12:00', '12:30', '13:00', '13:30']);
    expect(named('11:07', '12:07')).toEqual(['11:10', '11:20', '11:30', '11:40', '11:50', '12:00'].slice(0));
    expect(named('00:20', '12:20', 5.5 * 3_600_000)).toEqual(['03:30', '06:30', '09:30']);
  });

  it.each([1, 3, 12, 24, 72, 168])('has a few labels, whatever part of %d hours it begins at', (hours) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (from) => {
        const times = labelledTimes(from, from + hours * 3_600_000, 0);
        expect(times.length).toBeGreaterThanOrEqual(2);
        expect(times.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
