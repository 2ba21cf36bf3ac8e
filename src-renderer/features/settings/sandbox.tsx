import { useState } from 'react';
import { useAct, useAppState } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { toastError } from '../shared/error-toast.ts';

/** The play AWS inside the app: back to it, or back to how it was. */
export function Sandbox() {
  const way = useAppState((state) => state.way);
  return way === 'sandbox' ? <Reset /> : <GoBack />;
}

function GoBack() {
  const useSandbox = useAct('session.useSandbox');
  return (
    <>
      <p className="text-muted">
        The sandbox is an emulated AWS inside Rolegate, for trying things out: no account, no network, no cost. What you
        set up for AWS is remembered.
      </p>
      <Button
        className="self-start"
        busy={useSandbox.isPending}
        onClick={() => useSandbox.mutate({}, { onError: toastError })}
      >
        Go back to the sandbox
      </Button>
    </>
  );
}

function Reset() {
  const [isAsking, setAsking] = useState(false);
  const reset = useAct('sandbox.reset');
  const run = () =>
    reset
      .mutateAsync({})
      .then(() => toast({ title: 'The sandbox is as it was at first' }), toastError)
      .finally(() => setAsking(false));
  return (
    <>
      <p className="text-muted">
        You are in the sandbox: an emulated AWS inside Rolegate, with example users, roles, tables and buckets. What you
        write to them is kept between starts.
      </p>
      <div className="flex items-center justify-between gap-6 rounded-lg p-4 ring-1 ring-line ring-inset">
        <div>
          <p className="font-medium">Reset the sandbox</p>
          <p className="text-muted text-sm">
            All tables and buckets become the examples again. What you wrote to them is lost.
          </p>
        </div>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Reset…
        </Button>
      </div>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Reset the sandbox?"
        action="Reset the sandbox"
        typeToConfirm="reset"
        busy={reset.isPending}
        onConfirm={() => void run()}
      >
        Every table and bucket of the sandbox becomes the example that it was at first; those that you made are gone.
        This cannot be undone. Your AWS accounts have nothing to do with it.
      </ConfirmDialog>
    </>
  );
}
