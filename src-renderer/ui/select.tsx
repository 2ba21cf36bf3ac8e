import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { panelClass } from './popover.tsx';

/** One thing to choose. */
export interface SelectOption {
  value: string;
  label: string;
  /** What else to know of it, in the list. */
  about?: ReactNode;
}

export interface SelectProps {
  id?: string;
  value: string | undefined;
  onChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder: string;
  /** Its name for screen readers, where no label stands beside it. */
  label?: string;
  size?: 'md' | 'sm';
  className?: string;
}

/** One of several, from a list that drops down. */
export function Select(props: SelectProps) {
  const { id, value, onChange, options, placeholder, label, size = 'md', className } = props;
  return (
    <Base.Root
      items={options}
      value={value ?? null}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger
        id={id}
        aria-label={label}
        className={cx(
          'flex min-w-0 items-center justify-between gap-1.5 rounded-md bg-surface text-left ring-1 ring-line-strong ring-inset hover:ring-faint/60 focus-visible:outline-offset-0 data-placeholder:text-faint',
          size === 'md' ? 'h-8 px-2.5' : 'h-7 px-2 text-sm',
          className ?? 'w-full',
        )}
      >
        <Base.Value placeholder={placeholder} className="truncate" />
        <Base.Icon>
          <ChevronDown size={size === 'md' ? 14 : 12} aria-hidden="true" className="text-faint" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={5} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={cx(panelClass, 'min-w-(--anchor-width) overflow-y-auto p-1')}>
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex h-7.5 items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-hover"
              >
                <Base.ItemText className="font-medium">{option.label}</Base.ItemText>
                <span className="min-w-0 flex-1 truncate text-faint text-sm">{option.about}</span>
                <Base.ItemIndicator>
                  <Check size={14} aria-hidden="true" className="text-accent-text" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
