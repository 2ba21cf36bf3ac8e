import { Fingerprint } from 'lucide-react';
import { useStore } from 'zustand';
import { passkeyMethod } from '../../../src-shared/contracts/passkey-method.ts';
import { useAppState, useClient, useRead } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { BrowserWaiting } from './browser-waiting.tsx';
import { CodeForm } from './code-form.tsx';
import { Divider } from './divider.tsx';
import { LoginForm } from './login-form.tsx';
import { SignOnButtons } from './sign-on-buttons.tsx';
import { type Credentials, type useLogin, useSignOn } from './use-login.ts';

export interface SignInChoicesProps {
  credentials: Credentials;
  onChange: (credentials: Credentials) => void;
  login: ReturnType<typeof useLogin>;
  /** The form itself is being sent, and not something beside it. */
  busy: boolean;
  /** For a login that is to be renewed: whose it is cannot be changed. */
  fixedUser?: boolean;
}

/** Whatever this cluster offers to log in with: its connectors, name and password, and a code where one is wanted. */
export function SignInChoices({ credentials, onChange, login, busy, fixedUser = false }: SignInChoicesProps) {
  const { mutation, wantsCode, forgetCode } = login;
  const serviceUrl = useAppState((state) => state.serviceUrl);
  // Not the state that is held while a login is to be renewed: this one goes on.
  const signingIn = useStore(useClient().mirror, ({ state }) => state?.signingIn);
  const isServer = serviceUrl !== undefined;
  // Only a service elsewhere has connectors; the others' login is drawn at once.
  const { data: offer, isPending } = useRead('session.signInOffer', {}, { enabled: isServer, dependsOn: serviceUrl });
  const signOn = useSignOn();

  if (signingIn) return <BrowserWaiting {...signingIn} />;
  if (isServer && isPending) return <Skeleton className="h-32 w-full" />;
  if (wantsCode) {
    return (
      <CodeForm
        onSubmit={(code) => mutation.mutate({ ...(mutation.variables ?? credentials), code })}
        onBack={forgetCode}
        backLabel="Back"
        submitLabel="Log in"
        busy={mutation.isPending}
        error={mutation.error}
      />
    );
  }
  const { password = true, connectors = [], passkeys } = offer ?? {};
  return (
    <>
      {offer && connectors.length > 0 && (
        <SignOnButtons offer={offer} onSignOn={(connector) => signOn.mutate(connector)} disabled={signOn.isPending} />
      )}
      {passkeys === 'offered' && (
        <Button
          icon={Fingerprint}
          className="w-full"
          disabled={signOn.isPending}
          onClick={() => signOn.mutate(passkeyMethod)}
        >
          Use a passkey
        </Button>
      )}
      {signOn.error && <ErrorView inline error={signOn.error} />}
      {password && (connectors.length > 0 || passkeys === 'offered') && <Divider text="or" />}
      {password ? (
        <LoginForm
          value={credentials}
          onChange={onChange}
          onSubmit={(value) => mutation.mutate(value)}
          busy={busy}
          error={mutation.error}
          fixedUser={fixedUser}
          isSecond={offer?.preferred !== undefined}
        />
      ) : (
        connectors.length === 0 && <Notice tone="warn">This cluster offers no way to log in.</Notice>
      )}
    </>
  );
}
