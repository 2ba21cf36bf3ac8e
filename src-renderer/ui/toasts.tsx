import { Toast } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { cx } from './cx.ts';
import type { ToastOptions } from './toast.ts';

const manager = Toast.createToastManager();

/** Adds a toast to those on the screen. */
export function show({ title, description, tone = 'good' }: ToastOptions): void {
  manager.add({
    title,
    description,
    type: tone,
    timeout: tone === 'bad' ? 0 : 5000,
  });
}

/** Where toasts appear. Once, around everything. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-13 z-60 flex w-92 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => {
    const isBad = item.type === 'bad';
    const Icon = isBad ? CircleAlert : CircleCheck;
    return (
      <Toast.Root
        key={item.id}
        toast={item}
        className="rounded-lg bg-raised shadow-pop outline-offset-2 transition-[opacity,translate] duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
      >
        <Toast.Content className="flex items-start gap-2.5 py-3 pr-2 pl-3">
          <Icon size={16} aria-hidden="true" className={cx('mt-0.5 shrink-0', isBad ? 'text-bad' : 'text-good')} />
          <div className="flex min-w-0 flex-1 flex-col gap-0.5 [overflow-wrap:anywhere]">
            <Toast.Title className="font-medium" />
            <Toast.Description className="text-muted text-sm" />
          </div>
          <Toast.Close
            aria-label="Close"
            className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text"
          >
            <X size={14} aria-hidden="true" />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
