import { useEffect, useState } from 'react';
import type { VerificationProgress } from '../../../src-shared/contracts/audit-verification.ts';
import { useClient } from '../../bridge/react.tsx';
import { newId } from '../../state/new-id.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { saveFile } from './save-file.ts';

/** Checks the whole log, and says in words what that came to. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const [attempt, setAttempt] = useState(1);
  const { progress, error } = useVerification(attempt);
  const { report, anchor } = progress ?? {};
  return (
    <Dialog
      open
      onClose={onClose}
      width="lg"
      title="Verify the audit log"
      description="Every event is read and its place in the chain worked out anew, on this computer."
      actions={
        <>
          {anchor && (
            <Button
              onClick={() => saveFile(`audit-anchor-${anchor.seq}.json`, 'application/json', [JSON.stringify(anchor)])}
            >
              Save an anchor…
            </Button>
          )}
          <Button variant={report ? 'primary' : 'secondary'} onClick={onClose}>
            {report || error ? 'Close' : 'Stop'}
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorView inline error={error} onRetry={() => setAttempt(attempt + 1)} />
      ) : report ? (
        <Report report={report} />
      ) : (
        <Progress progress={progress} />
      )}
    </Dialog>
  );
}

function Progress({ progress }: { progress: VerificationProgress | undefined }) {
  const { events = 0, of = 0 } = progress ?? {};
  return (
    <div role="status" className="flex flex-col gap-2">
      <progress aria-label="Events that were read" value={events} max={Math.max(of, 1)} className="w-full" />
      <span className="text-muted text-sm tabular">
        {progress ? `${formatCount(events)} of ${formatCount(of)} events` : 'Beginning…'}
      </span>
    </div>
  );
}

type ReportData = NonNullable<VerificationProgress['report']>;

function Report({ report }: { report: ReportData }) {
  const { events, first, last, problems, signedUpTo, keys, cannotProve } = report;
  const range = events === 0 ? 'There are no events' : `${plural(events, 'event')}, ${first} to ${last}`;
  const isGood = problems.length === 0;
  return (
    <div className="flex flex-col gap-3">
      <Notice tone={isGood ? 'good' : 'bad'} role="status">
        <p className="font-medium">{isGood ? 'Nothing was changed.' : 'This log is not as it was written.'}</p>
        <p>{range}.</p>
      </Notice>
      {!isGood && (
        <ul aria-label="What is wrong" className="flex max-h-60 flex-col gap-1 overflow-y-auto text-bad">
          {problems.map(({ message, seq }) => (
            <li key={`${seq} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {signedUpTo !== undefined && (
        <p className="text-muted">
          Signed by the service up to event {signedUpTo}, with the key{' '}
          <span className="font-mono text-sm">{keys.join(', ')}</span>.
        </p>
      )}
      <section aria-label="What this does not prove" className="flex flex-col gap-1">
        <h3 className="font-medium text-muted text-sm">What this does not prove</h3>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-muted text-sm">
          {cannotProve.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Goes on step by step until it is through, or the dialog is gone. A new attempt begins anew. */
function useVerification(attempt: number): { progress: VerificationProgress | undefined; error: unknown } {
  const client = useClient();
  const [state, setState] = useState<{ progress?: VerificationProgress; error?: unknown }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is all that is to begin anew.
  useEffect(() => {
    const run = { id: newId(), isOver: false };
    const verify = async () => {
      setState({});
      try {
        for (;;) {
          const progress = await client.read('audit.verify', { id: run.id });
          if (run.isOver) return;
          setState({ progress });
          if (progress.report) return;
        }
      } catch (error) {
        if (!run.isOver) setState({ error });
      }
    };
    void verify();
    return () => {
      run.isOver = true;
      client.act('audit.stopVerifying', { id: run.id }).catch(() => undefined);
    };
  }, [client, attempt]);
  return { progress: state.progress, error: state.error };
}
