import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the one that goes on last. */
  actions?: ReactNode;
  width?: 'sm' | 'md' | 'lg' | 'xl';
  /** Without it, there is no ✕ and a click beside the dialog does nothing. */
  dismissible?: boolean;
}

const widthClasses = { sm: 'w-96', md: 'w-120', lg: 'w-160', xl: 'w-220' } as const;

/** A dialog in the middle of the window, over everything. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, children, actions, width = 'md', dismissible = true } = props;
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={!dismissible}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup className={cx(popupClass, widthClasses[width])}>
          <div className="flex items-start justify-between gap-4 px-5 pt-4">
            <div className="flex min-w-0 flex-col gap-1">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description render={<div />} className="text-muted">
                  {description}
                </Base.Description>
              )}
            </div>
            {dismissible && (
              <Base.Close
                aria-label="Close"
                className="-mr-1.5 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
              >
                <X size={15} aria-hidden="true" />
              </Base.Close>
            )}
          </div>
          <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-4 pb-5">
            {children}
            {actions !== undefined && <div className="flex flex-wrap justify-end gap-2 pt-1">{actions}</div>}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** What lies between a dialog and the page. */
export const backdropClass =
  'fixed inset-0 z-40 bg-backdrop transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0';

/** A dialog's own box: it comes a little closer when it appears. */
export const popupClass =
  'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-3rem)] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 ' +
  'flex-col rounded-xl bg-raised text-text shadow-pop outline-none transition-[opacity,scale] duration-120 ' +
  'data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';
