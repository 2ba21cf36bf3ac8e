import { describe, expect, it } from 'vitest';
import { auditQuery } from '../../../src-shared/contracts/admin-api.ts';
import { isFiltering, noFilter, toFilter } from './filter.ts';

const now = Date.parse('2026-01-31T18:00:00Z');

describe('the filter over the audit log', () => {
  it('asks only for what was said', () => {
    expect(toFilter(noFilter, now)).toEqual({});
    expect(isFiltering(noFilter)).toBe(false);
    const form = { ...noFilter, user: ' alice ', request: 'a-1 ', outcome: 'failed' as const };
    expect(toFilter(form, now)).toEqual({ user: 'alice', request: 'a-1', success: false });
    expect(isFiltering(form)).toBe(true);
  });

  it('knows times, and leaves out those that are none', () => {
    expect(toFilter({ ...noFilter, period: 'hour' }, now)).toEqual({ from: now - 3_600_000 });
    const between = { ...noFilter, period: 'between' as const, from: '2026-01-01T00:00', until: 'x' };
    const filter = toFilter(between, now);
    expect(filter).toEqual({ from: new Date(2026, 0, 1).getTime() });
    expect(auditQuery.shape.filter.safeParse(filter).success).toBe(true);
    // What is not chosen does not count, even if it was typed before.
    expect(toFilter({ ...between, period: 'all' }, now)).toEqual({});
  });
});
