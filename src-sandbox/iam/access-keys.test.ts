import { describe, expect, it } from 'vitest';
import { AccessKeys } from './access-keys.ts';
import { servicePrincipal } from './principal.ts';

describe('access keys', () => {
  it('look like those of AWS and are never the same', () => {
    const keys = new AccessKeys(() => 0);
    const temporary = keys.issueTemporary(servicePrincipal, { duration: 900, chained: false });
    expect(temporary.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(temporary.secretAccessKey).toMatch(/^[A-Za-z0-9/+]{40}$/);
    expect(temporary.temporary).toMatchObject({ expiresAt: 900_000, chained: false });
    const longTerm = keys.issueLongTerm(servicePrincipal);
    expect(longTerm.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(longTerm.temporary).toBeUndefined();
    expect(keys.issueLongTerm(servicePrincipal).secretAccessKey).not.toBe(longTerm.secretAccessKey);
    expect(keys.find(longTerm.accessKeyId)).toBe(longTerm);
    expect(keys.find('AKIAIOSFODNN7EXAMPLE')).toBeUndefined();
  });

  it('expire to the millisecond, are known as expired for a day, and are forgotten then', () => {
    let now = 0;
    const keys = new AccessKeys(() => now);
    const key = keys.issueTemporary(servicePrincipal, { duration: 900, chained: false });
    now = 899_999;
    expect(keys.isExpired(key)).toBe(false);
    now = 900_000;
    expect(keys.isExpired(key)).toBe(true);
    keys.issueTemporary(servicePrincipal, { duration: 900, chained: false });
    expect(keys.find(key.accessKeyId)).toBe(key);
    now += 24 * 3_600_000 + 1;
    keys.issueTemporary(servicePrincipal, { duration: 900, chained: false });
    expect(keys.find(key.accessKeyId)).toBeUndefined();
  });
});
