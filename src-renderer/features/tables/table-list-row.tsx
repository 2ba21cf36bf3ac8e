import { Clock, Star, Table2 } from 'lucide-react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { cx } from '../../ui/cx.ts';
import { Highlight } from '../../ui/highlight.tsx';
import { formatCount, formatShort } from '../shared/format.ts';
import { useRowDetails } from './use-row-details.ts';

export interface TableListRowProps {
  name: string;
  search: string;
  isPinned: boolean;
  /** It stands at the top because it was looked at lately. */
  isRecent: boolean;
  /** It is in front. */
  isOpen: boolean;
  /** Enter would open it. */
  isActive: boolean;
}

/** One table in the list: its name at once, and how large it is when DynamoDB has said so. */
export function TableListRow({ name, search, isPinned, isRecent, isOpen, isActive }: TableListRowProps) {
  const details = useRowDetails(name);
  const Icon = isRecent ? Clock : Table2;
  return (
    <div
      title={details ? `${name}\n${words(details)}` : name}
      className={cx(
        'flex h-full items-center gap-2 rounded-md px-2 hover:bg-hover',
        isOpen && 'bg-pressed font-medium hover:bg-pressed',
        isActive && 'bg-accent-soft ring-1 ring-accent ring-inset hover:bg-accent-soft',
      )}
    >
      <Icon size={13} aria-hidden="true" className={cx('shrink-0', isOpen ? 'text-session' : 'text-faint')} />
      <span className="min-w-0 flex-1 truncate">
        <Highlight text={name} search={search} />
      </span>
      {details && (
        // A picture beside the name and no part of it: whoever cannot see it has it in the title.
        <span
          data-about={details.status === 'ACTIVE' ? `~${formatShort(details.itemCount)}` : details.status.toLowerCase()}
          className="shrink-0 font-normal text-faint text-xs tabular row-about"
        />
      )}
      {isPinned && <Star size={11} fill="currentColor" aria-label="pinned" className="shrink-0 text-faint" />}
    </div>
  );
}

function words({ itemCount, sizeBytes, billing, indexes, status }: TableDetails): string {
  const size = `about ${formatCount(itemCount)} items, ${formatBytes(sizeBytes)}; up to 6 h old`;
  return [size, `${billing}, ${indexes.length} indexes, ${status.toLowerCase()}`].join('\n');
}
