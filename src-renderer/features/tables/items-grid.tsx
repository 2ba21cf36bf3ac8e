import { Eye, ListFilter } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ConditionDraft } from '../../../src-shared/reading/criteria.ts';
import { formatPath } from '../../../src-shared/values/path.ts';
import { clipboardText, writeValue } from '../../../src-shared/values/write-value.ts';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useSession } from '../workspace/session-context.tsx';
import { CopyMenuItems, copy } from './copy-menu-items.tsx';
import { Grid, type GridCell, type GridProps, type ViewedValue } from './grid/grid.tsx';
import { useSelection } from './grid/selection.ts';
import { type LocalSort, nextSort, sortRows } from './grid/sort-rows.ts';
import { Inspector } from './inspector/inspector.tsx';
import type { ItemRow } from './item-row.ts';
import { newCondition, withNewPart } from './query/change-filter.ts';
import { useCriteria } from './reading/table-work.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { Items } from './use-items.ts';
import { ValueViewer } from './value-viewer.tsx';

export interface ItemsGridProps {
  items: Items;
  table: string;
  tableKey: string;
  keyNames: readonly string[];
  end: GridProps['end'];
}

/** The loaded items in their grid, with the one that is looked at beside it. */
export function ItemsGrid({ items, table, tableKey, keyNames, end }: ItemsGridProps) {
  const { where } = useSession();
  const [criteria, change] = useCriteria(items.work);
  const [sort, setSort] = useState<LocalSort>();
  const [inspected, setInspected] = useState<ItemRow>();
  const [viewed, setViewed] = useState<ViewedValue>();
  const rows = useMemo(() => sortRows(items.rows, sort), [items.rows, sort]);
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
            <MenuItem
              icon={ListFilter}
              onSelect={() => {
                const condition: ConditionDraft = { ...newCondition(), path: formatPath([name]), ...typedAs(value) };
                change({ filter: withNewPart(criteria.filter, criteria.filter.id, condition) });
              }}
            >
              Filter by this value
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
            label={`Items of ${table}`}
            tableKey={tableKey}
            rows={rows}
            keyNames={keyNames}
            names={items.names}
            inspected={index < 0 ? undefined : index}
            onInspect={(row) => setInspected(row === undefined ? undefined : rows[row])}
            sort={sort}
            onSort={(name) => setSort(nextSort(sort, name))}
            selection={selection}
            onView={setViewed}
            menu={menu}
            end={end}
          />
        </div>
        {inspected && index >= 0 && (
          <Inspector key={index} row={inspected} keyNames={keyNames} onClose={() => setInspected(undefined)} />
        )}
      </div>
      <SelectionBar
        selected={selection.rows.size === 0 ? [] : rows.filter((row) => selection.rows.has(row))}
        onClear={selection.clear}
        from={from}
        sort={sort}
        loaded={rows.length}
        onUnsort={() => setSort(undefined)}
      />
      {viewed && <ValueViewer {...viewed} onClose={() => setViewed(undefined)} />}
    </>
  );
}

/** A value as one would type it into a condition. */
function typedAs(value: ViewedValue['value']): Pick<ConditionDraft, 'type' | 'values'> {
  switch (value.type) {
    case 'S':
    case 'N':
    case 'BOOL':
    case 'NULL':
    case 'B':
      return { type: value.type, values: [clipboardText(value), ''] };
    default:
      return { type: 'JSON', values: [writeValue(value), ''] };
  }
}
