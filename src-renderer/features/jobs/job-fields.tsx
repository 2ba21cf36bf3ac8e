import { useState } from 'react';
import type { JobLimits, JobScope } from '../../../src-shared/contracts/jobs.ts';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { planRead } from '../../../src-shared/reading/plan.ts';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { plural } from '../shared/format.ts';
import { criteriaWords } from '../tables/query/criteria-words.ts';
import { useCriteria, useTableWork } from '../tables/reading/table-work.ts';

export interface ScopeChoice {
  scope: JobScope;
  field: React.ReactNode;
}

const noSchema = { key: [], indexes: [] };

/** What a job is to work on: the rows that were picked, what the query bar asks for, or everything. */
export function useScope(
  table: string,
  details: TableDetails | undefined,
  keys: readonly string[] | undefined,
  /** Whether it can be all of the table; for some it has a dialog of its own. */
  canBeWhole = true,
): ScopeChoice {
  const [criteria] = useCriteria(useTableWork(table));
  const { request } = planRead(criteria, details ?? noSchema);
  const isAll = request?.operation === 'Scan' && request.filter === undefined && request.index === undefined;
  const query = request && !isAll ? request : undefined;
  const [of, setOf] = useState<JobScope['of']>(keys ? 'keys' : query ? 'query' : 'table');
  const scope: JobScope =
    of === 'keys' && keys
      ? { of, keys: [...keys] }
      : of === 'query' && query
        ? { of, request: query }
        : { of: 'table' };
  const options = [
    ...(keys ? [{ value: 'keys' as const, label: `${plural(keys.length, 'picked row')}` }] : []),
    ...(query ? [{ value: 'query' as const, label: 'What the query finds' }] : []),
    ...(canBeWhole ? [{ value: 'table' as const, label: 'The whole table' }] : []),
  ];
  const field = (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-muted text-sm">Items</span>
      {options.length > 1 ? (
        <div>
          <Segmented label="Items" value={scope.of} onChange={setOf} options={options} />
        </div>
      ) : (
        <p>{onlyWords(options[0]?.value)}</p>
      )}
      {scope.of === 'query' && <p className="truncate text-faint text-sm">{criteriaWords(criteria)}</p>}
    </div>
  );
  return { scope, field };
}

/** How fast a job may go, and the fields that say so. */
export function useLimits(
  details: TableDetails | undefined,
  uses: readonly ('read' | 'write')[],
  /** The table that is written to, where it is not this one. */
  target: TableDetails | 'unknown' | undefined = details,
) {
  // Half of what was provisioned leaves the other half to those whom the table is for.
  const half = (units: number | undefined) => (units === undefined ? '' : String(Math.max(1, Math.floor(units / 2))));
  const [texts, setTexts] = useState<Record<string, string>>({});
  const given = {
    segments: texts['segments'] ?? '4',
    read: texts['read'] ?? half(details?.throughput?.read),
    write: texts['write'] ?? half(target === 'unknown' ? undefined : target?.throughput?.write),
  };
  const segments = Number(given.segments);
  const units = { read: toUnits(given.read), write: toUnits(given.write) };
  const problems = {
    segments: Number.isInteger(segments) && segments >= 1 && segments <= 64 ? undefined : 'Between 1 and 64.',
    read: units.read === 'bad' ? 'A number, or nothing.' : undefined,
    write: units.write === 'bad' ? 'A number, or nothing.' : undefined,
  };
  const isGood = Object.values(problems).every((problem) => problem === undefined);
  const limits: JobLimits = {
    segments: problems.segments === undefined ? segments : 4,
    ...(typeof units.read === 'number' && { readUnits: units.read }),
    ...(typeof units.write === 'number' && { writeUnits: units.write }),
  };
  const input = (name: keyof typeof given, label: string) => (
    <Field label={label} error={problems[name]}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          placeholder="no limit"
          value={given[name]}
          onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const fields = (
    <details className="group">
      <summary className="w-fit cursor-default rounded-sm text-muted text-sm hover:text-text">
        Pace: {paceWords(uses, limits)}
      </summary>
      <div className="grid grid-cols-3 gap-3 pt-2.5">
        {input('segments', 'Parts read at a time')}
        {uses.includes('read') && input('read', 'Most RCU a second')}
        {uses.includes('write') && input('write', 'Most WCU a second')}
      </div>
    </details>
  );
  return { limits, fields, isGood };
}

function paceWords(uses: readonly ('read' | 'write')[], { readUnits, writeUnits }: JobLimits): string {
  const parts = [
    ...(uses.includes('read') && readUnits !== undefined ? [`${readUnits} RCU/s`] : []),
    ...(uses.includes('write') && writeUnits !== undefined ? [`${writeUnits} WCU/s`] : []),
  ];
  return parts.length === 0 ? 'as fast as DynamoDB goes' : `at most ${parts.join(', ')}`;
}

function toUnits(text: string): number | undefined | 'bad' {
  if (text.trim() === '') return undefined;
  const units = Number(text);
  return units > 0 && units <= 10_000_000 ? units : 'bad';
}

/** The one thing that there is to choose. */
function onlyWords(of: JobScope['of'] | undefined): string {
  if (of === 'keys') return 'The picked rows.';
  if (of === 'query') return 'What the query finds.';
  return of === 'table' ? 'The whole table. Fill in the query bar, or pick rows, to have less.' : 'Nothing yet.';
}
