import type { VectorIndex } from '../../../src-shared/contracts/tables.ts';
import { formatBytes } from '../../../src-shared/values/binary.ts';
import { Chip } from '../../ui/chip.tsx';
import { formatCount } from '../shared/format.ts';

/** A table's vector indexes, as what they are: they are searched by likeness (SearchVectors), not by a key. */
export function VectorIndexes({ indexes }: { indexes: readonly VectorIndex[] }) {
  return (
    <section aria-label="Vector indexes" className="border-line border-t px-4 py-3">
      <h2 className="font-medium">Vector indexes</h2>
      <p className="pb-2 text-muted text-sm">
        They find items by likeness, with SearchVectors. Queries and scans cannot read them, so the query bar does not
        offer them.
      </p>
      <ul className="flex flex-col gap-2">
        {indexes.map(({ name, attribute, dimensions, distance, status, sizeBytes }) => (
          <li key={name} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Chip tone="accent">VECTOR</Chip>
            <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
            {status !== undefined && status !== 'ACTIVE' && <Chip tone="warn">{status.toLowerCase()}</Chip>}
            <span className="text-muted text-sm">
              {[
                `on ${attribute}`,
                dimensions === undefined ? '' : `${formatCount(dimensions)} dimensions`,
                distance === undefined ? '' : `${distance.toLowerCase().replaceAll('_', ' ')} distance`,
                sizeBytes === undefined ? '' : formatBytes(sizeBytes),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
