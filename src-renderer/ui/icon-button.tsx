import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** What it does, in words: for screen readers and the tooltip. */
  label: string;
  size?: 'sm' | 'md';
}

/** A button of one icon, with its name in a tooltip. */
export function IconButton({ icon: Icon, label, size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        className={cx(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text',
          'active:bg-pressed disabled:pointer-events-none disabled:opacity-45',
          size === 'md' ? 'size-7' : 'size-5.5 rounded-sm',
          className,
        )}
        {...rest}
      >
        <Icon size={size === 'md' ? 15 : 13} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
