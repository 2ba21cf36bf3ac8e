import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useAppState } from '../../bridge/react.tsx';
import { go, type SessionView } from '../../state/place.ts';
import { useSessionColour } from '../../state/session-colours.ts';
import { ConfirmChangeDialog } from '../production/confirm-change-dialog.tsx';
import { SafetyBar } from '../production/safety-bar.tsx';
import { useSafety } from '../production/use-safety.ts';
import { useIsOver } from '../shared/time-left.tsx';
import { SessionProvider } from './session-context.tsx';
import { SessionEnded } from './session-ended.tsx';
import { TablesView } from './tables-view.tsx';

const ConnectView = lazy(() => import('../connect/connect-view.tsx').then((m) => ({ default: m.ConnectView })));
const PartiqlView = lazy(() => import('../partiql/partiql-view.tsx').then((m) => ({ default: m.PartiqlView })));

/** Everything that one does with one app session. */
export function Workspace({ sessionId, view }: { sessionId: string; view: SessionView }) {
  const session = useLastKnown(sessionId);
  useEffect(() => {
    // A place that was remembered from before, whose session is long gone.
    if (!session) go({ page: 'apps' });
  }, [session]);
  return session ? <Open session={session} view={view} /> : null;
}

function Open({ session, view }: { session: AppSession; view: SessionView }) {
  const isListed = useAppState((state) => state.appSessions.some(({ id }) => id === session.id));
  const isPast = useIsOver(session.expiresAt);
  const isOver = isPast || !isListed;
  const safety = useSafety(session);
  const colour = useSessionColour(session.role.arn);
  const { id, app, region, role } = session;
  const value = useMemo(
    () => ({
      session,
      isOver,
      safety,
      where: { appSessionId: id, region },
      desk: { app, roleArn: role.arn, region },
    }),
    [session, isOver, safety, id, region, app, role.arn],
  );
  return (
    <SessionProvider value={value}>
      <div
        data-session-colour={colour}
        data-production={safety.isProduction || undefined}
        className="flex min-h-0 flex-1 flex-col"
      >
        {isOver && <SessionEnded session={session} />}
        <SafetyBar session={session} isOver={isOver} />
        <ConfirmChangeDialog />
        {view === 'tables' && <TablesView key={region} />}
        <Suspense fallback={null}>
          {view === 'partiql' && <PartiqlView key={region} />}
          {view === 'connect' && <ConnectView />}
        </Suspense>
      </div>
    </SessionProvider>
  );
}

/** The session as it was last seen: when it ends, what it showed stays on the screen. */
function useLastKnown(sessionId: string): AppSession | undefined {
  const current = useAppState((state) => state.appSessions.find(({ id }) => id === sessionId));
  const [last, setLast] = useState(current);
  if (current && current !== last) setLast(current);
  return current ?? last;
}
