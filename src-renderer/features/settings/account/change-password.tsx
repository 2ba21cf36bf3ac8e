import { type FormEvent, useState } from 'react';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.ts';
import { CodeField } from '../../login/code-field.tsx';
import { isRepeated, NewPasswordFields } from '../../login/new-password-fields.tsx';
import { PasswordField } from '../../login/password-field.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

const empty = { password: '', newPassword: '', again: '', code: '' };

/** A new password for the old one. */
export function ChangePassword({ user, hasAuthenticator }: { user: string; hasAuthenticator: boolean }) {
  const change = useAct('account.changePassword');
  const [typed, setTyped] = useState(empty);
  const set = (key: 'password' | 'code') => (value: string) => setTyped({ ...typed, [key]: value });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { password, newPassword, code } = typed;
    change.mutate(
      { password, newPassword, ...(code !== '' && { code }) },
      {
        onSuccess: () => {
          setTyped(empty);
          toast({ title: 'Your password was changed. Your logins elsewhere have ended.' });
        },
      },
    );
  };
  return (
    <section aria-labelledby="change-password" className="flex flex-col gap-3.5">
      <h2 id="change-password" className="font-semibold">
        Password
      </h2>
      <form onSubmit={submit} className="flex max-w-80 flex-col gap-3.5">
        <input type="hidden" autoComplete="username" value={user} readOnly />
        <PasswordField label="Current password" value={typed.password} onChange={set('password')} />
        <NewPasswordFields value={typed} onChange={(chosen) => setTyped({ ...typed, ...chosen })} />
        {hasAuthenticator && <CodeField value={typed.code} onChange={set('code')} />}
        {change.error && <ErrorView inline error={change.error} />}
        <Button type="submit" busy={change.isPending} disabled={!isRepeated(typed)} className="self-start">
          Change password
        </Button>
      </form>
    </section>
  );
}
