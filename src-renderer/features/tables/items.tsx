import type { UseQueryResult } from '@tanstack/react-query';
import { Rows3 } from 'lucide-react';
import { useMemo } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { ErrorView } from '../shared/error-view.tsx';
import { capitalized } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { ColumnsMenu } from './grid/columns-menu.tsx';
import { GridSkeleton } from './grid/grid-skeleton.tsx';
import { ItemsFooter } from './items-footer.tsx';
import { ItemsGrid } from './items-grid.tsx';
import { NoItems } from './no-items.tsx';
import { pinnedKey } from './pinned-key.ts';
import { QueryBar } from './query/query-bar.tsx';
import { useCriteria } from './reading/table-work.ts';
import { endWords, resumeWords } from './reading/words.ts';
import { type Items as ItemsOfTable, useItems } from './use-items.ts';

export interface ItemsProps {
  table: string;
  details: UseQueryResult<TableDetails, RolegateError>;
}

/** A table's items: what to read, the grid, the inspector beside it, and what was read below it. */
export function Items({ table, details }: ItemsProps) {
  const items = useItems(table, details.data);
  const { isOver } = useSession();
  useShortcut({ key: 'enter', with: 'command' }, items.runOrResume);
  return (
    <>
      <QueryBar
        work={items.work}
        table={table}
        details={details.data}
        plan={items.plan}
        rows={items.rows}
        names={items.names}
        isRunning={items.isRunning}
        isOver={isOver}
        onRun={items.run}
      />
      <Rows table={table} items={items} details={details} />
    </>
  );
}

function Rows({ table, items, details }: ItemsProps & { items: ItemsOfTable }) {
  const { session, isOver } = useSession();
  const tableKey = JSON.stringify([session.role.accountId, session.region, table]);
  const [{ budget }] = useCriteria(items.work);
  const { request, status, rows } = items;
  const keyNames = useMemo(() => pinnedKey(details.data, request?.index), [details.data, request?.index]);

  // Without its keys a table is drawn all the same: who may scan need not be allowed to describe.
  const isDescribing = details.isPending && details.fetchStatus !== 'idle';
  if (status === 'idle' && isOver) return <EmptyState icon={Rows3} title="The session has ended" />;
  if (status === 'failed' && rows.length === 0) {
    return <ErrorView error={items.error} onRetry={items.again} busy={items.isRunning} />;
  }
  if (isDescribing || (items.isRunning && items.sum.pages === 0)) return <GridSkeleton />;
  const end =
    items.hasMore && request
      ? { words: resumeWords(items.stop, request, budget), onClick: items.resume, isBusy: items.isRunning }
      : { words: request ? capitalized(endWords(request)) : '' };
  return (
    <ItemsGrid
      items={items}
      table={table}
      tableKey={tableKey}
      keyNames={keyNames}
      details={details.data}
      end={end}
      empty={<NoItems items={items} table={table} />}
      footer={(actions) => (
        <>
          {status === 'failed' && (
            <div className="border-line border-t p-2">
              <ErrorView inline error={items.error} onRetry={items.resume} busy={items.isRunning} />
            </div>
          )}
          <ItemsFooter items={items} isOver={isOver}>
            {actions}
            <ColumnsMenu tableKey={tableKey} keyNames={keyNames} names={items.names} />
          </ItemsFooter>
        </>
      )}
    />
  );
}
