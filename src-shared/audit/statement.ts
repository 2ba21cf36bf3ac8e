import { createHash, createPublicKey, verify } from 'node:crypto';
import { type AuditHead, auditHead } from '../contracts/admin-api.ts';

/**
 * A statement of the service on where the chain ended at a time. The key lies in a file, not in the store: whoever can
 * write to the store alone can make new hashes, but not new statements. Whoever keeps a statement elsewhere sees from
 * it when events have been cut off.
 */
export const signedHead = auditHead;
export type SignedHead = AuditHead;

/** What a statement says of its event: one made for the one purpose must not serve the other. */
export type Purpose = 'head' | 'pruned';

/** Whether a statement was signed with the key that it names. */
export function isSignatureGood(head: SignedHead, purpose: Purpose = 'head'): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.publicKey, 'base64url'), format: 'der', type: 'spki' });
    return verify(null, statementBytes(purpose, head), key, Buffer.from(head.signature, 'base64url'));
  } catch {
    return false;
  }
}

/** A short name of a key, for people to compare. */
export function keyId(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
}

/** What of a statement is signed. */
export function statementBytes(
  purpose: Purpose,
  { cluster, seq, hash, time }: Omit<SignedHead, 'publicKey' | 'signature'>,
): Buffer {
  return Buffer.from(JSON.stringify([`rolegate audit ${purpose} v1`, cluster, seq, hash, time]));
}
