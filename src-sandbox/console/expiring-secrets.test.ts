import { describe, expect, it } from 'vitest';
import { ExpiringSecrets } from './expiring-secrets.ts';

describe('secrets', () => {
  it('are found until their time is over, and once only when taken', () => {
    let now = 0;
    const secrets = new ExpiringSecrets<string>(() => now);
    const name = secrets.add('value', 100);
    expect(name).toMatch(/^[\w-]{43}$/);
    expect(secrets.find(name)).toBe('value');
    now = 100;
    expect(secrets.find(name)).toBeUndefined();
    expect(secrets.take(name)).toBeUndefined();
    const other = secrets.add('other', 200);
    expect(secrets.take(other)).toBe('other');
    expect(secrets.take(other)).toBeUndefined();
  });
});
