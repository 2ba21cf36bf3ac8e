import { Check, Copy, X } from 'lucide-react';
import { cx } from './cx.ts';
import { copyMessages, useCopy } from './use-copy.ts';

export interface CopyButtonProps {
  text: string | (() => string);
  /** What is copied: "Copy the secret key". */
  label: string;
  /** Words beside the icon. They and "Copied" take the same room, so nothing moves. */
  caption?: string;
  className?: string;
  tabIndex?: number;
}

const icons = { idle: Copy, copied: Check, failed: X } as const;

/** Copies a text and says so in place. */
export function CopyButton({ text, label, caption, className, tabIndex }: CopyButtonProps) {
  const { state, copy } = useCopy(text);
  const Icon = icons[state];
  return (
    <button
      type="button"
      aria-label={label}
      title={state === 'failed' ? copyMessages.failed : label}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        copy();
      }}
      className={cx(
        'inline-flex h-6 shrink-0 items-center justify-center gap-1.5 rounded-sm text-sm hover:bg-hover active:bg-pressed',
        caption === undefined ? 'w-6' : 'px-1.5',
        state === 'idle' && 'text-muted hover:text-text',
        state === 'copied' && 'text-good',
        state === 'failed' && 'text-bad',
        className,
      )}
    >
      <Icon size={13} aria-hidden="true" />
      {caption !== undefined && (
        <span className="grid justify-items-start">
          <span className={cx('col-start-1 row-start-1', state === 'copied' && 'invisible')}>{caption}</span>
          <span className={cx('col-start-1 row-start-1', state !== 'copied' && 'invisible')} aria-hidden="true">
            Copied
          </span>
        </span>
      )}
      <span role="status" className="sr-only">
        {copyMessages[state]}
      </span>
    </button>
  );
}
