import type { LocalKeys } from '../../src-shared/local-keys.ts';

/** What the gateway must know about a key id: whose requests it makes, and until when. */
export interface KeyHolder extends LocalKeys {
  appSessionId: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Set for the virtual credentials of a chained role: which one, and the token that belongs to them. */
  chain?: { id: string; sessionToken: string };
  /** Whether requests over plain http are taken, which the user has to allow for each app session. */
  plainHttp?: boolean | undefined;
  /** Why its app session is over, where it was ended before its time. */
  endedBecause?: string | undefined;
}

/** Finds the holder of an access key id. One gateway serves many app sessions; the key id says which. */
export type FindKeyHolder = (accessKeyId: string) => KeyHolder | undefined;
