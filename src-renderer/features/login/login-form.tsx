import { type FormEvent, useEffect, useRef } from 'react';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import type { Credentials } from './use-login.ts';

export interface LoginFormProps {
  value: Credentials;
  onChange: (value: Credentials) => void;
  onSubmit: (value: Credentials) => void;
  busy: boolean;
  error: RolegateError | null;
  /** For a login that is to be renewed: whose it is cannot be changed. */
  fixedUser?: boolean;
  /** Another way to log in comes first on this cluster. */
  isSecond?: boolean;
}

/** User and password. */
export function LoginForm({
  value,
  onChange,
  onSubmit,
  busy,
  error,
  fixedUser = false,
  isSecond = false,
}: LoginFormProps) {
  const password = useRef<HTMLInputElement>(null);
  // A wrong password is said at its field; whatever has more to say (a lock, and for how long) gets its own place.
  const isWrong = (error?.code === 'access_denied' || error?.code === 'needs_login') && error.hint === undefined;
  useEffect(() => {
    // Whoever mistyped the password wants to type it again.
    if (isWrong) password.current?.select();
  }, [isWrong]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(value);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3.5">
      <Field label="User">
        {(control) => (
          <TextInput
            {...control}
            name="user"
            autoComplete="username"
            autoFocus={!fixedUser && !isSecond}
            readOnly={fixedUser}
            required
            value={value.user}
            onChange={(event) => onChange({ ...value, user: event.target.value })}
          />
        )}
      </Field>
      <Field label="Password" error={isWrong ? error.message : undefined}>
        {(control) => (
          <TextInput
            {...control}
            ref={password}
            name="password"
            type="password"
            autoComplete="current-password"
            autoFocus={fixedUser && !isSecond}
            required
            value={value.password}
            onChange={(event) => onChange({ ...value, password: event.target.value })}
          />
        )}
      </Field>
      {error && !isWrong && <ErrorView inline error={error} />}
      <Button type="submit" variant={isSecond ? 'secondary' : 'primary'} busy={busy} className="w-full">
        Log in
      </Button>
    </form>
  );
}
