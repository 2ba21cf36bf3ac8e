import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainHead } from '../../src-shared/audit/chain.ts';
import { type Purpose, type SignedHead, signedHead, statementBytes } from '../../src-shared/audit/statement.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';

/** Signs where the chain ends; what such a statement is good for, `statement.ts` says. */
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
