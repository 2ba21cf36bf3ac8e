import { Plug, SquareTerminal, Table2 } from 'lucide-react';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { LaunchConsole } from '../../features/console/launch-console.tsx';
import { TimeLeft } from '../../features/shared/time-left.tsx';
import { go, type SessionView } from '../../state/place.ts';
import { cx } from '../../ui/cx.ts';

const views = [
  { view: 'tables', label: 'Tables', icon: Table2 },
  { view: 'partiql', label: 'PartiQL', icon: SquareTerminal },
  { view: 'connect', label: 'Connect', icon: Plug },
] as const;

/** What one can do with a session: look at its tables, connect tools to it, open the AWS console with it. */
export function SessionActions({ session, view }: { session: AppSession; view: SessionView }) {
  return (
    <>
      <span title="Time left in this session" className="px-1.5 text-sm">
        <TimeLeft until={session.expiresAt} />
      </span>
      <nav aria-label="Session" className="flex items-center gap-0.5">
        {views.map(({ view: target, label, icon: Icon }) => (
          <button
            key={target}
            type="button"
            aria-current={target === view ? 'page' : undefined}
            aria-label={label}
            title={label}
            onClick={() => go({ page: 'session', sessionId: session.id, view: target })}
            className={cx(
              'flex h-8 items-center gap-1.5 rounded-md px-2 font-medium',
              target === view ? 'bg-pressed text-text' : 'text-muted hover:bg-hover hover:text-text',
            )}
          >
            <Icon size={15} aria-hidden="true" />
            <span className="hidden @5xl/header:inline">{label}</span>
          </button>
        ))}
      </nav>
      <LaunchConsole session={session} />
    </>
  );
}
