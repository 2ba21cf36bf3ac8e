import type { Billing } from '../../../../src-shared/contracts/table-management.ts';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

/** How a table is paid for. */
export function BillingFields({ value, onChange }: { value: Billing; onChange: (billing: Billing) => void }) {
  const units = (name: 'read' | 'write', label: string) =>
    value.mode === 'provisioned' && (
      <Field label={label}>
        {(control) => (
          <TextInput
            {...control}
            size="sm"
            type="number"
            min={1}
            value={value[name]}
            onChange={(event) => {
              const next = Math.trunc(Number(event.target.value));
              if (next >= 1) onChange({ ...value, [name]: next });
            }}
          />
        )}
      </Field>
    );
  return (
    <div className="flex flex-col items-start gap-2">
      <Segmented
        label="Billing"
        value={value.mode}
        onChange={(mode) => onChange(mode === 'on-demand' ? { mode } : { mode, read: 5, write: 5 })}
        options={[
          { value: 'on-demand', label: 'On demand' },
          { value: 'provisioned', label: 'Provisioned' },
        ]}
      />
      {value.mode === 'provisioned' && (
        <div className="grid grid-cols-2 gap-2">
          {units('read', 'Read units a second')}
          {units('write', 'Write units a second')}
        </div>
      )}
    </div>
  );
}
