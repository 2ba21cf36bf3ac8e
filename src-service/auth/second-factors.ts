import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { Backend } from '../backend/backend.ts';
import { keyPart } from '../backend/entry-text.ts';

const stored = z.object({
  /** Base32. */
  secret: z.string(),
  /** The time step of the last code that was taken: none is taken twice. */
  lastStep: z.number(),
});

/** Authenticator apps (TOTP, RFC 6238) as second factors. */
export interface SecondFactors {
  has(user: string): Promise<boolean>;
  /**
   * Takes a code for a user, once.
   *
   * @returns false for a wrong one, one that was taken before, and for a user without an authenticator
   */
  take(user: string, code: string): Promise<boolean>;
  /** Enrols an authenticator, if this is a code of it. @returns whether it was */
  enrol(user: string, secret: string, code: string): Promise<boolean>;
  remove(user: string): Promise<void>;
  /** The `otpauth://` address of a secret, which authenticators read from a QR code. */
  url(user: string, secret: string): string;
}

const period = 30;
/** Codes of the step before and after are good as well: clocks differ, and typing takes time. */
const window = 1;

/** A new secret, in base32. Source of the length: RFC 4226 §4, 160 bits. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

export function createSecondFactors(backend: Backend, cluster: string, now: () => number): SecondFactors {
  const generator = (user: string, secret: string) =>
    new TOTP({ issuer: `Rolegate ${cluster}`, label: user, secret: Secret.fromBase32(secret), period });

  /** The time step of a code, if it is good now. */
  function stepOf(secret: string, code: string): number | undefined {
    if (!/^\d{6}$/.test(code)) return undefined;
    const timestamp = now();
    const delta = generator('', secret).validate({ token: code, timestamp, window });
    return delta === null ? undefined : Math.floor(timestamp / 1000 / period) + delta;
  }

  return {
    has: async (user) => (await backend.get(keyOf(user))) !== undefined,

    async take(user, code) {
      const entry = await backend.get(keyOf(user));
      const device = stored.safeParse(entry?.value);
      if (!entry || !device.success) return false;
      const step = stepOf(device.data.secret, code);
      if (step === undefined || step <= device.data.lastStep) return false;
      const value = { ...device.data, lastStep: step };
      // Of two logins with the same code one is first.
      return (await backend.compareAndSwap({ key: keyOf(user), value }, entry.revision)) !== undefined;
    },

    async enrol(user, secret, code) {
      const step = stepOf(secret, code);
      if (step === undefined) return false;
      await backend.put({ key: keyOf(user), value: { secret, lastStep: step } });
      return true;
    },

    remove: async (user) => void (await backend.delete(keyOf(user))),
    url: (user, secret) => generator(user, secret).toString(),
  };
}

function keyOf(user: string): string {
  return `second-factors/${keyPart(user)}`;
}
