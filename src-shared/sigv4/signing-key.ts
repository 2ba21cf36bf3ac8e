import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { algorithm } from './authorization.ts';
import { type CredentialScope, formatScope } from './credential-scope.ts';

/** SHA-256 of no bytes at all, in hex. */
export const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** SHA-256 in lower-case hex. A string is taken as wire text: one character for each byte. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', typeof data === 'string' ? Buffer.from(data, 'latin1') : data, 'hex');
}

const cachedKeys = new Map<string, Buffer>();
const maxCachedKeys = 512;

/**
 * Derives the signing key for one day, region and service. Derived keys are kept (a bounded number of them, the
 * oldest dropped first): four HMACs a request are a large share of what a request costs.
 * Source: IAM User Guide, "Create a signed AWS API request", "Calculate the signature".
 */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const cacheKey = `${scope.date}/${scope.region}/${scope.service}/${secretAccessKey}`;
  const known = cachedKeys.get(cacheKey);
  if (known) return known;
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  const key = hmac(hmac(hmac(dateKey, scope.region), scope.service), 'aws4_request');
  if (cachedKeys.size >= maxCachedKeys) {
    const oldest = cachedKeys.keys().next().value;
    if (oldest !== undefined) cachedKeys.delete(oldest);
  }
  cachedKeys.set(cacheKey, key);
  return key;
}

/** The signature of a canonical request, 64 hex digits. */
export function signatureOf(key: Buffer, amzDate: string, scope: CredentialScope, canonicalRequest: string): string {
  const stringToSign = `${algorithm}\n${amzDate}\n${formatScope(scope)}\n${sha256Hex(canonicalRequest)}`;
  return createHmac('sha256', key).update(stringToSign, 'latin1').digest('hex');
}

/** Compares two secrets of the same length in time that does not depend on where they differ. */
export function equalSecrets(a: string, b: string): boolean {
  const bytesA = Buffer.from(a, 'latin1');
  const bytesB = Buffer.from(b, 'latin1');
  return bytesA.length === bytesB.length && timingSafeEqual(bytesA, bytesB);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
