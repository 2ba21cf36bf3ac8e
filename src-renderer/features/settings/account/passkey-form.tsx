import type { FormEvent, ReactNode } from 'react';
import type { RolegateError } from '../../../../src-shared/errors.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

/** What the dialogs on passkeys are opened with. */
export interface PasskeyDialogProps {
  hasAuthenticator: boolean;
  onClose: () => void;
  /** Something has changed. */
  onDone: () => void;
}

export interface PasskeyFormProps {
  children: ReactNode;
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  error: RolegateError | null;
  disabled: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** Fields, what went wrong, and the two buttons. */
export function PasskeyForm(props: PasskeyFormProps) {
  const { children, submitLabel, danger = false, busy, error, disabled, onSubmit, onClose } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      {children}
      {error && <ErrorView inline error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
