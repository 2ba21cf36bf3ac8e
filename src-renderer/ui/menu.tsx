import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { panelClass } from './popover.tsx';

const itemClass = 'flex items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-hover';

export interface MenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  align?: 'start' | 'end';
  className?: string;
  children: ReactNode;
}

/** A menu that hangs from a button. */
export function Menu({ trigger, align = 'start', className, children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={5} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup className={cx(panelClass, 'min-w-52 overflow-y-auto p-1', className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  icon?: LucideIcon;
  /** What stands at the right end: a key, a time. */
  trailing?: ReactNode;
  onSelect: () => void;
  /** Why it cannot be done: said below it. */
  unavailable?: string | undefined;
  children: ReactNode;
}

/** One thing to do. */
export function MenuItem({ icon: Icon, trailing, onSelect, unavailable, children }: MenuItemProps) {
  return (
    <Base.Item
      className={cx(itemClass, unavailable === undefined ? 'h-7.5' : 'py-1.5')}
      onClick={onSelect}
      disabled={unavailable !== undefined}
    >
      {Icon && <Icon size={15} aria-hidden="true" className="shrink-0 text-muted" />}
      <span className="min-w-0 flex-1 truncate">
        <span className={cx(unavailable !== undefined && 'opacity-60')}>{children}</span>
        {unavailable !== undefined && <span className="block text-muted text-sm">{unavailable}</span>}
      </span>
      {trailing !== undefined && <span className="text-faint text-sm tabular">{trailing}</span>}
    </Base.Item>
  );
}

/** A heading over some items. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-faint text-xs">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon: LucideIcon }[];
}

/** One of a few, right in the menu. The menu stays open, so that the effect can be seen. */
export function MenuChoice<Value extends string>({ label, value, onChange, options }: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-faint text-xs">{label}</Base.GroupLabel>
      {options.map(({ value: option, label: text, icon: Icon }) => (
        <Base.RadioItem key={option} value={option} closeOnClick={false} className={cx(itemClass, 'h-7.5')}>
          <Icon size={15} aria-hidden="true" className="text-muted" />
          <span className="flex-1">{text}</span>
          <Base.RadioItemIndicator>
            <Check size={14} aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

/** A line between groups. */
export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}
