import { useStore } from 'zustand';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { pendingChanges } from './confirm-change.ts';

/** Asks before anything is changed in production; what it is called has to be typed. */
export function ConfirmChangeDialog() {
  const change = useStore(pendingChanges, (state) => state.change);
  if (!change) return null;
  const { title, action, word, place, settle } = change;
  return (
    <ConfirmDialog
      open
      onClose={() => settle(false)}
      title={title}
      action={action}
      typeToConfirm={word}
      onConfirm={() => settle(true)}
    >
      <strong className="font-semibold text-bad">This is production</strong>: {place}.
    </ConfirmDialog>
  );
}
