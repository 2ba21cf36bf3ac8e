import { describe, expect, it } from 'vitest';
import { formatTimeLeft, urgencyOf } from './time-left.ts';

const minute = 60_000;

describe('time left', () => {
  it.each([
    [-1, 'expired', 'over'],
    [0, 'expired', 'over'],
    [5_000, '0 m 05 s', 'soon'],
    [9 * minute + 59_999, '9 m 59 s', 'soon'],
    [10 * minute, '10 m', 'fine'],
    [59 * minute, '59 m', 'fine'],
    [(11 * 60 + 5) * minute, '11 h 05 m', 'fine'],
    [50 * 60 * minute, '2 d 2 h', 'fine'],
  ])('%d ms are %s, %s', (left, text, urgency) => {
    expect(formatTimeLeft(left)).toBe(text);
    expect(urgencyOf(left)).toBe(urgency);
  });
});
