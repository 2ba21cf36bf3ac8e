import { useState } from 'react';
import type { NewPasskey } from '../../../../src-shared/contracts/account-api.ts';
import type { RolegateError } from '../../../../src-shared/errors.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { CodeField } from '../../login/code-field.tsx';
import { PasswordField } from '../../login/password-field.tsx';
import { NameField } from './name-field.tsx';
import { type PasskeyDialogProps, PasskeyForm } from './passkey-form.tsx';

export interface AddPasskeyProps extends Pick<PasskeyDialogProps, 'hasAuthenticator' | 'onClose'> {
  busy: boolean;
  error: RolegateError | null;
  onAdd: (passkey: NewPasskey) => void;
}

/** A name for the new passkey and the password once more; the rest happens in the browser. */
export function AddPasskey({ hasAuthenticator, busy, error, onAdd, onClose }: AddPasskeyProps) {
  const [typed, setTyped] = useState({ name: '', password: '', code: '' });
  const set = (key: keyof typeof typed) => (value: string) => setTyped({ ...typed, [key]: value });
  const { name, password, code } = typed;
  return (
    <Dialog open onClose={onClose} title="Add a passkey" description="Your browser makes it." width="sm">
      <PasskeyForm
        submitLabel="Go on in the browser"
        busy={busy}
        error={error}
        disabled={name.trim() === ''}
        onSubmit={() => onAdd({ name, password, ...(code !== '' && { code }) })}
        onClose={onClose}
      >
        <NameField value={name} onChange={set('name')} />
        <PasswordField label="Your password" value={password} onChange={set('password')} />
        {hasAuthenticator && <CodeField value={code} onChange={set('code')} />}
      </PasskeyForm>
    </Dialog>
  );
}
