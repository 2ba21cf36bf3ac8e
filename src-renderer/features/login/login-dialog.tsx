import { useState } from 'react';
import { useStore } from 'zustand';
import { useAppState, useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LoginForm } from './login-form.tsx';
import { useLogin } from './use-login.ts';

/** The one dialog for however many callers found that the login has ended. What they read goes on after it. */
export function LoginDialog() {
  const client = useClient();
  const reason = useStore(client.gate.store, (gate) => gate.reason);
  return (
    <Dialog
      open={reason !== undefined}
      onClose={() => client.gate.dismiss()}
      title="Log in again"
      description={reason?.message}
      width="sm"
      dismissible={false}
    >
      <RenewForm />
    </Dialog>
  );
}

function RenewForm() {
  const client = useClient();
  const user = useAppState((state) => state.user?.name ?? '');
  const [credentials, setCredentials] = useState({ user, password: '' });
  const login = useLogin();
  return (
    <div className="flex flex-col gap-2">
      <LoginForm
        value={credentials}
        onChange={setCredentials}
        onSubmit={(value) => login.mutate(value)}
        busy={login.isPending}
        error={login.error}
        fixedUser={user !== ''}
      />
      <Button variant="ghost" onClick={() => client.gate.dismiss()}>
        Not now
      </Button>
    </div>
  );
}
