import { lazy, Suspense, useState } from 'react';
import { useAct, useAppState } from '../../bridge/react.tsx';
import { go } from '../../state/place.ts';
import { cx } from '../../ui/cx.ts';
import { Mark } from '../../ui/mark.tsx';
import { toastError } from '../shared/error-toast.ts';
import { useDrawn } from '../shared/use-drawn.ts';
import { useTitle } from '../shared/use-title.ts';
import { Divider } from './divider.tsx';
import { SandboxUsers } from './sandbox-users.tsx';
import { SignInChoices } from './sign-in-choices.tsx';
import { type Credentials, useLogin } from './use-login.ts';

const InvitationDialog = lazy(() => import('./invitation-dialog.tsx').then((m) => ({ default: m.InvitationDialog })));
const ConnectDialog = lazy(() => import('./connect-dialog.tsx').then((m) => ({ default: m.ConnectDialog })));

/** The first screen: who are you? */
export function LoginScreen() {
  useDrawn();
  useTitle('Log in');
  const way = useAppState((state) => state.way);
  const cluster = useAppState((state) => state.cluster);
  const serviceUrl = useAppState((state) => state.serviceUrl);
  const sandboxUsers = useAppState((state) => state.sandboxUsers);
  const [credentials, setCredentials] = useState<Credentials>({ user: '', password: '' });
  const login = useLogin();
  const { mutation } = login;
  const isQuick = mutation.isPending && mutation.variables?.user !== credentials.user;

  return (
    <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="mx-auto flex w-full max-w-112 flex-col gap-5 px-6 pt-[clamp(1rem,8vh,6.5rem)] pb-6 short:gap-3.5 short:pt-4">
        <header className="flex flex-col items-center gap-3 text-center short:flex-row short:justify-center">
          <Mark size={44} className="short:size-7" />
          <div className="flex flex-col gap-0.5">
            <h1 className="font-semibold text-xl tracking-tight">Log in to {cluster}</h1>
            <p className={cx('text-muted', serviceUrl === undefined && 'short:hidden')}>
              {serviceUrl ?? 'AWS access through IAM roles'}
            </p>
          </div>
        </header>
        <MemoryNotice />
        {way === 'sandbox' && sandboxUsers.length > 0 && !login.wantsCode && (
          <>
            <SandboxUsers
              users={sandboxUsers}
              onFill={setCredentials}
              onLogin={(user) => mutation.mutate(user)}
              busyUser={isQuick ? mutation.variables?.user : undefined}
            />
            <Divider text="or" />
          </>
        )}
        <SignInChoices
          credentials={credentials}
          onChange={setCredentials}
          login={login}
          busy={mutation.isPending && !isQuick}
        />
        <OtherWays />
      </div>
    </main>
  );
}

/** Where no keychain keeps the login, one should know before logging in. */
function MemoryNotice() {
  const { kind, reason } = useAppState((state) => state.secrets);
  if (kind !== 'memory') return null;
  return (
    <p role="note" className="text-balance text-center text-muted text-sm">
      Rolegate will not remember this login after it quits. {reason}
    </p>
  );
}

/** The ways to run other than this one. */
function OtherWays() {
  const way = useAppState((state) => state.way);
  const [isInvited, setInvited] = useState(false);
  const [isConnecting, setConnecting] = useState(false);
  const useSandbox = useAct('session.useSandbox');
  return (
    <nav aria-label="Other ways to use Rolegate" className="flex flex-wrap justify-center gap-x-5 gap-y-1.5">
      <LinkButton onClick={() => setInvited(true)}>Use an invitation…</LinkButton>
      <LinkButton onClick={() => setConnecting(true)}>Use another app-service…</LinkButton>
      <LinkButton onClick={() => go({ page: 'settings', section: 'own' })}>Use my AWS credentials…</LinkButton>
      {way !== 'sandbox' && (
        <LinkButton onClick={() => useSandbox.mutate({}, { onError: toastError })}>Go back to the sandbox</LinkButton>
      )}
      <Suspense fallback={null}>
        {isInvited && <InvitationDialog onClose={() => setInvited(false)} />}
        {isConnecting && <ConnectDialog onClose={() => setConnecting(false)} />}
      </Suspense>
    </nav>
  );
}

function LinkButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="rounded-sm text-muted text-sm underline decoration-line-strong underline-offset-3 hover:text-text"
    >
      {children}
    </button>
  );
}
