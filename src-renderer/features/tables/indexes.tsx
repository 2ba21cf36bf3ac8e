import type { UseQueryResult } from '@tanstack/react-query';
import { ListTree } from 'lucide-react';
import type { TableDetails, TableIndex } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../shared/format.ts';
import { DetailsGate } from './details-gate.tsx';
import { KeyChips } from './key-chips.tsx';

/** The secondary indexes of a table. */
export function Indexes({ details }: { details: UseQueryResult<TableDetails, RolegateError> }) {
  return (
    <DetailsGate details={details}>
      {({ name, indexes }) =>
        indexes.length === 0 ? (
          <EmptyState icon={ListTree} title={`${name} has no secondary indexes`}>
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
                </tr>
              </thead>
              <tbody>
                {indexes.map((index) => (
                  <IndexRow key={index.name} index={index} />
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </DetailsGate>
  );
}

function IndexRow({ index }: { index: TableIndex }) {
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
    </tr>
  );
}

const projectionNames: Readonly<Record<string, string>> = {
  ALL: 'All attributes',
  KEYS_ONLY: 'Keys only',
  INCLUDE: 'Keys and these',
};
