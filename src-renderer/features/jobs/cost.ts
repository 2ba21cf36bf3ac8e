import type { JobScope } from '../../../src-shared/contracts/jobs.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { formatCount, plural } from '../shared/format.ts';

const readBytes = 4096;
const writeBytes = 1024;

type Size = Pick<TableDetails, 'itemCount' | 'sizeBytes'>;

/**
 * What reading everything costs, in read units, by the size that DynamoDB measured some hours ago.
 * Source: Developer Guide, "Read and write capacity": a unit reads 4 KB, or 8 KB that need not be the latest.
 */
export function readCost({ sizeBytes }: Size): number {
  return Math.max(0.5, Math.ceil(sizeBytes / readBytes) / 2);
}

/** What writing or deleting so many items costs: a unit for each KB of each item that is begun. Indexes cost extra. */
export function writeCost(items: number, { itemCount, sizeBytes }: Size): number {
  const average = itemCount === 0 ? writeBytes : sizeBytes / itemCount;
  return items * Math.max(1, Math.ceil(average / writeBytes));
}

/** How many items, as far as one knows before having read them. */
export function scopeWords(scope: JobScope, details: TableDetails | undefined): string {
  if (scope.of === 'keys') return plural(scope.keys.length, 'picked row');
  if (scope.of === 'query') return 'what the query finds';
  return details ? `about ${plural(details.itemCount, 'item')}` : 'all items';
}

/** "about 1,200 RCU" */
export function unitWords(units: number, name: 'RCU' | 'WCU'): string {
  return `about ${formatCount(Math.ceil(units))} ${name}`;
}
