import type { IndexDefinition } from '../../../../src-shared/contracts/table-management.ts';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { KeyFields } from './key-fields.tsx';

export interface IndexFieldsProps {
  value: IndexDefinition;
  onChange: (index: IndexDefinition) => void;
  /** Local indexes can be made with their table only. */
  canBeLocal: boolean;
}

const projections = [
  { value: 'ALL', label: 'All attributes' },
  { value: 'KEYS_ONLY', label: 'Keys only' },
  { value: 'INCLUDE', label: 'Keys and these' },
];

/** A new index: nothing in it yet. */
export function newIndex(): IndexDefinition {
  return {
    name: '',
    kind: 'GSI',
    key: [{ name: '', type: 'S', role: 'HASH' }],
    projection: 'ALL',
    projectedAttributes: [],
  };
}

/** One secondary index to be made. */
export function IndexFields({ value, onChange, canBeLocal }: IndexFieldsProps) {
  const set = (changes: Partial<IndexDefinition>) => onChange({ ...value, ...changes });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label="Index name">
            {(control) => (
              <TextInput
                {...control}
                size="sm"
                value={value.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
        </div>
        {canBeLocal && (
          <Segmented
            label="Kind of index"
            value={value.kind}
            onChange={(kind) => set({ kind })}
            options={[
              { value: 'GSI', label: 'Global' },
              { value: 'LSI', label: 'Local' },
            ]}
          />
        )}
      </div>
      <KeyFields value={value.key} onChange={(key) => set({ key })} most={value.kind === 'GSI' ? 4 : 1} />
      <div className="flex items-end gap-2">
        <Select
          size="sm"
          label="Projection"
          placeholder="All attributes"
          value={value.projection}
          onChange={(projection) => set({ projection: projection as IndexDefinition['projection'] })}
          options={projections}
          className="w-40 shrink-0"
        />
        {value.projection === 'INCLUDE' && (
          <TextInput
            size="sm"
            aria-label="Projected attributes"
            placeholder="separated by commas"
            defaultValue={value.projectedAttributes.join(', ')}
            onChange={(event) =>
              set({
                projectedAttributes: event.target.value
                  .split(',')
                  .map((name) => name.trim())
                  .filter((name) => name !== ''),
              })
            }
          />
        )}
      </div>
    </div>
  );
}
