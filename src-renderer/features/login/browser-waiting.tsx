import { ExternalLink } from 'lucide-react';
import type { SigningIn } from '../../../src-shared/contracts/state.ts';
import { useAct } from '../../bridge/react.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { toastError } from '../shared/error-toast.ts';

/** A sign-on that goes on in the browser: what is waited for, and the ways out. */
export function BrowserWaiting({ kind, display, url, opened }: SigningIn) {
  const again = useAct('session.openSignOnAgain');
  const cancel = useAct('session.cancelSignOn');
  return (
    <section
      aria-label={kind === 'new-passkey' ? 'Making a passkey' : 'Signing in'}
      className="flex flex-col gap-4 rounded-lg bg-surface p-4 ring-1 ring-line ring-inset"
    >
      <div className="flex items-start gap-3">
        <span className="mt-0.5">
          <Spinner label="Waiting" />
        </span>
        <div className="flex flex-col gap-1">
          <p className="font-medium">
            {kind === 'new-passkey'
              ? `Waiting for you to make the passkey ${display}`
              : `Waiting for you to sign in with ${display}`}
          </p>
          <p className="text-muted">
            {opened
              ? 'Go on in your browser. This window comes back by itself.'
              : 'No browser could be opened. Go to this address in one on this machine:'}
          </p>
        </div>
      </div>
      {!opened && (
        <p className="select-text rounded-md bg-canvas px-2.5 py-2 font-mono text-sm [overflow-wrap:anywhere]">{url}</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {opened && (
          <Button
            size="sm"
            icon={ExternalLink}
            busy={again.isPending}
            onClick={() => again.mutate({}, { onError: toastError })}
          >
            Open the browser again
          </Button>
        )}
        <Button size="sm" onClick={() => cancel.mutate({}, { onError: toastError })}>
          Cancel
        </Button>
        <CopyButton text={url} label="Copy the address" caption="Copy the address" className="ml-auto" />
      </div>
    </section>
  );
}
