import { memo, type ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';
import { cellRole, rowHeadRole, rowRole } from '../../../ui/roles.ts';
import type { RowMark } from '../editing/staged-rows.ts';
import type { ItemRow } from '../item-row.ts';
import { cellLook } from './cell-look.ts';
import { gutterWidth } from './columns.ts';
import type { DrawnColumn } from './use-grid-windows.ts';

export interface GridRowProps {
  row: ItemRow;
  index: number;
  top: number;
  height: number;
  pinned: readonly DrawnColumn[];
  free: readonly DrawnColumn[];
  pinnedWidth: number;
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
  const { row, index, top, height, pinned, free, pinnedWidth, activeColumn, mark, edited } = props;
  const { isInspected, isSelected } = props;
  const cell = ({ key, index: columnIndex, column, isPinned, place }: DrawnColumn) => {
    const isEdited = edited?.name === column.name;
    const look = isEdited ? undefined : cellLook(row.value(column.name));
    return (
      <div
        key={key}
        data-column={columnIndex}
        data-type={look?.type}
        tabIndex={columnIndex === activeColumn ? 0 : -1}
        style={place.style}
        className={cx(
          place.className,
          look ? 'grid-cell' : 'z-5',
          look?.className,
          isPinned && 'font-medium',
          mark?.names.has(column.name) && 'bg-warn-soft!',
        )}
        {...cellRole(columnIndex + 2, look?.label)}
      >
        {isEdited ? edited.editor : look?.text}
      </div>
    );
  };
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
      <PinnedCells width={pinnedWidth} className="z-1 bg-(--row-ground)">
        <RowBox isSelected={isSelected} label={`Pick row ${index + 1}`} mark={mark} />
        {pinned.map(cell)}
      </PinnedCells>
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

/**
 * The cells that stay when the others scroll sideways. They stick together: to a browser, each part of a row that sticks
 * by itself is work in every frame.
 */
export function PinnedCells({ width, className, children }: { width: number; className: string; children: ReactNode }) {
  return (
    <div className={cx('sticky left-0 h-full shrink-0', className)} style={{ width }}>
      {children}
    </div>
  );
}

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
      className="flex h-full items-center justify-center border-line border-r"
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
