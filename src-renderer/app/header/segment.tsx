import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';

/** One part of the header that opens something. */
export function Segment({ className, children, ...rest }: ComponentProps<'button'> & { children: ReactNode }) {
  return (
    <button
      type="button"
      className={cx(
        'flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 hover:bg-hover data-popup-open:bg-hover',
        className,
      )}
      {...rest}
    >
      {children}
      <ChevronDown size={13} aria-hidden="true" className="shrink-0 text-faint" />
    </button>
  );
}

/** What stands between two parts. */
export function SegmentLine() {
  return <span aria-hidden="true" className="h-4 w-px shrink-0 bg-line-strong" />;
}
