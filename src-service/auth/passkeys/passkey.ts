import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';

/** A passkey as it is kept. Source of the fields: Web Authentication Level 3, §4 "credential record". */
export const storedPasskey = z.strictObject({
  /** The credential's id, base64url. */
  credential: z.string(),
  /** COSE key, base64url. */
  publicKey: z.string(),
  /** How often it was used, as the authenticator counts; always 0 where it does not. */
  counter: z.number(),
  transports: z.array(z.string()),
  /** The host name for which it was made. */
  rpId: z.string(),
  name: z.string(),
  createdAt: z.number(),
  usedAt: z.number().optional(),
});
export type Passkey = z.infer<typeof storedPasskey>;

/** A short name for a credential's id, which may be over a thousand characters long. */
export function passkeyId(credential: string): string {
  return createHash('sha256').update(credential).digest().subarray(0, 16).toString('base64url');
}

/**
 * The relying party's id of an origin: its host name.
 *
 * @returns undefined for an IP address or plain http, for which browsers have no passkeys
 */
export function rpIdOf(origin: string): string | undefined {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' && isIP(hostname) === 0 && !hostname.startsWith('[') ? hostname : undefined;
}
