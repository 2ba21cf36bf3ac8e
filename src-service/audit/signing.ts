import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditHead, auditHead } from '../../src-shared/contracts/admin-api.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';
import type { ChainHead } from './chain.ts';

/**
 * A statement of the service on where the chain ended at a time. The key lies in a file, not in the store: whoever can
 * write to the store alone can make new hashes, but not new statements. Whoever keeps a statement elsewhere sees from
 * it when events have been cut off.
 */
export const signedHead = auditHead;
export type SignedHead = AuditHead;

export interface HeadSigner {
  sign(head: ChainHead, time: number): SignedHead;
  /** States that the events up to this one were taken away because they were too old. */
  signPruned(head: ChainHead, time: number): SignedHead;
  /** Keeps the latest statement in a file beside the store. */
  keep(head: SignedHead): Promise<void>;
  /** The statement that was kept last, if there is one. */
  kept(): Promise<SignedHead | undefined>;
}

/** Opens the key of a service, or makes one. @param folder the service's private folder */
export async function openHeadSigner(folder: string, cluster: string): Promise<HeadSigner> {
  const headFile = join(folder, 'audit-head.json');
  const privateKey = await openKey(join(folder, 'audit-key.pem'));
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64url');
  function state(purpose: Purpose, { seq, hash }: ChainHead, time: number): SignedHead {
    const statement = { cluster, seq, hash, time: new Date(time).toISOString() };
    const signature = sign(null, statementBytes(purpose, statement), privateKey).toString('base64url');
    return { ...statement, publicKey, signature };
  }
  return {
    sign: (head, time) => state('head', head, time),
    signPruned: (head, time) => state('pruned', head, time),
    keep: (head) => writePrivateFile(headFile, `${JSON.stringify(head)}\n`),
    async kept() {
      const text = await readFile(headFile, 'utf8').catch(() => '');
      return text === '' ? undefined : signedHead.safeParse(JSON.parse(text)).data;
    },
  };
}

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

async function openKey(file: string): Promise<KeyObject> {
  const pem = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // Only a key that is not there yet is made: one that cannot be read must not be replaced unnoticed.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (pem !== undefined) return createPrivateKey(pem);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writePrivateFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  return privateKey;
}

function statementBytes(
  purpose: Purpose,
  { cluster, seq, hash, time }: Omit<SignedHead, 'publicKey' | 'signature'>,
): Buffer {
  return Buffer.from(JSON.stringify([`rolegate audit ${purpose} v1`, cluster, seq, hash, time]));
}
