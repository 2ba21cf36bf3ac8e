import { randomBytes } from 'node:crypto';

/** The made-up key pair that a tool signs with. It is worth nothing anywhere but at this gateway. */
export interface LocalKeys {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What the gateway must know about a key id: whose requests it makes, and until when. */
export interface KeyHolder extends LocalKeys {
  appSessionId: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Finds the holder of an access key id. One gateway serves many app sessions; the key id says which. */
export type FindKeyHolder = (accessKeyId: string) => KeyHolder | undefined;

/** Base 32: what AWS makes its key ids of. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new pair: an id of AWS's length that no AWS key has (`RG…`), and a secret of 240 random bits. */
export function newLocalKeys(): LocalKeys {
  const id = Array.from(randomBytes(18), (byte) => alphabet[byte & 31]).join('');
  return { accessKeyId: `RG${id}`, secretAccessKey: randomBytes(30).toString('base64url') };
}
