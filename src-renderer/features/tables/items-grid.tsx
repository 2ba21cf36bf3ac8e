import { CopyPlus, Eye, ListFilter, Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { TableDetails } from '../../../src-shared/contracts/tables.ts';
import type { ConditionDraft } from '../../../src-shared/reading/criteria.ts';
import { formatPath } from '../../../src-shared/values/path.ts';
import { clipboardText, writeValue } from '../../../src-shared/values/write-value.ts';
import { Button } from '../../ui/button.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { consoleItem } from '../console/console-item.ts';
import { ConsoleMenuItem } from '../console/console-menu-item.tsx';
import { openJobDialog } from '../jobs/open-dialog.ts';
import { pickedKeys } from '../jobs/picked-keys.ts';
import { plural } from '../shared/format.ts';
import { useSession } from '../workspace/session-context.tsx';
import { CopyMenuItems, copy } from './copy-menu-items.tsx';
import { ItemEditor } from './editing/item-editor.tsx';
import { ReviewDialog } from './editing/review-dialog.tsx';
import { StageBar } from './editing/stage-bar.tsx';
import { useEditing } from './editing/use-editing.ts';
import { Grid, type GridAct, type GridCell, type GridProps, type ViewedValue } from './grid/grid.tsx';
import { useSelection } from './grid/selection.ts';
import { type LocalSort, nextSort, RowSorter } from './grid/sort-rows.ts';
import { Inspector } from './inspector/inspector.tsx';
import { ItemPanel } from './inspector/item-panel.tsx';
import type { ItemRow } from './item-row.ts';
import { newCondition, withNewPart } from './query/change-filter.ts';
import { useCriteria } from './reading/table-work.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useExpiryAttribute } from './use-expiry-attribute.ts';
import type { Items } from './use-items.ts';
import { ValueViewer } from './value-viewer.tsx';

export interface ItemsGridProps {
  items: Items;
  table: string;
  tableKey: string;
  keyNames: readonly string[];
  end: GridProps['end'];
  details: TableDetails | undefined;
  /** What stands there while there is no row. */
  empty: ReactNode;
  /** What stands below: what was read. */
  footer: (actions: ReactNode) => ReactNode;
}

/** The loaded items in their grid, with the one that is looked at beside it. */
export function ItemsGrid({ items, table, tableKey, keyNames, end, details, empty, footer }: ItemsGridProps) {
  const { where, session, isOver, safety } = useSession();
  const editing = useEditing(items, table, details);
  const [criteria, change] = useCriteria(items.work);
  const [sort, setSort] = useState<LocalSort>();
  const [inspected, setInspected] = useState<ItemRow>();
  const [viewed, setViewed] = useState<ViewedValue>();
  const [sorter] = useState(() => new RowSorter());
  const rows = useMemo(() => sorter.sort(editing.rows, sort), [sorter, editing.rows, sort]);
  const selection = useSelection(rows);
  const expiresBy = useExpiryAttribute(table, inspected !== undefined || viewed !== undefined);
  const index = inspected ? rows.indexOf(inspected) : -1;
  const from = { table, region: where.region, keyNames };
  const picked = (row: ItemRow) => (selection.rows.has(row) ? rows.filter((one) => selection.rows.has(one)) : [row]);

  const names = useMemo(() => {
    const staged = [...editing.marks.keys()].flatMap(({ item }) => [...item.keys()]);
    return [...new Set([...items.names, ...staged])];
  }, [items.names, editing.marks]);
  const act = (what: GridAct, row: ItemRow | undefined) => {
    if (!editing.canEdit) return;
    if (what === 'create') editing.create();
    else if (row && what === 'edit') editing.edit(row);
    else if (row && what === 'duplicate') editing.duplicate(row);
    else if (row) editing.remove(picked(row));
  };

  const beginJob = (kind: 'export' | 'delete', picks: readonly ItemRow[]) => {
    const keys = pickedKeys(picks, details?.key ?? []);
    if (keys) openJobDialog({ kind, table, keys });
  };

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
        {editing.canEdit && (
          <>
            <MenuItem icon={Pencil} trailing="F2" onSelect={() => editing.edit(row)}>
              Edit the item
            </MenuItem>
            <MenuItem icon={CopyPlus} trailing="Ctrl+Alt+Ins" onSelect={() => editing.duplicate(row)}>
              Duplicate the item
            </MenuItem>
            <MenuItem icon={Trash2} trailing="Del" onSelect={() => editing.remove(picked(row))}>
              {editing.marks.get(row)?.change.kind === 'delete'
                ? 'Do not delete'
                : `Delete ${picked(row).length === 1 ? 'the item' : plural(picked(row).length, 'item')}`}
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        {!isOver && details && (
          <>
            <ConsoleMenuItem item={consoleItem(table, details.key, row)} />
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
          {rows.length === 0 ? (
            empty
          ) : (
            <Grid
              label={`Items of ${table}`}
              tableKey={tableKey}
              rows={rows}
              marks={editing.marks}
              keyNames={keyNames}
              names={names}
              inspected={index < 0 ? undefined : index}
              onInspect={(row) => setInspected(row === undefined ? undefined : rows[row])}
              sort={sort}
              onSort={(name) => setSort(nextSort(sort, name))}
              selection={selection}
              onView={setViewed}
              onAct={act}
              onStageCell={editing.canEdit ? ({ row, name }, value) => editing.stageValue(row, name, value) : undefined}
              menu={menu}
              end={end}
            />
          )}
        </div>
        {editing.edited && details ? (
          <ItemPanel label={editing.edited.isNew ? 'New item' : 'Edit the item'}>
            <ItemEditor
              key={editing.edited.base ?? 'new'}
              {...editing.edited}
              details={details}
              onStage={editing.stageEdit}
              onCancel={editing.cancelEdit}
            />
          </ItemPanel>
        ) : (
          inspected &&
          index >= 0 && (
            <Inspector
              key={index}
              row={inspected}
              keyNames={keyNames}
              expiresBy={expiresBy}
              onEdit={editing.canEdit ? () => editing.edit(inspected) : undefined}
              onClose={() => setInspected(undefined)}
            />
          )
        )}
      </div>
      <SelectionBar
        selected={selection.rows.size === 0 ? [] : rows.filter((row) => selection.rows.has(row))}
        onClear={selection.clear}
        from={from}
        sort={sort}
        loaded={rows.length}
        onUnsort={() => setSort(undefined)}
        onDelete={editing.canEdit ? editing.remove : undefined}
        onJob={details && !isOver ? beginJob : undefined}
      />
      <StageBar stage={items.work.stage} onReview={() => editing.review(true)} />
      {footer(
        editing.canEdit && (
          <Button size="sm" variant="ghost" icon={Plus} onClick={editing.create} title="Alt+Insert">
            New item
          </Button>
        ),
      )}
      {editing.isReviewing && details && (
        <ReviewDialog
          stage={items.work.stage}
          details={details}
          place={`${session.role.name} in account ${session.role.accountId}, ${session.region}`}
          isOver={isOver}
          isHeld={safety.heldBy !== undefined}
          onClose={() => editing.review(false)}
          onWritten={editing.onWritten}
        />
      )}
      {viewed && <ValueViewer {...viewed} isExpiry={viewed.name === expiresBy} onClose={() => setViewed(undefined)} />}
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
