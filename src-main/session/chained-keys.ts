import type { ChainGrant } from '../../src-shared/contracts/aws-call.ts';
import type { KeyHolder } from '../gateway/key-holder.ts';

/** The virtual credentials of chained roles that the gateway knows. They live in memory, as the roles themselves do. */
export interface ChainedKeys {
  add(appSessionId: string, grant: ChainGrant): void;
  find(accessKeyId: string): KeyHolder | undefined;
  /** Forgets those of all other app sessions. */
  keepOnly(appSessionIds: ReadonlySet<string>): void;
}

/** How long expired ones are remembered, so that a tool hears that they have expired, and not that they never were. */
const remembered = 3_600_000;

export function createChainedKeys(now: () => number): ChainedKeys {
  const holders = new Map<string, KeyHolder>();

  function forget(isGone: (holder: KeyHolder) => boolean): void {
    for (const [accessKeyId, holder] of holders) if (isGone(holder)) holders.delete(accessKeyId);
  }

  return {
    add(appSessionId, { id, accessKeyId, secretAccessKey, sessionToken, expiresAt }) {
      forget((holder) => holder.expiresAt + remembered < now());
      const keys = { accessKeyId, secretAccessKey };
      holders.set(accessKeyId, { ...keys, appSessionId, expiresAt, chain: { id, sessionToken } });
    },
    find: (accessKeyId) => holders.get(accessKeyId),
    keepOnly: (appSessionIds) => forget((holder) => !appSessionIds.has(holder.appSessionId)),
  };
}
