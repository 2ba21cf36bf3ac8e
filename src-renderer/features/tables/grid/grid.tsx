import { type ReactNode, useRef, useState } from 'react';
import type { AttributeValue } from '../../../../src-shared/values/attribute-value.ts';
import { Button } from '../../../ui/button.tsx';
import { ContextMenu } from '../../../ui/context-menu.tsx';
import { gridRole } from '../../../ui/roles.ts';
import type { RowMark } from '../editing/staged-rows.ts';
import type { ItemRow } from '../item-row.ts';
import { cellTitles } from './cell-titles.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import type { CellPosition } from './moves.ts';
import type { Selection } from './selection.ts';
import type { LocalSort } from './sort-rows.ts';
import { useCellEditing } from './use-cell-editing.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { useGridLayout } from './use-grid-layout.ts';
import { headerHeight, rowHeight, topOfRow, useGridWindows } from './use-grid-windows.ts';

/** A cell: an attribute of an item. */
export interface GridCell {
  row: ItemRow;
  name: string;
}

/** What a key asks for an item, or for a new one. */
export type GridAct = 'edit' | 'duplicate' | 'create' | 'remove';

/** A value to be shown whole. */
export interface ViewedValue {
  name: string;
  value: AttributeValue;
}

export interface GridProps {
  label: string;
  /** Which table this is, for what is remembered of it. */
  tableKey: string;
  rows: readonly ItemRow[];
  /** The attributes of the key, which are pinned. */
  keyNames: readonly string[];
  /** All attributes that were seen. */
  names: readonly string[];
  /** The row that the inspector shows. */
  inspected: number | undefined;
  onInspect: (row: number | undefined) => void;
  sort: LocalSort | undefined;
  onSort: (name: string) => void;
  selection: Selection;
  onView: (value: ViewedValue) => void;
  onAct: (act: GridAct, row: ItemRow | undefined) => void;
  /** Stages another value of a cell. @returns why that cannot be, in words. Undefined where nothing can be edited */
  onStageCell?: ((cell: GridCell, value: AttributeValue) => Promise<string | undefined>) | undefined;
  /** What is staged for the rows. */
  marks: ReadonlyMap<ItemRow, RowMark>;
  /** What can be done with a cell, for its menu. */
  menu: (cell: GridCell) => ReactNode;
  /** What stands below the last row: the way on, or that there is none. */
  end: { words: string; onClick?: () => void; isBusy?: boolean };
}

/** Items in rows and columns, of which only what can be seen is drawn. */
export function Grid(props: GridProps) {
  const { label, tableKey, rows, keyNames, names, inspected, onInspect, end } = props;
  const { sort, onSort, selection, onView, onAct, marks, menu } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const control = useGridLayout(tableKey, keyNames, names, rows);
  const { layout } = control;
  const [active, setActive] = useState<CellPosition>({ row: 0, column: 0 });
  const windows = useGridWindows(scroller, rows.length, layout, active);
  const bodyHeight = headerHeight + rows.length * rowHeight;

  const handlers = useGridKeys({
    scroller,
    rows,
    control,
    active,
    inspected,
    pageRows: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
    onMove: (next) => {
      setActive(next);
      windows.reveal(next);
      if (inspected !== undefined && next.row >= 0) onInspect(next.row);
    },
    onInspect,
    onSort,
    selection,
    onEditCell: ({ row, column }, typed) => {
      const name = layout.columns[column]?.name;
      const item = rows[row];
      if (name !== undefined && item) editor.begin({ row: item, name }, typed);
    },
    onAct: (act) => onAct(act, rows[active.row]),
    onView: ({ row, column }) => {
      const name = layout.columns[column]?.name;
      const value = name === undefined ? undefined : rows[row]?.value(name);
      if (name !== undefined && value) onView({ name, value });
    },
  });
  const editor = useCellEditing({
    rows,
    keyNames,
    stage: props.onStageCell,
    onForm: (row) => onAct('edit', row),
    onClose: handlers.focusAfter,
  });
  const activeRow = rows[active.row];
  const activeName = layout.columns[active.column]?.name;

  return (
    <div ref={scroller} className="grid-scroller relative min-h-0 flex-1 overflow-auto">
      <ContextMenu
        menu={activeRow && activeName !== undefined && <CellMenu menu={menu} row={activeRow} name={activeName} />}
        className="relative"
        style={{ width: layout.totalWidth, height: bodyHeight, minWidth: '100%' }}
        {...gridRole(label, rows.length + 1, layout.columns.length + 1, true)}
        {...handlers.props}
        {...cellTitles(rows, layout.columns)}
      >
        <GridHeader
          height={headerHeight}
          {...windows.drawn}
          activeColumn={active.row === -1 ? active.column : -1}
          control={control}
          sort={sort}
          isAllSelected={selection.rows.size > 0 && selection.rows.size === rows.length}
        />
        {windows.rows.map(({ key, index }) => (
          <GridRow
            key={key}
            row={rows[index]!}
            index={index}
            top={topOfRow(index)}
            height={rowHeight}
            {...windows.drawn}
            pinnedWidth={layout.pinnedWidth}
            activeColumn={index === active.row ? active.column : -1}
            isInspected={index === inspected}
            isSelected={selection.rows.has(rows[index]!)}
            mark={marks.get(rows[index]!)}
            edited={editor.of(rows[index]!)}
          />
        ))}
      </ContextMenu>
      <div className="sticky left-0 flex h-12 w-full max-w-[calc(100cqw)] items-center justify-center text-faint text-sm">
        {end.onClick ? (
          <Button size="sm" variant="ghost" busy={end.isBusy ?? false} onClick={end.onClick}>
            {end.words}
          </Button>
        ) : (
          end.words
        )}
      </div>
    </div>
  );
}

/** What can be done with a cell: found out when the menu opens, and not at each scroll. */
function CellMenu({ menu, ...cell }: GridCell & Pick<GridProps, 'menu'>) {
  return menu(cell);
}
