import { Sigma } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { estimateScan } from '../../../../src-shared/reading/estimate.ts';
import type { ReadPlan } from '../../../../src-shared/reading/plan.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { openJobDialog } from '../../jobs/open-dialog.ts';
import { ErrorView } from '../../shared/error-view.tsx';
import { formatCount } from '../../shared/format.ts';
import type { TableWork } from '../reading/table-work.ts';

export interface CountButtonProps {
  work: TableWork;
  table: string;
  plan: ReadPlan;
  details: TableDetails | undefined;
  disabled: boolean;
}

/** A count has no budget but the person who watches it. */
const unbounded = { matches: 100_000_000, pages: 100_000_000, seconds: 86_400 };

/** Counts what the bar asks for, to the end. DynamoDB has no cheaper way than to read it all, so it says what that costs. */
export function CountButton({ work, table, plan, details, disabled }: CountButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const { counting } = work;
  const { status, sum, stop, error } = useStore(counting.store);
  const { request } = plan;
  const isCountable = request !== undefined && request.operation !== 'GetItem';
  const start = () => {
    if (request) void counting.start({ ...request, countOnly: true }, unbounded);
  };
  const close = () => {
    counting.cancel();
    setOpen(false);
  };
  const inBackground = () => {
    close();
    openJobDialog({ kind: 'count', table });
  };
  const isRunning = status === 'running';
  return (
    <>
      <IconButton
        icon={Sigma}
        label="Count"
        disabled={disabled || !isCountable}
        onClick={() => {
          counting.forget();
          setOpen(true);
        }}
      />
      <Dialog
        open={isOpen}
        onClose={close}
        width="sm"
        title="Count the items"
        description={request && cost(plan, details)}
        actions={
          <>
            <Button onClick={close}>Close</Button>
            {!isRunning && (
              <Button
                onClick={inBackground}
                title="As a job, which goes on while you do something else, and survives a restart"
              >
                In the background …
              </Button>
            )}
            {isRunning ? (
              <Button onClick={() => counting.cancel()}>Stop</Button>
            ) : stop === 'person' || status === 'failed' ? (
              <Button variant="primary" onClick={() => void counting.resume(unbounded)}>
                Resume
              </Button>
            ) : (
              <Button variant="primary" onClick={start}>
                {status === 'idle' ? 'Count' : 'Count again'}
              </Button>
            )}
          </>
        }
      >
        {status !== 'idle' && (
          <div className="flex flex-col gap-1" aria-live="polite">
            <p className="font-semibold text-xl tabular">
              {formatCount(sum.loaded)} {stop === 'end' ? 'items' : 'items so far'}
            </p>
            <p className="text-muted text-sm tabular">
              {formatCount(sum.read)} read · {formatCount(sum.units ?? 0)} RCU · {formatCount(sum.pages)} pages
              {stop === 'end' && ' · counted to the end'}
              {stop === 'person' && ' · stopped by you'}
            </p>
          </div>
        )}
        {error && <ErrorView inline error={error} />}
      </Dialog>
    </>
  );
}

function cost({ operation, request }: ReadPlan, details: TableDetails | undefined): string {
  const all = 'Counting reads every item that it counts, and costs as much as reading them.';
  if (!request || operation !== 'Scan' || !details) return all;
  const { whole } = estimateScan(request, details, unbounded);
  return `${all} Here that is about ${formatCount(Math.max(0.5, whole))} RCU, by the size that DynamoDB last measured.`;
}
