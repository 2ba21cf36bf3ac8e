import { useState } from 'react';
import { useStore } from 'zustand';
import { useAct, useAppState, useClient } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SignInChoices } from './sign-in-choices.tsx';
import { type Credentials, useLogin } from './use-login.ts';

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
  const [credentials, setCredentials] = useState<Credentials>({ user, password: '' });
  const login = useLogin();
  const cancelSignOn = useAct('session.cancelSignOn');
  const dismiss = () => {
    cancelSignOn.mutate({});
    client.gate.dismiss();
  };
  return (
    <div className="flex flex-col gap-2">
      <SignInChoices
        credentials={credentials}
        onChange={setCredentials}
        login={login}
        busy={login.mutation.isPending}
        fixedUser={user !== ''}
      />
      {!login.wantsCode && (
        <Button variant="ghost" onClick={dismiss}>
          Not now
        </Button>
      )}
    </div>
  );
}
