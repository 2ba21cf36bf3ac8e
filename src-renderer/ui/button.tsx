import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover',
  secondary: 'bg-surface text-text ring-1 ring-inset ring-line-strong hover:bg-hover active:bg-pressed',
  ghost:
    'text-muted hover:bg-hover hover:text-text active:bg-pressed data-popup-open:bg-hover data-popup-open:text-text',
  danger: 'bg-bad-solid text-on-accent hover:brightness-95',
} as const;

const sizes = {
  md: 'h-8 rounded-md px-3 gap-2',
  sm: 'h-7 rounded-md px-2.5 gap-1.5 text-sm',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  icon?: LucideIcon | undefined;
  /** Shows that the action is under way and keeps it from being started twice. The width stays. */
  busy?: boolean;
  children: ReactNode;
}

/** A button that says what it does. */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  busy = false,
  disabled,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      disabled={disabled === true || busy}
      className={cx(
        'relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium',
        variants[variant],
        sizes[size],
        disabled === true && !busy && 'pointer-events-none opacity-50',
        className,
      )}
      {...rest}
    >
      <span className={cx('inline-flex items-center gap-[inherit]', busy && 'opacity-0')}>
        {Icon && <Icon size={size === 'md' ? 15 : 14} aria-hidden="true" />}
        {children}
      </span>
      {busy && <LoaderCircle size={15} aria-hidden="true" className="absolute animate-spin" />}
    </button>
  );
}
