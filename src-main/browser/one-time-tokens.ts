import { randomBytes } from 'node:crypto';
import { equalSecrets } from '../../src-shared/sigv4/signing-key.ts';

const tokenLife = 60_000;

/** Lets a browser in: a token that works once, within a minute, is exchanged for a secret that lasts. */
export interface OneTimeTokens {
  /** A new token; the one before stops working. */
  issue(): string;
  /** @returns a session secret, or undefined when the token is not the last one issued, was used, or is too old */
  redeem(token: string): string | undefined;
  /** Whether this is a secret that was given for a token. */
  isSecret(secret: string): boolean;
}

export function createOneTimeTokens(now: () => number): OneTimeTokens {
  let current: { token: string; expiresAt: number } | undefined;
  const secrets: string[] = [];
  return {
    issue() {
      current = { token: newSecret(), expiresAt: now() + tokenLife };
      return current.token;
    },
    redeem(token) {
      if (!current || !equalSecrets(token, current.token) || now() >= current.expiresAt) return undefined;
      current = undefined;
      const secret = newSecret();
      secrets.push(secret);
      return secret;
    },
    isSecret: (secret) => secrets.some((known) => equalSecrets(known, secret)),
  };
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
