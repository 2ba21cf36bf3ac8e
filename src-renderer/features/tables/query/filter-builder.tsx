import { Plus } from 'lucide-react';
import type { ConditionDraft, GroupDraft, TypedAs } from '../../../../src-shared/reading/criteria.ts';
import type { PlanProblem } from '../../../../src-shared/reading/plan.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { newCondition, newGroup, withNewPart, withoutPart, withPart } from './change-filter.ts';
import { ConditionRow } from './condition-row.tsx';

export interface FilterBuilderProps {
  filter: GroupDraft;
  onChange: (filter: GroupDraft) => void;
  namesId: string;
  typeAt: (path: string) => TypedAs | undefined;
  problems: readonly PlanProblem[];
}

const deepest = 4;

/** The conditions of a filter, all or any of which must hold; groups may hold groups. */
export function FilterBuilder({ filter, ...rest }: FilterBuilderProps) {
  if (filter.parts.length === 0) return null;
  return <Group group={filter} depth={0} filter={filter} {...rest} />;
}

function Group({ group, depth, ...rest }: FilterBuilderProps & { group: GroupDraft; depth: number }) {
  const { filter, onChange, namesId, typeAt, problems } = rest;
  return (
    <fieldset className={cx('flex min-w-0 flex-col gap-1.5', depth > 0 && 'border-line-strong border-l-2 pl-2.5')}>
      <legend className="sr-only">{depth === 0 ? 'Filter' : 'Group of conditions'}</legend>
      {group.parts.map((part, place) => (
        <div key={part.id} className="flex min-w-0 items-start gap-2">
          <span className="flex h-7 w-12 shrink-0 items-center justify-end text-faint text-sm">
            {place === 0 ? 'where' : group.join}
          </span>
          {part.kind === 'group' ? (
            <Group group={part} depth={depth + 1} {...rest} />
          ) : (
            <ConditionRow
              condition={part}
              namesId={namesId}
              typeAt={typeAt}
              problem={problems.find(({ where }) => where === part.id)?.message}
              onChange={(changes) => onChange(withPart<ConditionDraft>(filter, part.id, changes))}
              onRemove={() => onChange(withoutPart(filter, part.id))}
            />
          )}
        </div>
      ))}
      <div className="ml-14 flex items-center gap-1">
        {group.parts.length > 1 && (
          <Segmented
            label="Which conditions must hold"
            value={group.join}
            onChange={(join) => onChange(withPart<GroupDraft>(filter, group.id, { join }))}
            options={[
              { value: 'and', label: 'all' },
              { value: 'or', label: 'any' },
            ]}
          />
        )}
        <Button
          size="sm"
          variant="ghost"
          icon={Plus}
          onClick={() => onChange(withNewPart(filter, group.id, newCondition()))}
        >
          Condition
        </Button>
        {depth < deepest && (
          <Button
            size="sm"
            variant="ghost"
            icon={Plus}
            onClick={() => onChange(withNewPart(filter, group.id, newGroup(group.join === 'and' ? 'or' : 'and')))}
          >
            Group
          </Button>
        )}
      </div>
    </fieldset>
  );
}
