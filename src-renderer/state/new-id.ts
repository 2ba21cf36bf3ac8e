/**
 * An id that nothing else has. Made from random bytes: `crypto.randomUUID` is for secure contexts only, and a page must
 * not depend on what its address counts as.
 */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
