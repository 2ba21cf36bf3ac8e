import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { partitionOfRegion } from '../../../../src-shared/aws/partitions.ts';
import { Field } from '../../../ui/field.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { RegionList } from '../../shared/region-list.tsx';

/** The region to begin in. */
export function RegionField({ value, onChange }: { value: string; onChange: (region: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Field label="Region">
      {({ id }) => (
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          label="Regions"
          align="end"
          className="h-80 w-72 p-2"
          trigger={
            <button
              id={id}
              type="button"
              className="flex h-8 w-full items-center justify-between rounded-md bg-surface px-2.5 font-mono text-sm ring-1 ring-line-strong ring-inset hover:ring-faint/60"
            >
              {value}
              <ChevronDown size={14} aria-hidden="true" className="text-faint" />
            </button>
          }
        >
          <RegionList
            partition={partitionOfRegion(value)?.id ?? 'aws'}
            current={value}
            onChoose={(region) => {
              onChange(region);
              setOpen(false);
            }}
          />
        </Popover>
      )}
    </Field>
  );
}
