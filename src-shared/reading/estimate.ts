import type { ReadRequest } from '../contracts/table-reading.ts';
import type { TableDetails } from '../contracts/tables.ts';
import type { Budget } from './criteria.ts';

const bytesPerUnit = 4096;
const bytesPerPage = 1024 * 1024;

/** What a scan is about to cost, in read units. */
export interface ScanEstimate {
  /** For reading everything, by the size that DynamoDB counted some hours ago. */
  whole: number;
  /** The most that the budget lets it cost before it stops. */
  atMost: number;
}

/**
 * Estimates a scan before it runs. One unit reads 4 KB consistently, or 8 KB otherwise; a page ends at 1 MB.
 * Source: Developer Guide, "Read and write capacity".
 */
export function estimateScan(request: ReadRequest, details: TableDetails, budget: Budget): ScanEstimate {
  const index = details.indexes.find(({ name }) => name === request.index);
  const bytes = index ? (index.sizeBytes ?? 0) : details.sizeBytes;
  const count = index ? (index.itemCount ?? 0) : details.itemCount;
  const factor = request.consistent ? 1 : 0.5;
  const whole = Math.ceil(bytes / bytesPerUnit) * factor;
  const pages = budget.pages * (bytesPerPage / bytesPerUnit) * factor;
  // Without a filter every item that is read counts, so the budget of matches is one of bytes.
  const matched =
    request.filter || count === 0 ? whole : Math.ceil(((bytes / count) * budget.matches) / bytesPerUnit) * factor;
  return { whole, atMost: Math.min(whole, pages, matched, budget.units ?? Number.POSITIVE_INFINITY) };
}
