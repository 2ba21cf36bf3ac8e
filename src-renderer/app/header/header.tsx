import { useAppState } from '../../bridge/react.tsx';
import { JobsButton } from '../../features/jobs/jobs-button.tsx';
import { useSafety } from '../../features/production/use-safety.ts';
import { go, type Place } from '../../state/place.ts';
import { useSessionColour } from '../../state/session-colours.ts';
import { cx } from '../../ui/cx.ts';
import { Mark } from '../../ui/mark.tsx';
import { GatewayStatus } from './gateway-status.tsx';
import { PaletteButton } from './palette-button.tsx';
import { SessionActions } from './session-actions.tsx';
import { SessionSegments } from './session-segments.tsx';
import { UserMenu } from './user-menu.tsx';

export interface HeaderProps {
  place: Place;
  /** How many requests for access wait for this person to decide. */
  waitingRequests: number;
  onOpenPalette: () => void;
}

/** The bar that always says who one is, as what, where, and for how long, in the session's colour. */
export function Header({ place, waitingRequests, onOpenPalette }: HeaderProps) {
  const sessions = useAppState((state) => state.appSessions);
  const cluster = useAppState((state) => state.cluster);
  const session = place.page === 'session' ? sessions.find(({ id }) => id === place.sessionId) : undefined;
  const { isProduction } = useSafety(session);
  const colour = useSessionColour(session?.role.arn ?? '');
  return (
    <header
      data-session-colour={session && colour}
      data-production={isProduction || undefined}
      className="@container/header relative shrink-0 border-line border-b bg-canvas"
    >
      {session && (
        <span
          aria-hidden="true"
          className={cx('absolute inset-x-0 top-0 bg-session', isProduction ? 'h-1' : 'h-0.5')}
        />
      )}
      <div className="flex h-12 items-center gap-1 pr-2.5 pl-2">
        <button
          type="button"
          onClick={() => go({ page: 'apps' })}
          aria-label="Applications"
          title="Applications"
          className="flex shrink-0 items-center gap-2.5 rounded-md p-1.5 hover:bg-hover"
        >
          <Mark size={22} />
        </button>
        {session ? (
          <SessionSegments session={session} />
        ) : (
          <span className="min-w-0 truncate px-1 font-medium">{cluster}</span>
        )}
        <div className="min-w-2 flex-1" />
        <GatewayStatus session={session} />
        {session && place.page === 'session' && <SessionActions session={session} view={place.view} />}
        <JobsButton />
        <PaletteButton onClick={onOpenPalette} />
        <UserMenu waitingRequests={waitingRequests} />
      </div>
    </header>
  );
}
