import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { ConnectorKind } from '../../../../src-shared/contracts/sign-on-api.ts';
import { useAct } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { ErrorView } from '../../shared/error-view.tsx';

export interface ConnectorTestProps {
  kind: string;
  name: string;
  /** What is not saved yet is not tested. */
  isChanged: boolean;
}

/** Asks the app-service to try a sign-on provider. Draws nothing for what is none. */
export function ConnectorTest({ kind, name, isChanged }: ConnectorTestProps) {
  const test = useAct('connectors.test');
  const [isOpen, setOpen] = useState(false);
  if (!isConnector(kind)) return null;
  const run = () => {
    setOpen(true);
    test.mutate({ kind, name });
  };
  const { data, error } = test;
  return (
    <>
      <Button size="sm" disabled={isChanged} title={isChanged ? 'Save it first' : undefined} onClick={run}>
        Test
      </Button>
      {isOpen && (
        <Dialog open onClose={() => setOpen(false)} width="lg" title={`Test of ${name}`}>
          {error ? (
            <ErrorView inline error={error} onRetry={run} busy={test.isPending} />
          ) : data ? (
            <>
              <ul aria-label="What was tried" className="flex flex-col gap-2">
                {data.checks.map(({ what, ok, detail }) => {
                  const Icon = ok ? CircleCheck : CircleX;
                  return (
                    <li key={what} className="flex items-start gap-2.5">
                      <Icon size={15} aria-hidden="true" className={ok ? 'mt-0.5 text-good' : 'mt-0.5 text-bad'} />
                      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                        <span className="sr-only">{ok ? 'Good: ' : 'Wrong: '}</span>
                        {what}
                        {detail !== undefined && <span className="block text-muted text-sm">{detail}</span>}
                      </span>
                    </li>
                  );
                })}
              </ul>
              {data.register.length > 0 && (
                <section aria-label="To be told to the provider" className="flex flex-col gap-1.5">
                  <h3 className="font-medium text-muted text-sm">To be told to the provider</h3>
                  {data.register.map(({ what, value }) => (
                    <div key={what} className="flex items-center gap-2">
                      <span className="w-40 shrink-0 text-muted text-sm">{what}</span>
                      <span className="min-w-0 flex-1 select-text truncate font-mono text-sm">{value}</span>
                      <CopyButton text={value} label={`Copy: ${what}`} />
                    </div>
                  ))}
                </section>
              )}
            </>
          ) : (
            <SkeletonLines lines={3} />
          )}
        </Dialog>
      )}
    </>
  );
}

function isConnector(kind: string): kind is ConnectorKind {
  return ['oidc', 'saml', 'github'].includes(kind);
}
