import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { backdropClass, popupClass } from './dialog.tsx';
import { Field } from './field.tsx';
import { TextInput } from './text-input.tsx';

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will be lost. */
  children: ReactNode;
  /** What the button does: "Reset the sandbox". */
  action: string;
  onConfirm: () => void;
  busy?: boolean;
  /** A word to type first, where the damage cannot be undone. */
  typeToConfirm?: string;
}

/** Asks before something that cannot be undone. The safe button has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, children, action, onConfirm, busy = false, typeToConfirm } = props;
  const [typed, setTyped] = useState('');
  const isConfirmed = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (next) return;
        setTyped('');
        onClose();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={cx(popupClass, 'w-108 gap-4 p-5')}>
          <div className="flex flex-col gap-1.5">
            <AlertDialog.Title className="font-semibold text-lg">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="text-muted">
              {children}
            </AlertDialog.Description>
          </div>
          {typeToConfirm !== undefined && (
            <Field label={`Type ${typeToConfirm} to go on`}>
              {(control) => <TextInput {...control} value={typed} onChange={(event) => setTyped(event.target.value)} />}
            </Field>
          )}
          <div className="flex justify-end gap-2">
            <AlertDialog.Close render={<Button>Cancel</Button>} />
            <Button variant="danger" disabled={!isConfirmed} busy={busy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
