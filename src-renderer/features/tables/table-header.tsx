import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { usePinnedTables } from '../../state/pinned-tables.ts';
import { Chip } from '../../ui/chip.tsx';
import { cx } from '../../ui/cx.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatCount } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { KeyChips } from './key-chips.tsx';
import { TableActions } from './table-actions.tsx';

export interface TableHeaderProps {
  table: string;
  details: TableDetails | undefined;
  isPending: boolean;
  /** What stands at the right end of its name. */
  actions?: ReactNode;
  /** The tabs under it. */
  children: ReactNode;
}

/** A table's name and what matters most of it. Its height does not depend on what is known yet. */
export function TableHeader({ table, details, isPending, actions, children }: TableHeaderProps) {
  const { session, where } = useSession();
  const [pinned, togglePin] = usePinnedTables({ accountId: session.role.accountId, region: where.region });
  const isPinned = pinned.includes(table);
  return (
    <header className="shrink-0 border-line border-b px-4 pt-2.5">
      <div className="flex h-6 min-w-0 items-center gap-2.5">
        <h1 className="min-w-0 shrink truncate font-semibold text-lg" title={table}>
          {table}
        </h1>
        <button
          type="button"
          aria-pressed={isPinned}
          title={isPinned ? 'Take it from the top of the list' : 'Keep it at the top of the list'}
          onClick={() => togglePin(table)}
          className={cx(
            'inline-flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-hover',
            isPinned ? 'text-session' : 'text-faint hover:text-text',
          )}
        >
          <Star size={14} aria-hidden="true" fill={isPinned ? 'currentColor' : 'none'} />
          <span className="sr-only">Pin {table}</span>
        </button>
        {details && (
          <>
            <Status status={details.status} />
            <span className="flex min-w-0 shrink items-center gap-1.5 overflow-hidden">
              <KeyChips keys={details.key} />
            </span>
          </>
        )}
        {isPending && <Skeleton className="h-4 w-48" />}
        <span className="flex-1" />
        {actions}
        <TableActions table={table} details={details} />
      </div>
      <div className="flex min-w-0 items-end justify-between gap-4">
        <div className="-ml-2">{children}</div>
        {details && <Facts details={details} />}
      </div>
    </header>
  );
}

function Facts({ details }: { details: TableDetails }) {
  const { itemCount, sizeBytes, billing } = details;
  return (
    <p
      className="mb-2 min-w-0 truncate text-faint text-sm tabular"
      title={`DynamoDB counts items and bytes about every six hours. ${formatCount(itemCount)} items, ${formatCount(sizeBytes)} bytes when it last did.`}
    >
      about {formatCount(itemCount)} items · {formatBytes(sizeBytes)} · updated every ~6 h · {billing}
    </p>
  );
}

/** ACTIVE is how it should be, and says so quietly. */
function Status({ status }: { status: string }) {
  return <Chip tone={status === 'ACTIVE' ? 'good' : 'warn'}>{status.toLowerCase()}</Chip>;
}
