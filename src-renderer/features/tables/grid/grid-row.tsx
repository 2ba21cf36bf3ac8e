import { memo, type ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';
import { cellRole, rowHeadRole, rowRole } from '../../../ui/roles.ts';
import type { RowMark } from '../editing/staged-rows.ts';
import type { ItemRow } from '../item-row.ts';
import { CellContent } from './cell-content.tsx';
import { gutterWidth } from './columns.ts';
import type { DrawnColumn } from './use-grid-windows.ts';

export interface GridRowProps {
  row: ItemRow;
  index: number;
  top: number;
  height: number;
  pinned: readonly DrawnColumn[];
  free: readonly DrawnColumn[];
  /** Column of the cell that has the grid's focus; -1 in all rows but one. */
  activeColumn: number;
  isInspected: boolean;
  isSelected: boolean;
  /** What is staged for it. */
  mark: RowMark | undefined;
  /** The cell that is being edited, and its editor. */
  edited?: { name: string; editor: ReactNode } | undefined;
}

/** One item. Drawn again only when something of it changes: scrolling up and down moves rows, it does not redraw them. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, top, height, pinned, free, activeColumn, isInspected, isSelected, mark, edited } = props;
  const cell = ({ key, index: columnIndex, column, isPinned, place }: DrawnColumn) => (
    <div
      key={key}
      data-column={columnIndex}
      tabIndex={columnIndex === activeColumn ? 0 : -1}
      style={place.style}
      className={cx(
        place.className,
        edited?.name === column.name ? 'z-5' : 'grid-cell',
        isPinned && 'z-1 bg-(--row-ground) font-medium',
        mark?.names.has(column.name) && 'bg-warn-soft!',
      )}
      {...cellRole(columnIndex + 2)}
    >
      {edited?.name === column.name ? edited.editor : <CellContent value={row.value(column.name)} />}
    </div>
  );
  return (
    <div
      data-row={index}
      className={cx(
        'grid-row absolute top-0 left-0 flex w-full border-line border-b',
        edited && 'z-5',
        mark && markLooks[mark.change.kind],
        isInspected ? 'grid-row-inspected' : isSelected && 'grid-row-selected',
      )}
      style={{ height, transform: `translateY(${top}px)` }}
      aria-current={isInspected || undefined}
      {...rowRole(index + 2, isSelected)}
    >
      <RowBox isSelected={isSelected} label={`Pick row ${index + 1}`} mark={mark} />
      {pinned.map(cell)}
      {free.map(cell)}
    </div>
  );
});

const markLooks = {
  insert: 'grid-row-insert',
  edit: 'grid-row-edit',
  delete: 'grid-row-delete',
} as const;
const markWords = { insert: 'New, not written yet', edit: 'Edited, not written yet', delete: 'To be deleted' } as const;

interface RowBoxProps {
  isSelected: boolean;
  label: string;
  mark?: RowMark | undefined;
}

/** The box at the left edge that picks a row, or in the header all of them. The keyboard has Space for it. */
export function RowBox({ isSelected, label, mark }: RowBoxProps) {
  return (
    <div
      data-pick
      className="sticky left-0 z-1 flex h-full shrink-0 items-center justify-center border-line border-r bg-(--row-ground,var(--canvas))"
      style={{ width: gutterWidth }}
      {...rowHeadRole()}
    >
      {mark && <span className="sr-only">{markWords[mark.change.kind]}</span>}
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={label}
        checked={isSelected}
        readOnly
        className="size-3.5 accent-(--accent)"
      />
    </div>
  );
}
