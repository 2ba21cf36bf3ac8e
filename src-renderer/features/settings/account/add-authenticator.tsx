import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.ts';
import { CodeField } from '../../login/code-field.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { PasswordField } from './password-field.tsx';

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
      <div className="flex items-center gap-5">
        {offer.data ? (
          <QrCode text={offer.data.url} label="QR code with the secret" />
        ) : (
          <Skeleton className="size-44 shrink-0 rounded-lg" />
        )}
        <div className="flex min-w-0 flex-col gap-3">
          <p>Scan this with your authenticator app, for example Aegis, 1Password or Google Authenticator.</p>
          <div className="flex flex-col gap-1">
            <p className="text-muted text-sm">Or type the secret there:</p>
            <div className="flex items-center gap-1">
              <code className="select-text font-mono text-sm [overflow-wrap:anywhere]">
                {offer.data?.secret.replace(/.{4}(?=.)/g, '$& ') ?? '…'}
              </code>
              {offer.data && <CopyButton text={offer.data.secret} label="Copy the secret" />}
            </div>
          </div>
        </div>
      </div>
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
