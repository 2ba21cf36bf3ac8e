import { Eye, RotateCw, SearchX, Square, SquareTerminal } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import { type ErrorData, RolegateError } from '../../../src-shared/errors.ts';
import { clipboardText } from '../../../src-shared/values/write-value.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatCount, plural } from '../shared/format.ts';
import { CopyMenuItems, copy } from '../tables/copy-menu-items.tsx';
import { Grid, type GridCell, type ViewedValue } from '../tables/grid/grid.tsx';
import { GridSkeleton } from '../tables/grid/grid-skeleton.tsx';
import { useSelection } from '../tables/grid/selection.ts';
import { type LocalSort, nextSort, RowSorter } from '../tables/grid/sort-rows.ts';
import { Inspector } from '../tables/inspector/inspector.tsx';
import type { ItemRow } from '../tables/item-row.ts';
import { SelectionBar } from '../tables/selection-bar.tsx';
import { ValueViewer } from '../tables/value-viewer.tsx';
import { useSession } from '../workspace/session-context.tsx';
import type { PartiqlRun, RunState } from './partiql-run.ts';

export interface ResultsProps {
  run: PartiqlRun;
  /** Of the table that the run is about, where it is known. */
  detailsOf: (table: string) => TableDetails | undefined;
}

/** What came of a run, in every state that it can be in. */
export function Results({ run, detailsOf }: ResultsProps) {
  const state = useStore(run.store);
  const { status, rows, error, request, outcomes, sum } = state;
  if (!request) {
    return (
      <EmptyState icon={SquareTerminal} title="Nothing has been run yet">
        Results stand here, in the same grid as a table’s items.
      </EmptyState>
    );
  }
  if (status === 'failed' && rows.length === 0) {
    if (error?.awsCode === 'UnknownOperationException') return <NoPartiql error={error} />;
    const again = request.isReading ? () => void run.start(request) : undefined;
    return <ErrorView error={error} onRetry={again} />;
  }
  if (status === 'running' && sum.pages === 0) return <GridSkeleton />;
  return (
    <>
      {outcomes.length > 0 && <Outcomes outcomes={outcomes} isReading={request.isReading} />}
      {rows.length > 0 ? <Rows run={run} state={state} detailsOf={detailsOf} /> : <NoRows state={state} run={run} />}
      {status === 'failed' && (
        <div className="border-line border-t p-2">
          <ErrorView inline error={error} onRetry={() => void run.resume()} />
        </div>
      )}
      <Footer run={run} state={state} />
    </>
  );
}

function NoPartiql({ error }: { error: RolegateError }) {
  return (
    <EmptyState icon={SearchX} title="There is no PartiQL at this endpoint">
      {error.message} Everything else works without it: open the table and use its query bar.
    </EmptyState>
  );
}

function NoRows({ state, run }: { state: RunState; run: PartiqlRun }) {
  const { request, outcomes, hasMore, status, sum } = state;
  if (outcomes.length > 0) return <div className="flex-1" />;
  if (status === 'running' || hasMore) {
    return (
      <EmptyState
        icon={SearchX}
        title={`No match on ${plural(sum.pages, 'page')} so far`}
        action={status !== 'running' && <Button onClick={() => void run.resume()}>Read on</Button>}
      >
        {status === 'running' ? 'Reading on …' : 'There is more to read.'}
      </EmptyState>
    );
  }
  if (state.wasStopped) {
    return (
      <EmptyState icon={SearchX} title="Stopped">
        {request?.isReading
          ? 'Nothing had come yet.'
          : 'DynamoDB may have done it before it was stopped. Look before you run it again.'}
      </EmptyState>
    );
  }
  return request?.isReading ? (
    <EmptyState icon={SearchX} title="No item matches">
      Everything was read. Types matter: the number 42 is not the text '42'.
    </EmptyState>
  ) : (
    <EmptyState icon={SquareTerminal} title="Done">
      {request?.words}. DynamoDB has no items to show for it.
    </EmptyState>
  );
}

function Outcomes({ outcomes, isReading }: { outcomes: RunState['outcomes']; isReading: boolean }) {
  const failed = outcomes.filter(({ error }) => error).length;
  return (
    <section
      aria-label="What became of each statement"
      className="max-h-40 shrink-0 overflow-y-auto border-line border-b"
    >
      <p className="px-3 pt-2 text-muted text-sm">
        {failed === 0 ? `All ${plural(outcomes.length, 'statement')} done` : `${failed} of ${outcomes.length} failed`}
      </p>
      <ol className="flex flex-col px-3 py-1.5 text-sm">
        {outcomes.map(({ items, error }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a statement's place is what it is known by.
          <li key={at} className="flex items-baseline gap-2 py-0.5">
            <span className="w-5 text-right text-faint tabular">{at + 1}</span>
            {error ? <Failed error={error} /> : <span>{isReading ? plural(items, 'item') : 'done'}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Failed({ error }: { error: ErrorData }) {
  return (
    <span className="min-w-0 text-bad [overflow-wrap:anywhere]">
      {error.awsCode}: {RolegateError.fromData(error).message}
    </span>
  );
}

const noMarks = new Map();

function Rows({ run, state, detailsOf }: ResultsProps & { state: RunState }) {
  const { where, session } = useSession();
  const { request, hasMore, status, names } = state;
  const table = request?.table ?? 'table';
  const details = detailsOf(table);
  const [sort, setSort] = useState<LocalSort>();
  const [inspected, setInspected] = useState<ItemRow>();
  const [viewed, setViewed] = useState<ViewedValue>();
  const [sorter] = useState(() => new RowSorter());
  const rows = useMemo(() => sorter.sort(state.rows, sort), [sorter, state.rows, sort]);
  // What was projected away cannot be pinned.
  const keyNames = useMemo(
    () => (details?.key ?? []).map(({ name }) => name).filter((name) => names.includes(name)),
    [details, names],
  );
  const selection = useSelection(rows);
  const index = inspected ? rows.indexOf(inspected) : -1;
  const from = { table, region: where.region, keyNames };
  const picked = (row: ItemRow) => (selection.rows.has(row) ? rows.filter((one) => selection.rows.has(one)) : [row]);
  const menu = ({ row, name }: GridCell) => {
    const value = row.value(name);
    return (
      <>
        {value && (
          <>
            <MenuItem icon={Eye} trailing="Shift+Enter" onSelect={() => setViewed({ name, value })}>
              View the value
            </MenuItem>
            <MenuItem trailing="Ctrl+C" onSelect={() => void copy(clipboardText(value), `the value of ${name}`)}>
              Copy the value
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <CopyMenuItems rows={picked(row)} from={from} />
      </>
    );
  };
  return (
    <>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <Grid
            label="Results"
            tableKey={JSON.stringify([session.role.accountId, session.region, table, 'partiql'])}
            rows={rows}
            marks={noMarks}
            keyNames={keyNames}
            names={names}
            inspected={index < 0 ? undefined : index}
            onInspect={(row) => setInspected(row === undefined ? undefined : rows[row])}
            sort={sort}
            onSort={(name) => setSort(nextSort(sort, name))}
            selection={selection}
            onView={setViewed}
            onAct={() => undefined}
            menu={menu}
            end={
              hasMore
                ? { words: 'Read on', onClick: () => void run.resume(), isBusy: status === 'running' }
                : { words: 'End of the results' }
            }
          />
        </div>
        {inspected && index >= 0 && (
          <Inspector
            key={index}
            row={inspected}
            keyNames={keyNames}
            onEdit={undefined}
            onClose={() => setInspected(undefined)}
          />
        )}
      </div>
      <SelectionBar
        selected={selection.rows.size === 0 ? [] : rows.filter((row) => selection.rows.has(row))}
        onClear={selection.clear}
        from={from}
        sort={sort}
        loaded={rows.length}
        onUnsort={() => setSort(undefined)}
        onDelete={undefined}
      />
      {viewed && <ValueViewer {...viewed} onClose={() => setViewed(undefined)} />}
    </>
  );
}

function Footer({ run, state }: { run: PartiqlRun; state: RunState }) {
  const { isOver } = useSession();
  const { request, rows, sum, status, hasMore, wasStopped } = state;
  const isRunning = status === 'running';
  const words = [
    `${formatCount(rows.length)} loaded`,
    ...(sum.units === undefined ? [] : [`${formatCount(sum.units)} ${request?.isReading ? 'RCU' : 'WCU'}`]),
    plural(sum.pages, 'page'),
  ];
  return (
    <section
      aria-label="What was run"
      className="flex h-9 shrink-0 items-center gap-2 border-line border-t bg-canvas pr-2 pl-3"
    >
      <Chip>{request?.words}</Chip>
      <p className="min-w-0 truncate text-muted text-sm tabular" aria-live="polite">
        {words.join(' · ')} ·{' '}
        <span className="text-text">
          {isRunning ? 'running …' : wasStopped ? 'stopped by you' : hasMore ? 'more to read' : 'all of it read'}
        </span>
      </p>
      {sum.retries > 0 && (
        <Chip tone="warn">
          {plural(sum.retries, 'retry', 'retries')}
          {sum.throttling.length > 0 && ` (${sum.throttling.join(', ')})`}
        </Chip>
      )}
      <span className="flex-1" />
      {isRunning && (
        <Button size="sm" icon={Square} onClick={() => run.cancel()}>
          Stop
        </Button>
      )}
      {!isRunning && hasMore && (
        <Button size="sm" icon={RotateCw} disabled={isOver} onClick={() => void run.resume()}>
          Read on
        </Button>
      )}
    </section>
  );
}
