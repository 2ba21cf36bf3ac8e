import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { TableDefinition } from '../../../../src-shared/contracts/table-management.ts';
import { definitionProblems } from '../../../../src-shared/tables/definition.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { useSession } from '../../workspace/session-context.tsx';
import { BillingFields } from './billing-fields.tsx';
import { IndexFields, newIndex } from './index-fields.tsx';
import { KeyFields } from './key-fields.tsx';
import { streamOptions } from './stream-options.ts';
import { tableClasses } from './table-class-setting.tsx';
import { useManage } from './use-manage.ts';

export interface CreateTableDialogProps {
  /** What to begin with: empty, or a table like another. */
  first?: TableDefinition;
  onClose: () => void;
}

const empty: TableDefinition = {
  name: '',
  key: [{ name: '', type: 'S', role: 'HASH' }],
  indexes: [],
  billing: { mode: 'on-demand' },
  deletionProtection: false,
  tags: [],
};

/** Makes a table, empty, in the region of the session. */
export function CreateTableDialog({ first = empty, onClose }: CreateTableDialogProps) {
  const { session, where } = useSession();
  const [definition, setDefinition] = useState(first);
  const [isTried, setTried] = useState(false);
  const { create, isBusy, error } = useManage();
  const set = (changes: Partial<TableDefinition>) => setDefinition({ ...definition, ...changes });
  const problems = definitionProblems(definition);
  const problemOf = (where: string) => (isTried ? problems.find((one) => one.where === where)?.message : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.length === 0 && (await create(definition))) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="lg"
      title={first === empty ? 'Create a table' : 'Create a table like this one'}
      description={`In account ${session.role.accountId}, ${where.region}. It begins empty.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Table name" error={problemOf('name')}>
          {(control) => (
            <TextInput {...control} value={definition.name} onChange={(event) => set({ name: event.target.value })} />
          )}
        </Field>
        <section className="flex flex-col gap-1.5">
          <h3 className="font-medium">Key</h3>
          <KeyFields value={definition.key} onChange={(key) => set({ key })} most={1} />
          <Problem text={problemOf('key')} />
        </section>
        <section className="flex flex-col gap-1.5">
          <h3 className="font-medium">Billing</h3>
          <BillingFields value={definition.billing} onChange={(billing) => set({ billing })} />
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">Indexes</h3>
          {definition.indexes.map((index, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an index that is being made has no identity but its place.
            <div key={place} className="flex items-start gap-2 rounded-lg p-3 ring-1 ring-line ring-inset">
              <div className="min-w-0 flex-1">
                <IndexFields
                  value={index}
                  canBeLocal
                  onChange={(next) =>
                    set({ indexes: definition.indexes.map((one, at) => (at === place ? next : one)) })
                  }
                />
                <Problem text={problemOf(`index ${place}`)} />
              </div>
              <IconButton
                size="sm"
                icon={Trash2}
                label={`Remove index ${index.name}`}
                onClick={() => set({ indexes: definition.indexes.filter((_, at) => at !== place) })}
              />
            </div>
          ))}
          <Problem text={problemOf('indexes')} />
          <Button
            size="sm"
            icon={Plus}
            className="self-start"
            onClick={() => set({ indexes: [...definition.indexes, newIndex()] })}
          >
            Add an index
          </Button>
        </section>
        <div className="grid grid-cols-2 items-end gap-4">
          <Field label="Stream">
            {({ id }) => (
              <Select
                id={id}
                placeholder="off"
                value={definition.stream ?? 'off'}
                onChange={(view) => {
                  const { stream: _, ...rest } = definition;
                  setDefinition(
                    view === 'off' ? rest : { ...rest, stream: view as NonNullable<TableDefinition['stream']> },
                  );
                }}
                options={streamOptions}
              />
            )}
          </Field>
          <Field label="Table class">
            {({ id }) => (
              <Select
                id={id}
                placeholder="Standard"
                value={definition.tableClass ?? 'STANDARD'}
                onChange={(next) => set({ tableClass: next as NonNullable<TableDefinition['tableClass']> })}
                options={tableClasses}
              />
            )}
          </Field>
        </div>
        <Checkbox checked={definition.deletionProtection} onChange={(on) => set({ deletionProtection: on })}>
          Deletion protection
        </Checkbox>
        {error && <ErrorView inline error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            Create the table
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Problem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p role="alert" className="text-bad text-sm">
      {text}
    </p>
  );
}
