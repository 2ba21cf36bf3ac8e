import { type FormEvent, useState } from 'react';
import type { InvitationInfo } from '../../../src-shared/contracts/account-api.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { AuthenticatorOffer } from './authenticator-offer.tsx';
import { CodeField } from './code-field.tsx';
import { isRepeated, NewPasswordFields } from './new-password-fields.tsx';

export interface AcceptInvitationProps {
  invitation: string;
  info: InvitationInfo;
  onClose: () => void;
}

/**
 * The password that an invited user chooses, and the authenticator app where the cluster wants one or they do. The
 * first administrator, who is nobody yet, chooses a name as well.
 */
export function AcceptInvitation({ invitation, info, onClose }: AcceptInvitationProps) {
  const accept = useAct('account.acceptInvitation');
  const [password, setPassword] = useState({ newPassword: '', again: '' });
  const [wantsCode, setWantsCode] = useState(info.secondFactor === 'required');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const isFirst = info.user === undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The login screen goes by itself once somebody is logged in, and this with it.
    const who = isFirst ? { user: name.trim() } : {};
    accept.mutate({ invitation, ...who, password: password.newPassword, ...(wantsCode && { code }) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-muted">
        {isFirst
          ? `Nobody administers ${info.cluster} yet. Choose the name and the password with which you will.`
          : `Choose the password with which you will log in to ${info.cluster}.`}
      </p>
      <div className="grid grid-cols-2 items-start gap-3.5">
        {isFirst ? (
          <div className="col-span-2">
            <Field label="User name">
              {(control) => (
                <TextInput
                  {...control}
                  autoFocus
                  required
                  autoComplete="username"
                  spellCheck={false}
                  maxLength={256}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
          </div>
        ) : (
          <input type="hidden" autoComplete="username" value={info.user} readOnly />
        )}
        <NewPasswordFields value={password} onChange={setPassword} />
      </div>
      {info.secondFactor === 'optional' && (
        <Switch
          label="Add an authenticator app"
          about="A code of it is then asked for at each login, along with the password."
          checked={wantsCode}
          onChange={setWantsCode}
        />
      )}
      {wantsCode && (
        <>
          <AuthenticatorOffer offer={info.authenticator} />
          <CodeField label="Code that the app shows now" value={code} onChange={setCode} />
        </>
      )}
      {accept.error && <ErrorView inline error={accept.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={accept.isPending}
          disabled={!isRepeated(password) || (isFirst && name.trim() === '') || (wantsCode && code.length !== 6)}
        >
          Log in
        </Button>
      </div>
    </form>
  );
}
