import { createContext, use } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import type { DeskOwner } from '../../state/desks.ts';

import type { Safety } from '../production/use-safety.ts';

/** What everything in a workspace needs to know of its session. */
export interface WorkspaceSession {
  session: AppSession;
  /** True once its time is over or it was ended: what has been read stays, nothing more can be read. */
  isOver: boolean;
  /** Whether it is production, and whether it may write. */
  safety: Safety;
  /** For every call about tables. */
  where: { appSessionId: string; region: string };
  /** Whose tabs these are. */
  desk: DeskOwner;
}

const SessionContext = createContext<WorkspaceSession | undefined>(undefined);

/** Gives the components below it their session. */
export const SessionProvider = SessionContext;

/** The session that one is in. */
export function useSession(): WorkspaceSession {
  const value = use(SessionContext);
  if (!value) throw new Error('There is no SessionProvider above this component.');
  return value;
}
