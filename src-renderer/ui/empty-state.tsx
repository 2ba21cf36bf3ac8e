import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What would make something appear here. */
  children?: ReactNode;
  /** The way on. */
  action?: ReactNode;
  /** For narrow places. */
  compact?: boolean;
}

/** Says that there is nothing, and what would change that. */
export function EmptyState({ icon: Icon, title, children, action, compact = false }: EmptyStateProps) {
  return (
    <div
      className={cx(
        'flex flex-col items-center justify-center text-center',
        compact ? 'gap-2 px-4 py-8' : 'h-full gap-3 px-8 py-12',
      )}
    >
      <span className="flex size-10 items-center justify-center rounded-xl bg-hover text-faint">
        <Icon size={19} strokeWidth={1.6} aria-hidden="true" />
      </span>
      <div className="flex max-w-md flex-col gap-1">
        <p className="font-medium text-text">{title}</p>
        {children !== undefined && <div className="text-balance text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
