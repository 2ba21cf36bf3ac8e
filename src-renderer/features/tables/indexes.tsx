import type { UseQueryResult } from '@tanstack/react-query';
import { ListTree, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TableDetails, TableIndex } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatCount } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { DetailsGate } from './details-gate.tsx';
import { KeyChips } from './key-chips.tsx';
import { CreateIndexDialog } from './manage/create-index-dialog.tsx';
import { useManage } from './manage/use-manage.ts';
import { VectorIndexes } from './vector-indexes.tsx';

/** The secondary indexes of a table. */
export function Indexes({ details }: { details: UseQueryResult<TableDetails, RolegateError> }) {
  return (
    <DetailsGate details={details}>
      {(table) =>
        table.indexes.length === 0 && !table.vectorIndexes?.length ? (
          <EmptyState
            icon={ListTree}
            title={`${table.name} has no secondary indexes`}
            action={<CreateIndex details={table} />}
          >
            Items can be found quickly by the table's own key only.
          </EmptyState>
        ) : (
          <div className="min-h-0 flex-1 overflow-auto">
            <table className="w-full min-w-180 border-collapse text-left">
              <thead className="sticky top-0 bg-canvas text-muted text-sm">
                <tr className="border-line border-b [&>th]:h-8 [&>th]:whitespace-nowrap [&>th]:px-4 [&>th]:font-medium">
                  <th>Index</th>
                  <th>Key</th>
                  <th>Projection</th>
                  <th className="text-right">Items, about</th>
                  <th className="text-right">Size</th>
                  <th>
                    <span className="sr-only">Delete</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {table.indexes.map((index) => (
                  <IndexRow key={index.name} index={index} table={table.name} />
                ))}
              </tbody>
            </table>
            {table.vectorIndexes && table.vectorIndexes.length > 0 && <VectorIndexes indexes={table.vectorIndexes} />}
            <div className="px-4 py-3">
              <CreateIndex details={table} />
            </div>
          </div>
        )
      }
    </DetailsGate>
  );
}

function CreateIndex({ details }: { details: TableDetails }) {
  const { isOver, safety } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" icon={Plus} disabled={isOver || safety.heldBy !== undefined} onClick={() => setOpen(true)}>
        Create an index …
      </Button>
      {isOpen && <CreateIndexDialog details={details} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A local index lives as long as its table; a global one can go. */
function DeleteIndex({ table, index }: { table: string; index: TableIndex }) {
  const { isOver, safety } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { change, isBusy, error } = useManage();
  if (index.kind === 'LSI') return null;
  const remove = async () => {
    if (await change(table, { kind: 'deleteIndex', name: index.name }, `${index.name} is being deleted`, true))
      setOpen(false);
  };
  return (
    <>
      <IconButton
        size="sm"
        icon={Trash2}
        label={`Delete the index ${index.name}`}
        disabled={isOver || safety.heldBy !== undefined}
        onClick={() => setOpen(true)}
      />
      <ConfirmDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={`Delete the index ${index.name}?`}
        action="Delete the index"
        typeToConfirm={index.name}
        busy={isBusy}
        onConfirm={() => void remove()}
      >
        The items of {table} stay. Whatever queries this index will fail until it is made again.
        {error && <ErrorView inline error={error} />}
      </ConfirmDialog>
    </>
  );
}

function IndexRow({ index, table }: { index: TableIndex; table: string }) {
  const { name, kind, key, projection, projectedAttributes, status, itemCount, sizeBytes } = index;
  return (
    <tr className="border-line border-b align-top hover:bg-hover [&>td]:px-4 [&>td]:py-2.5">
      <td>
        <div className="flex items-center gap-2">
          <Chip tone={kind === 'GSI' ? 'accent' : 'plain'}>{kind}</Chip>
          <span className="min-w-32 font-medium [overflow-wrap:anywhere]">{name}</span>
          {status !== undefined && status !== 'ACTIVE' && <Chip tone="warn">{status.toLowerCase()}</Chip>}
        </div>
      </td>
      <td>
        <div className="flex flex-wrap gap-1">
          <KeyChips keys={key} />
        </div>
      </td>
      <td className="min-w-36 text-muted">
        {projectionNames[projection] ?? projection}
        {projectedAttributes.length > 0 && (
          <p className="max-w-72 text-faint text-sm [overflow-wrap:anywhere]">{projectedAttributes.join(', ')}</p>
        )}
      </td>
      <td className="text-right text-muted tabular">{itemCount === undefined ? '–' : formatCount(itemCount)}</td>
      <td className="whitespace-nowrap text-right text-muted tabular">
        {sizeBytes === undefined ? '–' : formatBytes(sizeBytes)}
      </td>
      <td className="w-8">
        <DeleteIndex table={table} index={index} />
      </td>
    </tr>
  );
}

const projectionNames: Readonly<Record<string, string>> = {
  ALL: 'All attributes',
  KEYS_ONLY: 'Keys only',
  INCLUDE: 'Keys and these',
};
