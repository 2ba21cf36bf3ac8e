import { describe, expect, it } from 'vitest';
import { assumedTime } from './times.ts';

describe('assumedTime', () => {
  it.each([
    [{ type: 'N', text: '1760000000' }, 1_760_000_000_000, 'seconds'],
    [{ type: 'N', text: '1760000000123' }, 1_760_000_000_123, 'milliseconds'],
    [{ type: 'S', text: '2025-10-09T08:53:20Z' }, 1_760_000_000_000, 'ISO 8601'],
    [{ type: 'S', text: '2025-10-09' }, Date.UTC(2025, 9, 9), 'ISO 8601'],
  ])('reads %j', (value, at, as) => {
    expect(assumedTime(value)).toEqual({ at, as });
  });

  it.each([
    { type: 'N', text: '42' },
    { type: 'N', text: '1.5e9' },
    { type: 'N', text: '12345678901234567890' },
    { type: 'S', text: '1760000000' },
    { type: 'S', text: '2025-99-99' },
    { type: 'BOOL' },
  ])('takes %j for what it is', (value) => {
    expect(assumedTime(value)).toBeUndefined();
  });
});
