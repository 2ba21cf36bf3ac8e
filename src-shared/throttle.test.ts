import { beforeEach, describe, expect, it } from 'vitest';
import { createThrottle, type Throttle } from './throttle.ts';

const second = 1_000;
let time: number;
let throttle: Throttle;
beforeEach(() => {
  time = 1_000_000;
  throttle = createThrottle({ atOnce: 3, perMinute: 6, now: () => time, maxKeys: 2 });
});
const flood = (key: string, count: number) => Array.from({ length: count }, () => throttle.pass(key));

describe('a throttle', () => {
  it('lets some through at once, and counts the others for the next that it lets through', () => {
    expect(flood('a', 5)).toEqual([0, 0, 0, undefined, undefined]);
    time += 10 * second;
    expect(flood('a', 2)).toEqual([2, undefined]);
    time += 10 * second;
    expect(throttle.pass('a')).toBe(1);
  });

  it('lets through no more than it says however long it goes on, nor more at once after a long time', () => {
    let passed = 0;
    for (let n = 0; n < 600; n += 1) {
      if (throttle.pass('a') !== undefined) passed += 1;
      time += second;
    }
    expect(passed).toBeLessThanOrEqual(3 + 60);
    expect(passed).toBeGreaterThanOrEqual(60);
    time += 3_600 * second;
    expect(flood('a', 4)).toMatchObject([expect.any(Number), 0, 0, undefined]);
  });

  it('counts what one stands for, let through or not', () => {
    expect(throttle.pass('a', 7)).toBe(7);
    flood('a', 2);
    expect(throttle.pass('a', 4)).toBeUndefined();
    time += 10 * second;
    expect(throttle.pass('a', 10)).toBe(15);
  });

  it('counts each key for itself, and remembers only some', () => {
    flood('a', 5);
    expect(throttle.pass('b')).toBe(0);
    expect(throttle.pass('a')).toBeUndefined();
    throttle.pass('c');
    // b came longest ago.
    expect(throttle.pass('a')).toBeUndefined();
    expect(flood('b', 4)).toEqual([0, 0, 0, undefined]);
  });

  it('takes nothing away when the clock is set back', () => {
    flood('a', 3);
    time -= 3_600 * second;
    expect(throttle.pass('a')).toBeUndefined();
    time += 10 * second;
    expect(throttle.pass('a')).toBe(1);
  });
});
