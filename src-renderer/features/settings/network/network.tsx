import { useRead } from '../../../bridge/react.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { ProxyForm } from './proxy-form.tsx';

/** How connections leave this machine. */
export function Network() {
  const { data, error, isFetching, refetch } = useRead('network.get', {});
  return (
    <>
      <p className="text-muted">
        How Rolegate reaches AWS and an app-service elsewhere, and where it tunnels what tools ask for. This machine
        itself is always reached directly; the sandbox needs no network.
      </p>
      {error ? (
        <ErrorView inline error={error} onRetry={() => void refetch()} busy={isFetching} />
      ) : data ? (
        <ProxyForm view={data} onSaved={() => void refetch()} />
      ) : (
        <SkeletonLines lines={6} className="gap-2" />
      )}
    </>
  );
}
