import { RolegateError } from '../../src-shared/errors.ts';
import { useAct, useAppState } from '../bridge/react.tsx';
import { ErrorView } from '../features/shared/error-view.tsx';
import { useDrawn } from '../features/shared/use-drawn.ts';
import { useTitle } from '../features/shared/use-title.ts';
import { go } from '../state/place.ts';
import { Button } from '../ui/button.tsx';

/** The app-service cannot be used: why, and the ways out. */
export function Failure() {
  useDrawn();
  useTitle('Not connected');
  const failure = useAppState((state) => state.failure);
  const way = useAppState((state) => state.way);
  const retry = useAct('state.retry');
  const useSandbox = useAct('session.useSandbox');
  const error = retry.error ?? useSandbox.error ?? (failure && RolegateError.fromData(failure));
  return (
    <main className="min-h-0 flex-1">
      <h1 className="sr-only">Not connected</h1>
      <ErrorView
        error={error}
        onRetry={() => retry.mutate({})}
        busy={retry.isPending}
        action={
          <>
            <Button size="sm" onClick={() => go({ page: 'settings', section: 'own' })}>
              Use my AWS credentials…
            </Button>
            {way !== 'sandbox' && (
              <Button size="sm" busy={useSandbox.isPending} onClick={() => useSandbox.mutate({})}>
                Go back to the sandbox
              </Button>
            )}
          </>
        }
      />
    </main>
  );
}
