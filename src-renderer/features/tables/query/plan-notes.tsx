import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import type { Criteria } from '../../../../src-shared/reading/criteria.ts';
import { estimateScan } from '../../../../src-shared/reading/estimate.ts';
import type { ReadPlan } from '../../../../src-shared/reading/plan.ts';
import { formatBytes } from '../../../../src-shared/values/binary.ts';
import { formatCount } from '../../shared/format.ts';

export interface PlanNotesProps {
  plan: ReadPlan;
  details: TableDetails | undefined;
  criteria: Criteria;
}

/** What the button is going to do and cost, before it is pressed. */
export function PlanNotes({ plan, details, criteria }: PlanNotesProps) {
  const problems = plan.problems.filter(({ where }) => where.startsWith('key '));
  return (
    <div className="min-h-4.5 text-faint text-sm" aria-live="polite">
      {problems.map(({ where, message }) => (
        <p key={where} className="text-bad">
          {message}
        </p>
      ))}
      {plan.notes.map((note) => (
        <p key={note} className="text-warn">
          {note}
        </p>
      ))}
      {problems.length === 0 && <p>{sentence(plan, details, criteria)}</p>}
    </div>
  );
}

function sentence({ operation, request }: ReadPlan, details: TableDetails | undefined, { budget }: Criteria): string {
  if (!request) return '';
  const stops = `Stops after ${formatCount(budget.matches)} items, ${formatCount(budget.pages)} pages or ${budget.seconds} s.`;
  if (operation === 'GetItem') return 'Gets the one item with this key.';
  if (operation === 'Query') return `Reads the items with this partition key. ${stops}`;
  if (!details) return stops;
  const { whole, atMost } = estimateScan(request, details, budget);
  const index = details.indexes.find(({ name }) => name === request.index);
  const size = formatBytes(index ? (index.sizeBytes ?? 0) : details.sizeBytes);
  const all = `all of ${request.index ?? 'the table'}: about ${size}, ${units(whole)}`;
  return atMost < whole ? `Scans up to about ${units(atMost)} of ${all}. ${stops}` : `Scans ${all}. ${stops}`;
}

function units(value: number): string {
  return `${formatCount(Math.max(0.5, value))} RCU`;
}
