import { useState } from 'react';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import type { useManage } from './use-manage.ts';

/** What there is to choose from. */
export const tableClasses = [
  { value: 'STANDARD', label: 'Standard', about: 'cheaper to read and write' },
  { value: 'STANDARD_INFREQUENT_ACCESS', label: 'Infrequent access', about: 'cheaper to keep' },
];

/** What a table's storage and its requests cost relative to one another. It changes by its button only. */
export function TableClassSetting({
  details,
  manage,
}: {
  details: TableDetails;
  manage: ReturnType<typeof useManage>;
}) {
  const now = details.tableClass === 'STANDARD_INFREQUENT_ACCESS' ? details.tableClass : 'STANDARD';
  const [next, setNext] = useState<typeof now>(now);
  return (
    <div className="flex items-center gap-2">
      <Select
        size="sm"
        label="Table class"
        placeholder="Standard"
        value={next}
        onChange={(value) => setNext(value as typeof now)}
        options={tableClasses}
        className="w-48"
      />
      {next !== now && (
        <Button
          size="sm"
          variant="primary"
          busy={manage.isBusy}
          onClick={() =>
            void manage.change(
              details.name,
              { kind: 'tableClass', tableClass: next },
              `Class of ${details.name} changed`,
            )
          }
        >
          Change the class
        </Button>
      )}
    </div>
  );
}
