import type { EndedSession } from '../../src-shared/contracts/state.ts';
import type { LocalKeys } from '../../src-shared/local-keys.ts';
import type { KeyHolder } from '../gateway/key-holder.ts';
import type { HeldSession } from './held-session.ts';

/**
 * App sessions that were ended by somebody else: a tool that still uses their keys hears why, and so does the window.
 * When such a role is started again, it goes on in its place, with its keys.
 */
export interface PastSessions {
  /** @param reason a sentence */
  add(session: HeldSession, reason: string, at: number): void;
  /** Gives back the one of a role, to go on where it was. */
  takeBack(app: string, roleArn: string): HeldSession | undefined;
  findKeyHolder(accessKeyId: string): KeyHolder | undefined;
  list(): EndedSession[];
  clear(): void;
}

const remembered = 50;

export function createPastSessions(): PastSessions {
  let past: { session: HeldSession; reason: string; at: number }[] = [];
  return {
    add(session, reason, at) {
      past = [...past.filter((one) => one.session.view.id !== session.view.id), { session, reason, at }];
      past = past.slice(-remembered);
    },
    takeBack(app, roleArn) {
      const found = past.find(({ session: { view } }) => view.app === app && view.role.arn === roleArn);
      past = past.filter((one) => one !== found);
      return found?.session;
    },
    findKeyHolder(accessKeyId) {
      const found = past.find(({ session }) => session.keys.accessKeyId === accessKeyId);
      return found && toHolder(found.session.keys, found.session.serviceId, found.reason);
    },
    list: () =>
      past.map(({ session: { view }, reason, at }) => ({
        id: view.id,
        reason,
        at,
        ...(view.consoleUntil !== undefined && { consoleUntil: view.consoleUntil }),
      })),
    clear() {
      past = [];
    },
  };
}

function toHolder(keys: LocalKeys, appSessionId: string, endedBecause: string): KeyHolder {
  return { ...keys, appSessionId, expiresAt: 0, endedBecause };
}
