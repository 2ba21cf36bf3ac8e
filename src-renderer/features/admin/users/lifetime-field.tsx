import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';

const hour = 3_600_000;
/** An hour: long enough to hand it over, short enough to be forgotten safely. */
export const shortLifetime = hour;

const options = [
  { value: String(hour), label: '1 hour' },
  { value: String(8 * hour), label: '8 hours' },
  { value: String(24 * hour), label: '1 day' },
  { value: String(48 * hour), label: '2 days' },
];

/** How long an invitation is good. */
export function LifetimeField({ value, onChange }: { value: number; onChange: (lifetime: number) => void }) {
  return (
    <Field label="The invitation is good for">
      {({ id }) => (
        <Select
          id={id}
          placeholder="Choose"
          value={String(value)}
          onChange={(next) => onChange(Number(next))}
          options={options}
        />
      )}
    </Field>
  );
}
