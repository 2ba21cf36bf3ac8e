import type { ReadRequest } from '../../../../src-shared/contracts/table-reading.ts';
import type { Budget } from '../../../../src-shared/reading/criteria.ts';
import { formatCount, plural } from '../../shared/format.ts';
import type { ReadSum, StopReason } from './budget.ts';

/** Why a read stopped, for its footer. */
export function stopWords(stop: StopReason, request: ReadRequest, budget: Budget): string {
  switch (stop) {
    case 'end':
      return endWords(request);
    case 'matches':
      return request.filter ? `stopped at ${formatCount(budget.matches)} matches` : 'more to read';
    case 'pages':
      return `stopped after ${plural(budget.pages, 'page')}`;
    case 'time':
      return `stopped after ${budget.seconds} s`;
    case 'capacity':
      return `stopped at ${formatCount(budget.units ?? 0)} RCU`;
    case 'person':
      return 'stopped by you';
  }
}

/** What there is no more of. */
export function endWords({ operation, index }: ReadRequest): string {
  if (operation !== 'Scan') return 'all of it read';
  return index === undefined ? 'end of table' : 'end of index';
}

/** What was read, in numbers. */
export function sumWords({ loaded, read, units, pages }: ReadSum, isFiltered: boolean): string[] {
  return [
    `${formatCount(loaded)} ${isFiltered ? 'matching' : 'loaded'}`,
    `${formatCount(read)} read`,
    ...(units === undefined ? [] : [`${formatCount(units)} RCU`]),
    plural(pages, 'page'),
  ];
}

/** What DynamoDB held against the pace, if anything. */
export function throttleWords({ retries, throttling }: ReadSum): string | undefined {
  if (retries === 0) return undefined;
  const why = throttling.length > 0 ? ` (${throttling.join(', ')})` : '';
  return `${plural(retries, 'retry', 'retries')}${why}`;
}

/** What the button does that reads on. */
export function resumeWords(stop: StopReason | undefined, request: ReadRequest, budget: Budget): string {
  return stop === 'matches' && !request.filter ? `Load ${formatCount(budget.matches)} more` : 'Resume';
}
