import { randomBytes } from 'node:crypto';

/** A made-up key pair that a tool signs with. It is worth nothing anywhere but at the gateway. */
export interface LocalKeys {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Base 32: what AWS makes its key ids of. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const madeByUs = /^RG[A-Z2-7]{18}$/;

/** A new pair: an id of AWS's length that no AWS key has (`RG…`), and a secret of 240 random bits. */
export function newLocalKeys(): LocalKeys {
  const id = Array.from(randomBytes(18), (byte) => alphabet[byte & 31]).join('');
  return { accessKeyId: `RG${id}`, secretAccessKey: randomBytes(30).toString('base64url') };
}

/** Whether an access key id is one that we have made, now or earlier: no key of AWS's begins like that. */
export function isMadeByUs(accessKeyId: string): boolean {
  return madeByUs.test(accessKeyId);
}
