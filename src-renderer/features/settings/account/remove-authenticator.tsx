import { type FormEvent, useState } from 'react';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.ts';
import { CodeField } from '../../login/code-field.tsx';
import { PasswordField } from '../../login/password-field.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

export interface RemoveAuthenticatorProps {
  open: boolean;
  onClose: () => void;
  onRemoved: () => void;
}

/** Goes back to the password alone, by whoever has both. */
export function RemoveAuthenticator({ open, onClose, onRemoved }: RemoveAuthenticatorProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Remove the authenticator"
      description="From then on your password alone logs you in."
      width="sm"
    >
      {open && <RemovalForm onClose={onClose} onRemoved={onRemoved} />}
    </Dialog>
  );
}

function RemovalForm({ onClose, onRemoved }: Omit<RemoveAuthenticatorProps, 'open'>) {
  const remove = useAct('account.removeAuthenticator');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate(
      { password, code },
      {
        onSuccess: () => {
          onRemoved();
          onClose();
          toast({ title: 'The authenticator was removed.' });
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      <PasswordField label="Your password" value={password} onChange={setPassword} />
      <CodeField value={code} onChange={setCode} />
      {remove.error && <ErrorView inline error={remove.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" busy={remove.isPending} disabled={code.length !== 6}>
          Remove the authenticator
        </Button>
      </div>
    </form>
  );
}
