import { type FormEvent, useState } from 'react';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.ts';
import { CodeField } from '../../login/code-field.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { PasswordField } from './password-field.tsx';

const empty = { password: '', newPassword: '', again: '', code: '' };

/** A new password for the old one. */
export function ChangePassword({ user, hasAuthenticator }: { user: string; hasAuthenticator: boolean }) {
  const change = useAct('account.changePassword');
  const [typed, setTyped] = useState(empty);
  const set = (key: keyof typeof empty) => (value: string) => setTyped({ ...typed, [key]: value });
  const differs = typed.again !== '' && typed.again !== typed.newPassword;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.again !== typed.newPassword) return;
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
        <PasswordField label="New password" isNew value={typed.newPassword} onChange={set('newPassword')} />
        <PasswordField
          label="The new password again"
          isNew
          value={typed.again}
          onChange={set('again')}
          error={differs ? 'It is not the same.' : undefined}
        />
        {hasAuthenticator && <CodeField value={typed.code} onChange={set('code')} />}
        {change.error && <ErrorView inline error={change.error} />}
        <Button type="submit" busy={change.isPending} disabled={differs} className="self-start">
          Change password
        </Button>
      </form>
    </section>
  );
}
