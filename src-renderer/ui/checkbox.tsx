import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** What it means, where the label is not enough. */
  hint?: ReactNode;
  children: ReactNode;
}

/** Something to switch on, with its label; the whole of it can be clicked. */
export function Checkbox({ checked, onChange, disabled = false, hint, children }: CheckboxProps) {
  return (
    <label className={cx('flex items-start gap-2', disabled && 'opacity-60')}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.75 size-3.5 shrink-0 accent-(--accent)"
      />
      <span className="min-w-0">
        {children}
        {hint !== undefined && <span className="block text-faint text-sm">{hint}</span>}
      </span>
    </label>
  );
}
