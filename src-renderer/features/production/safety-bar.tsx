import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { cx } from '../../ui/cx.ts';
import { toastError } from '../shared/error-toast.ts';
import { useProductionRule, useSafety } from './use-safety.ts';

/** Above everything of a session that is production or only reads: that it is so, why, and the way to let it write. */
export function SafetyBar({ session, isOver }: { session: AppSession; isOver: boolean }) {
  const { isProduction, heldBy } = useSafety(session);
  const rule = useProductionRule(session);
  if (!isProduction && heldBy === undefined) return null;
  return (
    <section
      aria-label="Safety"
      className={cx(
        'flex min-h-9 shrink-0 flex-wrap items-center gap-2.5 border-line border-b px-3 py-1 text-sm',
        isProduction ? 'bg-bad-soft' : 'bg-canvas',
      )}
    >
      {isProduction && (
        <strong className="inline-flex h-5 items-center rounded-sm bg-bad-solid px-1.5 font-semibold text-on-accent text-xs tracking-wide">
          PRODUCTION
        </strong>
      )}
      {heldBy !== undefined && (
        <strong className="inline-flex h-5 items-center gap-1 rounded-sm px-1.5 font-semibold text-xs tracking-wide ring-1 ring-line-strong ring-inset">
          <Lock size={11} aria-hidden="true" />
          READ-ONLY
        </strong>
      )}
      <span className="min-w-0 flex-1 text-muted">{words(isProduction, heldBy)}</span>
      {heldBy !== 'service' && rule?.readsFirst && !isOver && (
        <WriteLock session={session} isHeld={heldBy !== undefined} />
      )}
    </section>
  );
}

function words(isProduction: boolean, heldBy: ReturnType<typeof useSafety>['heldBy']): string {
  if (heldBy === 'service') return 'You may only read with this role; the app-service holds every tool to that.';
  if (heldBy === 'production')
    return 'Nothing can be changed from here until you allow it. Tools are not held to this.';
  return isProduction ? 'Every change that you make from here is confirmed by typing.' : '';
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
      <Button size="sm" icon={Lock} onClick={() => unlock(false)}>
        Only read again
      </Button>
    );
  }
  return (
    <>
      <Button size="sm" icon={LockOpen} onClick={() => setAsking(true)}>
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
