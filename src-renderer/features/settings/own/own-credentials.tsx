import { useAppState, useRead } from '../../../bridge/react.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { OwnForm } from './own-form.tsx';

/** The way over to one's own AWS account: which profile, which roles, do they work, use them. */
export function OwnCredentials() {
  const way = useAppState((state) => state.way);
  const current = useAppState((state) => state.profile);
  const profiles = useRead('own.profiles', {});
  const saved = useRead('own.saved', {});
  const failed = [profiles, saved].find(({ isError }) => isError);
  return (
    <>
      <p className="text-muted">
        Rolegate uses a profile of this machine’s AWS configuration to assume the roles below, and offers you the same
        tables, console and gateway with them. Your keys stay where they are: they are never copied or shown.
      </p>
      {way === 'own' && current !== undefined && (
        <Notice tone="good">
          In use now: profile <span className="font-mono text-sm">{current}</span>.
        </Notice>
      )}
      {failed ? (
        <ErrorView inline error={failed.error} onRetry={() => void failed.refetch()} busy={failed.isFetching} />
      ) : profiles.data && saved.data ? (
        <OwnForm profiles={profiles.data} saved={saved.data.saved} onLookAgain={() => void profiles.refetch()} />
      ) : (
        <SkeletonLines lines={8} className="gap-2" />
      )}
    </>
  );
}
