import { useAppState, useRead } from '../../../bridge/react.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { Authenticator } from './authenticator.tsx';
import { ChangePassword } from './change-password.tsx';
import { Passkeys } from './passkeys.tsx';

/** One's own account: password and authenticator app, or where they are kept instead. */
export function Account() {
  const user = useAppState((state) => state.user?.name);
  const way = useAppState((state) => state.way);
  if (way === 'own') {
    return <Notice>You work with your own AWS credentials. There is no account here, and no password.</Notice>;
  }
  if (user === undefined) return <Notice>Log in to change your password or your authenticator app.</Notice>;
  return <AccountOf user={user} />;
}

function AccountOf({ user }: { user: string }) {
  const { data, error, isFetching, refetch } = useRead('account.get', {}, { dependsOn: user });
  if (error) return <ErrorView inline error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (!data) return <SkeletonLines lines={4} />;
  if (data.connector) {
    return (
      <Notice>
        {user} signs on by {data.connector.name}. The password and the second factor are kept there.
      </Notice>
    );
  }
  return (
    <>
      <ChangePassword user={user} hasAuthenticator={data.authenticator} />
      <Authenticator user={user} account={data} onChanged={() => void refetch()} />
      <Passkeys account={data} onChanged={() => void refetch()} />
    </>
  );
}
