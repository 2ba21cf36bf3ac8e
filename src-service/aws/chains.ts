import { randomBytes } from 'node:crypto';
import type { ChainGrant } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { newLocalKeys } from '../../src-shared/local-keys.ts';
import type { SigningKeys } from '../../src-shared/sigv4/sign.ts';
import type { AppSession } from '../auth/sessions.ts';
import type { IssuedCredentials } from './issued-credentials.ts';

/** Credentials that AWS handed out through us, and the app session that they belong to. The client never sees them. */
export interface Chain {
  id: string;
  appSessionId: string;
  /** The chained role, or the bucket of an S3 Express session. */
  target: string;
  keys: SigningKeys;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** The chained roles of all app sessions. They live in memory: whoever restarts the service lets tools assume anew. */
export interface Chains {
  start(session: AppSession, target: string, issued: IssuedCredentials, tokenHeader?: string): ChainGrant;
  /** @throws RolegateError `session_expired` when it has ended, or is another app session's */
  require(session: AppSession, id: string): Chain;
  /** Ends those of an app session that is over. */
  end(appSessionId: string): void;
}

const maxPerAppSession = 1000;

export function createChains(now: () => number): Chains {
  const byAppSession = new Map<string, Map<string, Chain>>();

  function roomIn(appSessionId: string): Map<string, Chain> {
    const chains = byAppSession.get(appSessionId) ?? new Map<string, Chain>();
    byAppSession.set(appSessionId, chains);
    for (const [id, chain] of chains) if (chain.expiresAt <= now()) chains.delete(id);
    const oldest = chains.keys().next().value;
    if (chains.size >= maxPerAppSession && oldest !== undefined) chains.delete(oldest);
    return chains;
  }

  return {
    start(session, target, { accessKeyId, secretAccessKey, sessionToken, expiresAt: issuedUntil }, tokenHeader) {
      const id = randomBytes(12).toString('base64url');
      const expiresAt = Math.min(issuedUntil, session.expiresAt);
      const keys = { accessKeyId, secretAccessKey, sessionToken, tokenHeader };
      roomIn(session.id).set(id, { id, appSessionId: session.id, target, keys, expiresAt });
      return { id, ...newLocalKeys(), sessionToken: randomBytes(48).toString('base64'), expiresAt };
    },
    require(session, id) {
      const chain = byAppSession.get(session.id)?.get(id);
      if (chain && chain.expiresAt > now()) return chain;
      throw new RolegateError('session_expired', 'The credentials of the chained role have expired.', {
        hint: 'Assume the role again.',
      });
    },
    end: (appSessionId) => void byAppSession.delete(appSessionId),
  };
}
