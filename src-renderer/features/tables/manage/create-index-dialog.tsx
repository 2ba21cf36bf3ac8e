import { useState } from 'react';
import type { Billing } from '../../../../src-shared/contracts/table-management.ts';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { indexProblems } from '../../../../src-shared/tables/definition.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { BillingFields } from './billing-fields.tsx';
import { IndexFields, newIndex } from './index-fields.tsx';
import { useManage } from './use-manage.ts';

/** Adds a global index to a table. Filling it takes DynamoDB a while, and write units. */
export function CreateIndexDialog({ details, onClose }: { details: TableDetails; onClose: () => void }) {
  const { change, isBusy, error } = useManage();
  const { throughput } = details;
  const [index, setIndex] = useState(newIndex);
  const [isTried, setTried] = useState(false);
  const [billing, setBilling] = useState<Billing>(
    throughput ? { mode: 'provisioned', ...throughput } : { mode: 'on-demand' },
  );
  const problems = indexProblems(index, details.key);
  const create = async () => {
    setTried(true);
    if (problems.length > 0) return;
    if (await change(details.name, { kind: 'createIndex', index, billing }, `${index.name} is being made`)) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="md"
      title="Create an index"
      description="A global index of this table. DynamoDB fills it from the items that are there."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={isBusy} onClick={() => void create()}>
            Create the index
          </Button>
        </>
      }
    >
      <IndexFields value={index} onChange={setIndex} canBeLocal={false} />
      {throughput && <BillingFields value={billing} onChange={setBilling} />}
      {isTried && problems[0] !== undefined && (
        <p role="alert" className="text-bad text-sm">
          {problems[0]}
        </p>
      )}
      {error && <ErrorView inline error={error} />}
    </Dialog>
  );
}
