import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { panelClass } from './popover.tsx';

export interface ContextMenuProps extends ComponentProps<'div'> {
  /** Its items (menu.tsx); without any, the browser's own menu stays away and none appears. */
  menu: ReactNode;
}

/** A part of the window that has a menu: by a click with the other button, Shift+F10, or the menu key. */
export function ContextMenu({ menu, children, ...rest }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger {...rest}>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-50 outline-none" collisionPadding={8}>
          <Base.Popup className={cx(panelClass, 'min-w-52 overflow-y-auto p-1')}>{menu}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
