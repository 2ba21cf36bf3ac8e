import { Star, Table2 } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { Highlight } from '../../ui/highlight.tsx';

export interface TableListRowProps {
  name: string;
  search: string;
  isPinned: boolean;
  /** It is in front. */
  isOpen: boolean;
  /** Enter would open it. */
  isActive: boolean;
}

/** One table in the list. */
export function TableListRow({ name, search, isPinned, isOpen, isActive }: TableListRowProps) {
  return (
    <div
      title={name}
      className={cx(
        'flex h-full items-center gap-2 rounded-md px-2 hover:bg-hover',
        isOpen && 'bg-pressed font-medium hover:bg-pressed',
        isActive && 'bg-accent-soft ring-1 ring-accent ring-inset hover:bg-accent-soft',
      )}
    >
      <Table2 size={13} aria-hidden="true" className={cx('shrink-0', isOpen ? 'text-session' : 'text-faint')} />
      <span className="truncate">
        <Highlight text={name} search={search} />
      </span>
      {isPinned && <Star size={11} fill="currentColor" aria-label="pinned" className="ml-auto shrink-0 text-faint" />}
    </div>
  );
}
