import { Plus, RotateCw, SearchX } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { openTable, useDesk } from '../../state/desks.ts';
import { usePinnedTables } from '../../state/pinned-tables.ts';
import { recentTables } from '../../state/recent-tables.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton, SkeletonLines } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { SearchInput } from '../../ui/text-input.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ErrorView } from '../shared/error-view.tsx';
import { formatCount } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { listOrder } from './list-order.ts';
import { CreateTableDialog } from './manage/create-table-dialog.tsx';
import { TableListRow } from './table-list-row.tsx';
import { type Tables, useTables } from './use-tables.ts';

const rowHeight = 28;

/** The tables of the region, to search and to open. */
export function TableList() {
  const { where, isOver } = useSession();
  const tables = useTables(where, !isOver);
  const [isCreating, setCreating] = useState(false);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-2 pr-2 pl-3.5">
        <h2 className="font-medium">Tables</h2>
        <span className="text-faint text-sm tabular" aria-live="polite">
          {tables.status === 'success' || tables.names.length > 0 ? formatCount(tables.names.length) : ''}
          {tables.isLoading && tables.names.length > 0 && ' and counting'}
        </span>
        <span className="flex-1" />
        <IconButton icon={Plus} label="Create a table" onClick={() => setCreating(true)} disabled={isOver} />
        {isCreating && <CreateTableDialog onClose={() => setCreating(false)} />}
        {tables.isLoading && tables.names.length > 0 ? (
          <span className="flex size-7 items-center justify-center">
            <Spinner label="Reading more table names" />
          </span>
        ) : (
          <IconButton icon={RotateCw} label="Read the list again" onClick={tables.reload} disabled={isOver} />
        )}
      </div>
      <Names tables={tables} />
    </div>
  );
}

function Names({ tables }: { tables: Tables }) {
  const { where, desk, isOver } = useSession();
  const { open } = useDesk(desk);
  if (tables.names.length > 0) return <FilteredNames key={where.region} tables={tables} />;
  if (isOver) return <p className="px-3.5 pt-1 text-muted">The session has ended.</p>;
  if (tables.status === 'pending' || (tables.isLoading && !tables.error)) {
    return (
      <>
        <Skeleton className="mx-2 mb-1.5 h-8 shrink-0 rounded-md" />
        <SkeletonLines lines={9} className="px-4" />
      </>
    );
  }
  if (tables.error) return open.length > 0 ? <ListError tables={tables} /> : <Unread />;
  return <p className="px-3.5 pt-1 text-muted">No tables in {where.region}.</p>;
}

/** While no table is open there is room beside the list to say why (nothing-open.tsx). */
function Unread() {
  return <p className="px-3.5 pt-1 text-muted">The list could not be read.</p>;
}

function ListError({ tables }: { tables: Tables }) {
  return (
    <div className="p-2">
      <ErrorView inline error={tables.error} onRetry={tables.reload} busy={tables.isLoading} />
    </div>
  );
}

function FilteredNames({ tables }: { tables: Tables }) {
  const { desk } = useSession();
  const { active } = useDesk(desk);
  const [search, setSearch] = useState('');
  const [hasFocus, setFocus] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { session, where } = useSession();
  const [pinned] = usePinnedTables({ accountId: session.role.accountId, region: where.region });
  // As it was when the list appeared: what is opened from it must not move under the pointer.
  const [lately] = useState(() => recentTables({ accountId: session.role.accountId, region: where.region }));
  const { names, recent } = useMemo(
    () => listOrder(tables.names, pinned, lately, search),
    [tables.names, pinned, lately, search],
  );
  const navigation = useListNavigation(names.length, search, (index, how) => {
    const name = names[index];
    if (name !== undefined) openTable(desk, name, { inBackground: how === 'background' });
  });
  return (
    <>
      <SearchInput
        ref={input}
        aria-label="Search tables"
        placeholder="Search tables"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
        className="mx-2 mb-1.5 shrink-0"
        {...(search !== '' && { trailing: formatCount(names.length) })}
        {...navigation.inputProps}
      />
      {names.length === 0 ? (
        <EmptyState compact icon={SearchX} title={`No table matches “${search}”`} />
      ) : (
        <VirtualList
          label="Tables"
          rows={names}
          rowHeight={rowHeight}
          navigation={navigation}
          rowKey={(name) => name}
          isSelected={(name) => name === active}
          className="px-2 pb-2"
          renderRow={(name, { isActive }) => (
            <TableListRow
              name={name}
              isPinned={pinned.includes(name)}
              isRecent={recent.has(name)}
              search={search}
              isOpen={name === active}
              isActive={isActive && hasFocus}
            />
          )}
        />
      )}
      {tables.error && <ListError tables={tables} />}
    </>
  );
}
