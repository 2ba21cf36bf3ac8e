import { CopyPlus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Billing, TableExtras } from '../../../../src-shared/contracts/table-management.ts';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import { type ErrorData, RolegateError } from '../../../../src-shared/errors.ts';
import { definitionLike } from '../../../../src-shared/tables/definition.ts';
import { useRead } from '../../../bridge/react.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { ErrorView } from '../../shared/error-view.tsx';
import { capitalized } from '../../shared/format.ts';
import { useSession } from '../../workspace/session-context.tsx';
import { BillingFields } from './billing-fields.tsx';
import { CreateTableDialog } from './create-table-dialog.tsx';
import { DeleteTableDialog } from './delete-table-dialog.tsx';
import { PointInTime } from './point-in-time.tsx';
import { StreamSetting } from './stream-setting.tsx';
import { TableClassSetting } from './table-class-setting.tsx';
import { TagsFields } from './tags-fields.tsx';
import { useManage } from './use-manage.ts';

/** What can be changed of a table. Nothing changes before its own button is pressed. */
export function TableSettings({ details }: { details: TableDetails }) {
  const { where, isOver, safety } = useSession();
  const { name } = details;
  const extras = useRead('tables.extras', { ...where, table: name }, { enabled: !isOver, staleTime: 60_000 });
  const manage = useManage();
  const [dialog, setDialog] = useState<'clone' | 'delete'>();
  const protect = (on: boolean) =>
    void manage.change(
      name,
      { kind: 'deletionProtection', on },
      `Deletion protection of ${name} is ${on ? 'on' : 'off'}`,
    );
  return (
    <section aria-label="Settings of the table" className="flex max-w-190 flex-col gap-4 py-4">
      <h2 className="font-medium">Settings</h2>
      {manage.error && <ErrorView inline error={manage.error} />}
      {safety.heldBy !== undefined && <Notice>This session only reads, so nothing can be changed here.</Notice>}
      <fieldset disabled={safety.heldBy !== undefined} className="flex min-w-0 flex-col gap-4">
        <Setting name="Capacity">
          <BillingSetting details={details} manage={manage} />
        </Setting>
        <Setting name="Table class">
          <TableClassSetting details={details} manage={manage} />
        </Setting>
        <Setting name="Stream">
          <StreamSetting details={details} manage={manage} />
        </Setting>
        <Setting name="Deletion protection">
          <Checkbox checked={details.deletionProtection} disabled={manage.isBusy || isOver} onChange={protect}>
            The table cannot be deleted
          </Checkbox>
        </Setting>
        <Setting name="Time to live">
          <Asked part={extras.data?.timeToLive} isPending={extras.isPending} error={extras.error}>
            {(value) => <TimeToLive key={value.attribute} value={value} table={name} manage={manage} />}
          </Asked>
        </Setting>
        <Setting name="Point-in-time recovery">
          <Asked part={extras.data?.pointInTime} isPending={extras.isPending} error={extras.error}>
            {(value) => <PointInTime key={value.days} value={value} table={name} isDisabled={isOver} manage={manage} />}
          </Asked>
        </Setting>
        <Setting name="Tags">
          <Asked part={extras.data?.tags} isPending={extras.isPending} error={extras.error}>
            {(tags) => (
              <TagsFields
                key={JSON.stringify(tags)}
                tags={tags}
                isBusy={manage.isBusy || isOver}
                onSave={(set, remove) =>
                  void manage.change(name, { kind: 'tags', set, remove }, `Tags of ${name} changed`)
                }
              />
            )}
          </Asked>
        </Setting>
        <div className="flex gap-2 border-line border-t pt-4">
          <Button size="sm" icon={CopyPlus} disabled={isOver} onClick={() => setDialog('clone')}>
            Create a table like this …
          </Button>
          <Button size="sm" variant="danger" icon={Trash2} disabled={isOver} onClick={() => setDialog('delete')}>
            Delete the table …
          </Button>
        </div>
      </fieldset>
      {dialog === 'clone' && (
        <CreateTableDialog first={definitionLike(details, `${name}-copy`)} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && <DeleteTableDialog details={details} onClose={() => setDialog(undefined)} />}
    </section>
  );
}

type Manage = ReturnType<typeof useManage>;

function Setting({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[10rem_1fr] items-start gap-4">
      <h3 className="text-muted">{name}</h3>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

interface AskedProps<Value> {
  part: { value: Value } | { error: ErrorData } | undefined;
  isPending: boolean;
  error: RolegateError | null;
  children: (value: Value) => ReactNode;
}

/** Something that was asked for by a call of its own: there, refused, or still to come. */
function Asked<Value>({ part, isPending, error, children }: AskedProps<Value>) {
  if (part && 'value' in part) return children(part.value);
  if (part) return <p className="text-muted">{RolegateError.fromData(part.error).message}</p>;
  if (error) return <p className="text-muted">{error.message}</p>;
  return isPending ? <Skeleton className="h-4 w-40" /> : null;
}

function BillingSetting({ details, manage }: { details: TableDetails; manage: Manage }) {
  const { throughput } = details;
  const now: Billing = throughput ? { mode: 'provisioned', ...throughput } : { mode: 'on-demand' };
  const [next, setNext] = useState(now);
  const isChanged = JSON.stringify(next) !== JSON.stringify(now);
  return (
    <div className="flex flex-col items-start gap-2">
      <BillingFields value={next} onChange={setNext} />
      {isChanged && (
        <Button
          size="sm"
          variant="primary"
          busy={manage.isBusy}
          onClick={() =>
            void manage.change(details.name, { kind: 'billing', billing: next }, `Capacity of ${details.name} changed`)
          }
        >
          Change the capacity
        </Button>
      )}
    </div>
  );
}

interface TimeToLiveProps {
  value: Extract<TableExtras['timeToLive'], { value: unknown }>['value'];
  table: string;
  manage: Manage;
}

function TimeToLive({ value, table, manage }: TimeToLiveProps) {
  const isOn = value.status === 'ENABLED' || value.status === 'ENABLING';
  const [attribute, setAttribute] = useState(value.attribute ?? '');
  const change = () =>
    void manage.change(
      table,
      { kind: 'timeToLive', attribute, on: !isOn },
      `Time to live of ${table} is ${isOn ? 'off' : 'on'}`,
    );
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <TextInput
          size="sm"
          aria-label="Attribute with the time"
          placeholder="attribute with the time, in seconds"
          value={attribute}
          disabled={isOn}
          onChange={(event) => setAttribute(event.target.value)}
          className="w-64!"
        />
        <Button size="sm" disabled={attribute === ''} busy={manage.isBusy} onClick={change}>
          {isOn ? 'Switch off' : 'Switch on'}
        </Button>
      </div>
      <p className="text-faint text-sm">
        {capitalized(value.status.toLowerCase())}. DynamoDB deletes within about two days; until then expired items
        still come back.
      </p>
    </div>
  );
}
