import { ChevronRight, Lock } from 'lucide-react';
import type { IamRole } from '../../../src-shared/contracts/service-api.ts';
import type { AppSession } from '../../../src-shared/contracts/state.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { Highlight } from '../../ui/highlight.tsx';
import { cellRole } from '../../ui/roles.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { SessionDot } from '../shared/session-dot.tsx';
import { TimeLeft } from '../shared/time-left.tsx';

export interface RoleRowProps {
  role: IamRole;
  search: string;
  /** The session that runs with it. */
  session: AppSession | undefined;
  isActive: boolean;
  isStarting: boolean;
  /** For a role that one does not have: whether it can be asked for, or has been. */
  ask: 'possible' | 'waiting' | undefined;
}

/** One IAM role in the picker. */
export function RoleRow({ role, search, session, isActive, isStarting, ask }: RoleRowProps) {
  return (
    <div
      className={cx(
        'group flex h-full items-center gap-3 rounded-md px-2.5 hover:bg-hover',
        isActive && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      {ask ? (
        <Lock size={12} strokeWidth={2} aria-hidden="true" className="-mx-0.5 shrink-0 text-faint" />
      ) : session ? (
        <SessionDot roleArn={role.arn} />
      ) : (
        <span aria-hidden="true" className="size-2 shrink-0 rounded-full ring-1 ring-line-strong ring-inset" />
      )}
      <span {...cellRole()} className={cx('min-w-0 flex-1 truncate font-medium', ask && 'text-muted')}>
        <Highlight text={role.name} search={search} />
        {role.path !== '/' && <span className="ml-2 font-normal text-faint text-sm">{role.path}</span>}
      </span>
      <span {...cellRole()} className="w-26 shrink-0 font-mono text-muted text-sm tabular">
        <Highlight text={role.accountId} search={search} />
      </span>
      <span {...cellRole()} className="w-28 shrink-0 text-right text-sm">
        {session && <TimeLeft until={session.expiresAt} />}
        {ask === 'possible' && <span className="text-accent-text">Ask for access</span>}
        {ask === 'waiting' && <span className="text-warn">Asked, pending</span>}
      </span>
      <span {...cellRole()} className="flex shrink-0 items-center gap-1">
        <CopyButton text={role.arn} label={`Copy the ARN of ${role.name}`} caption="ARN" tabIndex={-1} />
        <span className="flex w-4 justify-center text-faint">
          {isStarting ? (
            <Spinner label={`Starting a session with ${role.name}`} />
          ) : (
            <ChevronRight size={15} aria-hidden="true" className={isActive ? 'text-accent-text' : undefined} />
          )}
        </span>
      </span>
    </div>
  );
}
