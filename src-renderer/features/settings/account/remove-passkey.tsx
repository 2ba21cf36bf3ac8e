import { useState } from 'react';
import type { PasskeyInfo } from '../../../../src-shared/contracts/account-api.ts';
import { useAct } from '../../../bridge/react.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.ts';
import { CodeField } from '../../login/code-field.tsx';
import { PasswordField } from '../../login/password-field.tsx';
import { type PasskeyDialogProps, PasskeyForm } from './passkey-form.tsx';

/** Ends that a passkey logs in. */
export function RemovePasskey(props: PasskeyDialogProps & { passkey: PasskeyInfo }) {
  const { passkey, hasAuthenticator, onClose, onDone } = props;
  const remove = useAct('account.removePasskey');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const onSuccess = () => {
    onDone();
    onClose();
    toast({ title: `The passkey ${passkey.name} was removed.` });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove the passkey ${passkey.name}`}
      description="It logs you in no more. Your device may still offer it; delete it there as well."
      width="sm"
    >
      <PasskeyForm
        submitLabel="Remove the passkey"
        danger
        busy={remove.isPending}
        error={remove.error}
        disabled={password === ''}
        onSubmit={() => remove.mutate({ id: passkey.id, password, ...(code !== '' && { code }) }, { onSuccess })}
        onClose={onClose}
      >
        <PasswordField label="Your password" value={password} onChange={setPassword} />
        {hasAuthenticator && <CodeField value={code} onChange={setCode} />}
      </PasskeyForm>
    </Dialog>
  );
}
