import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { type Budget, type Criteria, usualBudget } from '../../../../src-shared/reading/criteria.ts';
import type { ReadPlan } from '../../../../src-shared/reading/plan.ts';
import { usePreference } from '../../../state/preferences.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { TextInput } from '../../../ui/text-input.tsx';

export interface ReadOptionsProps {
  criteria: Criteria;
  onChange: (changes: Partial<Criteria>) => void;
  plan: ReadPlan;
  /** Global indexes cannot be read consistently. */
  isGlobal: boolean;
}

/** How to read: which attributes, how fresh, in which order, and when to stop. */
export function ReadOptions({ criteria, onChange, plan, isGlobal }: ReadOptionsProps) {
  const [isOpen, setOpen] = useState(false);
  const [readsFirstPage, setReadsFirstPage] = usePreference('readsFirstPage');
  const changed = changedCount(criteria);
  const problem = plan.problems.find(({ where }) => where === 'projection')?.message;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="How to read"
      align="end"
      className="w-92 gap-4 overflow-y-auto p-4"
      trigger={
        <Button size="sm" variant="ghost" icon={SlidersHorizontal}>
          Options{changed > 0 && ` (${changed})`}
        </Button>
      }
    >
      <Field
        label="Only these attributes"
        hint="Separated by commas; the key always comes along. It saves transfer, not read units."
        error={problem}
      >
        {(control) => (
          <TextInput
            {...control}
            size="sm"
            placeholder="all"
            value={criteria.projection}
            onChange={(event) => onChange({ projection: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-col gap-2">
        <Checkbox
          checked={criteria.consistent && !isGlobal}
          disabled={isGlobal}
          onChange={(consistent) => onChange({ consistent })}
          hint={isGlobal ? 'A global index cannot be read consistently.' : 'Sees every write before it; costs twice.'}
        >
          Consistent read
        </Checkbox>
        <Checkbox
          checked={criteria.descending}
          disabled={plan.operation !== 'Query'}
          onChange={(descending) => onChange({ descending })}
          hint={plan.operation === 'Query' ? 'By the sort key.' : 'Only a query has an order.'}
        >
          Last first
        </Checkbox>
      </div>
      <BudgetFields budget={criteria.budget} onChange={(budget) => onChange({ budget })} />
      <Checkbox
        checked={readsFirstPage}
        onChange={setReadsFirstPage}
        hint="At most 200 items. Nothing else is ever read by itself."
      >
        Read the first page when a table is opened
      </Checkbox>
    </Popover>
  );
}

function BudgetFields({ budget, onChange }: { budget: Budget; onChange: (budget: Budget) => void }) {
  const field = (name: 'matches' | 'pages' | 'seconds', label: string, largest: number) => (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          size="sm"
          type="number"
          min={1}
          max={largest}
          value={budget[name]}
          onChange={(event) => {
            const value = Math.trunc(Number(event.target.value));
            if (value >= 1 && value <= largest) onChange({ ...budget, [name]: value });
          }}
        />
      )}
    </Field>
  );
  return (
    <fieldset>
      <legend className="pb-1.5 font-medium">Stop after</legend>
      <div className="grid grid-cols-4 gap-2">
        {field('matches', 'items', 100_000)}
        {field('pages', 'pages', 100_000)}
        {field('seconds', 'seconds', 3600)}
        <Field label="read units">
          {(control) => (
            <TextInput
              {...control}
              size="sm"
              type="number"
              min={1}
              placeholder="any"
              value={budget.units ?? ''}
              onChange={(event) => {
                const { units: _, ...rest } = budget;
                const value = Number(event.target.value);
                onChange(value >= 1 ? { ...rest, units: value } : rest);
              }}
            />
          )}
        </Field>
      </div>
      <p className="pt-1.5 text-faint text-sm">A page is at most 1 MB. What stopped can be resumed.</p>
    </fieldset>
  );
}

function changedCount({ projection, consistent, descending, budget }: Criteria): number {
  const isUsual = JSON.stringify(budget) === JSON.stringify(usualBudget);
  return [projection.trim() !== '', consistent, descending, !isUsual].filter(Boolean).length;
}
