import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';

export interface PopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  /** What it is, for screen readers. */
  label: string;
  children: ReactNode;
  align?: 'start' | 'end';
  className?: string;
}

/** A panel that hangs from a button. */
export function Popover({ open, onOpenChange, trigger, label, children, align = 'start', className }: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={5} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup aria-label={label} className={cx(panelClass, className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The box of popovers and menus. */
export const panelClass =
  'flex max-h-[min(28rem,var(--available-height))] flex-col rounded-lg bg-raised text-text shadow-pop outline-none ' +
  'origin-(--transform-origin) transition-[opacity,scale] duration-100 data-ending-style:opacity-0 ' +
  'data-starting-style:scale-98 data-starting-style:opacity-0';
