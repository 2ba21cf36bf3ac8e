import { TimerOff } from 'lucide-react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { useAppState } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { useStartSession } from '../apps/use-start-session.ts';
import { formatClock } from '../shared/format.ts';
import { useIsOver } from '../shared/time-left.tsx';

/** Over a workspace whose session has ended: why nothing more can be read, and the way on. */
export function SessionEnded({ session }: { session: AppSession }) {
  const isPast = useIsOver(session.expiresAt);
  const ended = useAppState((state) => state.endedSessions.find(({ id }) => id === session.id));
  const isConsoleOver = useIsOver(session.consoleUntil ?? 0);
  const { start, startingArn } = useStartSession();
  return (
    <div role="alert" className="flex shrink-0 items-center gap-3 border-line border-b bg-bad-soft px-4 py-2">
      <TimerOff size={16} aria-hidden="true" className="shrink-0 text-bad" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">
          {isPast
            ? `This session ended at ${formatClock(session.expiresAt)}.`
            : `This session was ended${ended ? ` at ${formatClock(ended.at)}: ${ended.reason}` : '.'}`}
        </span>{' '}
        <span className="text-muted">
          What was read and what is staged stays here. Start it again to go on.
          {session.consoleUntil !== undefined && !isConsoleOver && (
            <> The AWS console opened from it stays signed in until {formatClock(session.consoleUntil)}.</>
          )}
        </span>
      </p>
      <Button
        size="sm"
        variant="primary"
        busy={startingArn !== undefined}
        onClick={() => void start(session.app, session.role.arn)}
      >
        Start again
      </Button>
    </div>
  );
}
