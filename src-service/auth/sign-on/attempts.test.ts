import { describe, expect, it } from 'vitest';
import type { Backend } from '../../backend/backend.ts';
import { attemptLifetime, createAttempts } from './attempts.ts';

const request = { kind: 'oidc', name: 'okta', port: 65_000, state: 'a'.repeat(43), challenge: 'b'.repeat(43) } as const;

describe('sign-ons that nobody finishes', () => {
  it('cannot fill the store: there is a limit to those of ten minutes', async () => {
    let time = 0;
    let writes = 0;
    const backend = { put: async () => String(++writes) } as unknown as Backend;
    const attempts = createAttempts(backend, () => time);
    for (let n = 0; n < 5_000; n += 1) await attempts.open(request);
    await expect(attempts.open(request)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(writes).toBe(5_000);
    time = attemptLifetime + 1;
    await attempts.open(request);
    expect(writes).toBe(5_001);
  });
});
