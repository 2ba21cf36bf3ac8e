import { describe, expect, it } from 'vitest';
import { expiryWords } from './expiry.ts';

const now = Date.UTC(2026, 0, 1);
const hour = 3600;
const words = (text: string) => expiryWords({ type: 'N', text }, now);
const fromNow = (seconds: number) => words(String(now / 1000 + seconds));

describe('expiryWords', () => {
  it.each([
    [3 * 24 * hour, 'Expires in 3 days'],
    [24 * hour, 'Expires in 1 day'],
    [90 * 60, 'Expires in 1 hour'],
    [0, 'Expires now'],
    [-1, 'Expired 1 second ago'],
    [-2 * hour, 'Expired 2 hours ago'],
    [-800 * 24 * hour, 'Expired 2 years ago'],
    [-6 * 365 * 24 * hour, 'Expired more than five years ago, so DynamoDB leaves it'],
  ])('%d seconds from now: %s', (seconds, expected) => {
    expect(fromNow(seconds)).toBe(expected);
  });

  it('takes the number as seconds even where milliseconds were meant, as DynamoDB does', () => {
    expect(words(String(now))).toMatch(/^Expires in \d{2},?\d{3} years$/);
  });

  it('says why what is no time never expires', () => {
    expect(expiryWords({ type: 'S', text: '2026-01-01' }, now)).toContain('goes by a number');
    expect(words('1e120')).toContain('no time');
  });
});
