import type { UseQueryResult } from '@tanstack/react-query';
import { Rows3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import type { RolegateError } from '../../../src-shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { ErrorView } from '../shared/error-view.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { Grid } from './grid/grid.tsx';
import { GridSkeleton } from './grid/grid-skeleton.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { ItemsFooter } from './items-footer.tsx';
import { useItems } from './use-items.ts';

export interface ItemsProps {
  table: string;
  details: UseQueryResult<TableDetails, RolegateError>;
}

/** A table's items: the grid, the inspector beside it, and what was read below it. */
export function Items({ table, details }: ItemsProps) {
  const items = useItems(table);
  useShortcut({ key: 'enter', with: 'command' }, items.loadMore);
  const { session, isOver } = useSession();
  const [inspected, setInspected] = useState<number>();
  const keys = details.data?.key;
  const keyNames = useMemo(() => keys?.map(({ name }) => name) ?? [], [keys]);

  // Without its keys a table is drawn all the same: who may scan need not be allowed to describe.
  const isWaiting = items.status === 'pending' || (details.isPending && details.fetchStatus !== 'idle');
  if (items.status === 'pending' && isOver) return <EmptyState icon={Rows3} title="The session has ended" />;
  if (isWaiting && items.status !== 'error') return <GridSkeleton />;
  if (items.status === 'error' && items.rows.length === 0) {
    return <ErrorView error={items.error} onRetry={items.startOver} busy={items.isFetching} />;
  }
  const row = inspected === undefined ? undefined : items.rows[inspected];
  return (
    <>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {items.rows.length === 0 ? (
            <NoItems items={items} table={table} />
          ) : (
            <Grid
              label={`Items of ${table}`}
              tableKey={JSON.stringify([session.role.accountId, session.region, table])}
              rows={items.rows}
              keyNames={keyNames}
              names={items.names}
              inspected={inspected}
              onInspect={setInspected}
              hasMore={items.hasMore}
              isLoading={items.isFetching}
              onLoadMore={items.loadMore}
            />
          )}
        </div>
        {row && <Inspector key={inspected} row={row} keyNames={keyNames} onClose={() => setInspected(undefined)} />}
      </div>
      {items.status === 'error' && (
        <div className="border-line border-t p-2">
          <ErrorView inline error={items.error} onRetry={items.loadMore} busy={items.isFetching} />
        </div>
      )}
      <ItemsFooter items={items} isOver={isOver} />
    </>
  );
}

/** An empty first page is not always an empty table. */
function NoItems({ items, table }: { items: ReturnType<typeof useItems>; table: string }) {
  return items.hasMore ? (
    <EmptyState
      icon={Rows3}
      title="Nothing in this page, but there is more to read"
      action={
        <Button busy={items.isFetching} onClick={items.loadMore}>
          Read on
        </Button>
      }
    />
  ) : (
    <EmptyState icon={Rows3} title={`${table} is empty`}>
      DynamoDB was asked just now: there are no items.
    </EmptyState>
  );
}
