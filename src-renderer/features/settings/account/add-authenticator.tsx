import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.ts';
import { AuthenticatorOffer } from '../../login/authenticator-offer.tsx';
import { CodeField } from '../../login/code-field.tsx';
import { PasswordField } from '../../login/password-field.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

export interface AddAuthenticatorProps {
  open: boolean;
  user: string;
  onClose: () => void;
  onAdded: () => void;
}

/** Puts a secret into an authenticator app, and takes a code of it as the proof. */
export function AddAuthenticator({ open, user, onClose, onAdded }: AddAuthenticatorProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Add an authenticator app" width="lg">
      {open && <Enrolment user={user} onClose={onClose} onAdded={onAdded} />}
    </Dialog>
  );
}

function Enrolment({ user, onClose, onAdded }: Omit<AddAuthenticatorProps, 'open'>) {
  const offer = useAct('account.newAuthenticator');
  const add = useAct('account.addAuthenticator');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { mutate } = offer;
  useEffect(() => mutate({}), [mutate]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!offer.data) return;
    add.mutate(
      { password, secret: offer.data.secret, code },
      {
        onSuccess: () => {
          onAdded();
          onClose();
          toast({ title: 'The authenticator was added. You log in with a code of it from now on.' });
        },
      },
    );
  };
  if (offer.error) return <ErrorView inline error={offer.error} onRetry={() => offer.mutate({})} />;
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <AuthenticatorOffer offer={offer.data} />
      <div className="grid grid-cols-2 gap-3.5">
        <input type="hidden" autoComplete="username" value={user} readOnly />
        <PasswordField label="Your password" value={password} onChange={setPassword} />
        <CodeField label="Code that the app shows now" value={code} onChange={setCode} />
      </div>
      {add.error && <ErrorView inline error={add.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={add.isPending} disabled={!offer.data || code.length !== 6}>
          Add the authenticator
        </Button>
      </div>
    </form>
  );
}
