import type { ReadRequest } from '../contracts/table-reading.ts';

/** Everything in a table, or in one of its indexes, in no order. */
export function wholeTable(index?: string): ReadRequest {
  return {
    operation: 'Scan',
    ...(index !== undefined && { index }),
    key: [],
    projection: [],
    consistent: false,
    descending: false,
    countOnly: false,
  };
}
