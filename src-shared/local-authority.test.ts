import { expect, it } from 'vitest';
import { endsSoon } from './local-authority.ts';

it('the end of the local authority is announced 30 days before', () => {
  const now = Date.UTC(2026, 0, 1);
  const day = 86_400_000;
  expect(endsSoon(undefined, now)).toBe(false);
  expect(endsSoon(now + 31 * day, now)).toBe(false);
  expect(endsSoon(now + 30 * day, now)).toBe(true);
  expect(endsSoon(now - day, now)).toBe(true);
});
