import { SearchX } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { cellRole } from '../../ui/roles.ts';
import { SearchInput } from '../../ui/text-input.tsx';
import { useListNavigation } from '../../ui/use-list-navigation.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { formatCount, plural } from '../shared/format.ts';

/** A column: what stands in it, and how wide it is. */
export interface Column<Row> {
  label: string;
  /** Its width, as classes of a flex item. */
  width: string;
  /** How its cells look, as classes. */
  look?: string;
  cell: (row: Row) => ReactNode;
}

export interface AdminTableProps<Row> {
  label: string;
  /** What one of the rows is: "user". */
  noun: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** What of a row is searched. */
  searched: (row: Row) => string;
  /** Enter, or a click. */
  onOpen?: (row: Row) => void;
  isSelected?: (row: Row) => boolean;
  /** Buttons at the end of a row. */
  actions?: (row: Row) => ReactNode;
  /** What is shown where there are no rows at all. */
  empty: ReactNode;
}

const rowHeight = 38;

/** Rows of any number, to search, to go through with the keys, and to do something with. */
export function AdminTable<Row>(props: AdminTableProps<Row>) {
  const { label, noun, rows, columns, rowKey, searched, onOpen, isSelected, actions, empty } = props;
  const [search, setSearch] = useState('');
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter((row) => words.every((word) => searched(row).toLowerCase().includes(word)));
  }, [rows, search, searched]);
  const navigation = useListNavigation(found.length, search, (index) => {
    const row = found[index];
    if (row !== undefined) onOpen?.(row);
  });
  if (rows.length === 0) return empty;
  return (
    <div className="@container/table flex min-h-0 min-w-0 flex-1 flex-col">
      <SearchInput
        aria-label={`Search ${label.toLowerCase()}`}
        placeholder={`Search ${label.toLowerCase()}`}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        trailing={search === '' ? plural(rows.length, noun) : `${formatCount(found.length)} of ${rows.length}`}
        className="mb-2 shrink-0"
        {...navigation.inputProps}
      />
      {found.length === 0 ? (
        <EmptyState compact icon={SearchX} title={`Nothing matches “${search}”`} />
      ) : (
        <>
          <div
            aria-hidden="true"
            className="flex h-7 shrink-0 items-center gap-3 border-line border-b px-2 text-faint text-xs"
          >
            {columns.map((column) => (
              <span key={column.label} className={cx('truncate', column.width)}>
                {column.label}
              </span>
            ))}
            {actions && <span className="w-8 shrink-0" />}
          </div>
          <VirtualList
            kind="grid"
            label={label}
            rows={found}
            rowHeight={rowHeight}
            navigation={navigation}
            rowKey={rowKey}
            {...(isSelected && { isSelected })}
            renderRow={(row, { isActive }) => (
              <div
                className={cx(
                  'flex h-full items-center gap-3 border-line border-b px-2 hover:bg-hover',
                  (isSelected?.(row) ?? (isActive && search !== '')) && 'bg-accent-soft hover:bg-accent-soft',
                )}
              >
                {columns.map((column) => (
                  <span key={column.label} {...cellRole()} className={cx('truncate', column.width, column.look)}>
                    {column.cell(row)}
                  </span>
                ))}
                {actions && (
                  <span {...cellRole()} className="flex w-8 shrink-0 justify-end">
                    {actions(row)}
                  </span>
                )}
              </div>
            )}
          />
        </>
      )}
    </div>
  );
}
