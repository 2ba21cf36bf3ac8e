import { ListFilter, Play, Square } from 'lucide-react';
import { useId } from 'react';
import type { TableDetails } from '../../../../src-shared/contracts/tables.ts';
import type { KeyDraft, TypedAs } from '../../../../src-shared/reading/criteria.ts';
import type { ReadPlan } from '../../../../src-shared/reading/plan.ts';
import { parsePath, valueAt } from '../../../../src-shared/values/path.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { useSession } from '../../workspace/session-context.tsx';
import type { ItemRow } from '../item-row.ts';
import { type TableWork, useCriteria } from '../reading/table-work.ts';
import { newCondition, withNewPart } from './change-filter.ts';
import { CountButton } from './count-button.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { KeyField } from './key-field.tsx';
import { typedLike } from './operators.ts';
import { PlanNotes } from './plan-notes.tsx';
import { QueriesMenu } from './queries-menu.tsx';
import { ReadOptions } from './read-options.tsx';
import { RequestCode } from './request-code.tsx';

export interface QueryBarProps {
  work: TableWork;
  table: string;
  details: TableDetails | undefined;
  plan: ReadPlan;
  rows: readonly ItemRow[];
  names: readonly string[];
  isRunning: boolean;
  isOver: boolean;
  onRun: () => void;
}

const sampledRows = 50;
/** Stands for no index: a name has at least three characters. */
const theTable = '-';

/** What to read of a table. It decides by itself how DynamoDB is asked, and its button says so. */
export function QueryBar(props: QueryBarProps) {
  const { work, table, details, plan, rows, names, isRunning, isOver, onRun } = props;
  const [criteria, change] = useCriteria(work);
  const { where, session } = useSession();
  const tableKey = JSON.stringify([session.role.accountId, where.region, table]);
  const namesId = useId();
  const index = details?.indexes.find(({ name }) => name === criteria.index);
  const key = index?.key ?? details?.key ?? [];
  const setKey = (draft: KeyDraft) =>
    change({ keys: [...criteria.keys.filter(({ name }) => name !== draft.name), draft] });
  const typeAt = (path: string): TypedAs | undefined => knownType(path, details, rows);
  return (
    <search
      aria-label={`What to read of ${table}`}
      className="flex shrink-0 flex-col gap-1.5 border-line border-b bg-canvas px-3 py-2"
      onKeyDownCapture={(event) => {
        // With Ctrl also on a list to choose from, which would open.
        const isMeant = event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement;
        if (event.key !== 'Enter' || !isMeant || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        if (!isRunning) onRun();
      }}
    >
      <div className="flex min-w-0 items-start gap-1.5">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
          <Select
            size="sm"
            label="Table or index to read"
            placeholder={table}
            value={criteria.index ?? theTable}
            onChange={(name) => change({ index: name === theTable ? undefined : name })}
            options={indexOptions(details)}
            className="max-w-60"
          />
          {key.map((attribute) => (
            <KeyField
              key={attribute.name}
              attribute={attribute}
              draft={
                criteria.keys.find(({ name }) => name === attribute.name) ?? {
                  name: attribute.name,
                  operator: '=',
                  values: [],
                }
              }
              onChange={setKey}
              problem={plan.problems.find(({ where }) => where === `key ${attribute.name}`)?.message}
            />
          ))}
          <Button
            size="sm"
            variant="ghost"
            icon={ListFilter}
            onClick={() => change({ filter: withNewPart(criteria.filter, criteria.filter.id, newCondition()) })}
          >
            Filter
          </Button>
          <ReadOptions criteria={criteria} onChange={change} plan={plan} isGlobal={index?.kind === 'GSI'} />
        </div>
        <QueriesMenu tableKey={tableKey} criteria={criteria} onLoad={(query) => work.criteria.setState(query, true)} />
        <RequestCode table={table} region={where.region} request={plan.request} />
        <CountButton work={work} table={table} plan={plan} details={details} disabled={isOver} />
        {isRunning ? (
          <Button size="sm" icon={Square} onClick={() => work.reading.cancel()} className="min-w-24">
            Stop
          </Button>
        ) : (
          <Button
            size="sm"
            variant="primary"
            icon={Play}
            onClick={onRun}
            disabled={isOver || plan.request === undefined}
            title="Ctrl+Enter"
            aria-keyshortcuts="Control+Enter"
            className="min-w-24"
          >
            {buttonWords[plan.operation]}
          </Button>
        )}
      </div>
      <FilterBuilder
        filter={criteria.filter}
        onChange={(filter) => change({ filter })}
        namesId={namesId}
        typeAt={typeAt}
        problems={plan.problems}
      />
      <datalist id={namesId}>
        {names.map((name) => (
          <option key={name} value={/^[^\s."[\]]+$/.test(name) ? name : JSON.stringify(name)} />
        ))}
      </datalist>
      <PlanNotes plan={plan} details={details} criteria={criteria} />
    </search>
  );
}

const buttonWords = { GetItem: 'Get item', Query: 'Query', Scan: 'Scan' } as const;

function indexOptions(details: TableDetails | undefined) {
  const keyOf = (key: TableDetails['key']) => key.map(({ name }) => name).join(', ');
  return [
    { value: theTable, label: 'Table', about: keyOf(details?.key ?? []) },
    ...(details?.indexes ?? []).map(({ name, kind, key }) => ({
      value: name,
      label: name,
      about: `${kind} · ${keyOf(key)}`,
    })),
  ];
}

/** What is known of the type at a path: declared for keys, seen for the rest. */
function knownType(text: string, details: TableDetails | undefined, rows: readonly ItemRow[]): TypedAs | undefined {
  const path = parsePath(text);
  if (!path) return undefined;
  const keys = [...(details?.key ?? []), ...(details?.indexes ?? []).flatMap((index) => index.key)];
  const declared = path.length === 1 ? keys.find(({ name }) => name === path[0])?.type : undefined;
  if (declared !== undefined && declared !== '?') return declared;
  for (const row of rows.slice(0, sampledRows)) {
    const value = valueAt(row.item, path);
    if (value && value.type !== 'NULL') return typedLike(value);
  }
  return undefined;
}
