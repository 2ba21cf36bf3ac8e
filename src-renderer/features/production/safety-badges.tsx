import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toastError } from '../shared/error-toast.ts';
import { useProductionRule, useSafety } from './use-safety.ts';

/** In the bar at the top: that a session is production, that it only reads, and the way to let it write. */
export function SafetyBadges({ session }: { session: AppSession }) {
  const { isProduction, heldBy } = useSafety(session);
  const rule = useProductionRule(session);
  return (
    <>
      {isProduction && (
        <span className="inline-flex h-6 shrink-0 items-center rounded-md bg-bad-solid px-2 font-semibold text-on-accent text-xs tracking-wide">
          PRODUCTION
        </span>
      )}
      {heldBy !== undefined && (
        <span
          title={
            heldBy === 'service'
              ? 'Your role may only read. The app-service, AWS and this app all hold it to that.'
              : 'Production begins reading only. Tools at the gateway are not held to this.'
          }
          className="inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md px-2 font-medium text-muted text-xs ring-1 ring-line-strong ring-inset"
        >
          <Lock size={12} aria-hidden="true" />
          READ-ONLY
        </span>
      )}
      {heldBy !== 'service' && rule?.readsFirst && <WriteLock session={session} isHeld={heldBy !== undefined} />}
    </>
  );
}

function WriteLock({ session, isHeld }: { session: AppSession; isHeld: boolean }) {
  const client = useClient();
  const [isAsking, setAsking] = useState(false);
  const unlock = (unlocked: boolean) => {
    setAsking(false);
    client.act('appSessions.unlock', { id: session.id, unlocked }).catch(toastError);
  };
  if (!isHeld) {
    return (
      <Button size="sm" variant="ghost" icon={Lock} onClick={() => unlock(false)}>
        Only read again
      </Button>
    );
  }
  return (
    <>
      <Button size="sm" variant="ghost" icon={LockOpen} onClick={() => setAsking(true)}>
        Allow writing
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Allow writing in production?"
        action="Allow writing"
        onConfirm={() => unlock(true)}
      >
        {session.role.name} in account {session.role.accountId} may then be written to from here, until the session ends
        or Rolegate is started again. Each change is still confirmed by typing.
      </ConfirmDialog>
    </>
  );
}
