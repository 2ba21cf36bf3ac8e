import type { ItemPage } from '../../../../src-shared/contracts/table-reading.ts';
import type { Budget } from '../../../../src-shared/reading/criteria.ts';

/** Why a read stopped. `end` is the only one that says that there is no more. */
export type StopReason = 'end' | 'matches' | 'pages' | 'time' | 'capacity' | 'person';

/** What a run has used up so far, and what reading came to: in numbers. */
export interface ReadSum {
  loaded: number;
  read: number;
  /** Undefined while DynamoDB has not said what it costs. */
  units: number | undefined;
  pages: number;
  retries: number;
  throttling: readonly string[];
}

export const nothingRead: ReadSum = { loaded: 0, read: 0, units: undefined, pages: 0, retries: 0, throttling: [] };

/** The sum with one page more. */
export function plusPage(sum: ReadSum, page: ItemPage): ReadSum {
  const { capacityUnits } = page;
  return {
    loaded: sum.loaded + page.count,
    read: sum.read + page.scannedCount,
    units: capacityUnits === undefined ? sum.units : (sum.units ?? 0) + capacityUnits,
    pages: sum.pages + 1,
    retries: sum.retries + page.retries,
    throttling: [...new Set([...sum.throttling, ...page.throttling])],
  };
}

/** Whether a run goes on: undefined, or why it stops. */
export function stopReason(
  run: ReadSum,
  milliseconds: number,
  hasMore: boolean,
  budget: Budget,
): Exclude<StopReason, 'person'> | undefined {
  if (!hasMore) return 'end';
  if (run.loaded >= budget.matches) return 'matches';
  if (run.pages >= budget.pages) return 'pages';
  if (milliseconds >= budget.seconds * 1000) return 'time';
  if (budget.units !== undefined && (run.units ?? 0) >= budget.units) return 'capacity';
  return undefined;
}
