import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { type CellPlace, cellPlace } from './cell-place.ts';
import type { GridColumn, GridLayout } from './columns.ts';
import type { CellPosition } from './moves.ts';
import { assignSlots, type Slot } from './slots.ts';

/** In pixels; every row has the same, which is what makes a million of them cheap. */
export const rowHeight = 28;
/** In pixels. */
export const headerHeight = 32;
const rowOverscan = 5;
const columnOverscan = 2;

/** A column that is drawn, its place among all columns, and where and how its cells stand. */
export interface DrawnColumn extends Slot {
  column: GridColumn;
  isPinned: boolean;
  place: CellPlace;
}

/** Which rows and columns are drawn: what can be seen, a little around it, and the cell that has the focus. */
export function useGridWindows(
  scroller: RefObject<HTMLDivElement | null>,
  rowCount: number,
  layout: GridLayout,
  active: CellPosition,
) {
  const { columns, pinnedCount, pinnedWidth } = layout;
  // Both must keep their identity while the focus stays, or every scroll would redraw every row.
  const withActiveRow = useCallback((range: Range) => withIndex(range, active.row), [active.row]);
  const withActiveColumn = useCallback(
    (range: Range) => withIndex(range, active.column - pinnedCount),
    [active.column, pinnedCount],
  );
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: rowOverscan,
    paddingStart: headerHeight,
    scrollPaddingStart: headerHeight,
    rangeExtractor: withActiveRow,
  });
  const freeCount = columns.length - pinnedCount;
  const free = useVirtualizer({
    horizontal: true,
    count: freeCount,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index + pinnedCount]!.width,
    overscan: columnOverscan,
    paddingStart: pinnedWidth,
    scrollPaddingStart: pinnedWidth,
    rangeExtractor: withActiveColumn,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured anew when the layout changes.
  useEffect(() => free.measure(), [free, layout]);

  const isStill = !rows.isScrolling && !free.isScrolling;
  const rowSlots = useSlots(
    rows.getVirtualItems().map(({ index }) => index),
    isStill,
  );
  const freeSlots = useSlots(
    free
      .getVirtualItems()
      .map(({ index }) => index)
      .filter((index) => index < freeCount),
    isStill,
  );
  const drawn = useMemo(() => {
    const draw = ({ key, index }: Slot, isPinned: boolean): DrawnColumn => {
      const column = columns[index]!;
      return { key, index, column, isPinned, place: cellPlace(column) };
    };
    return {
      pinned: columns.slice(0, pinnedCount).map((_, index) => draw({ key: index, index }, true)),
      free: freeSlots
        .filter(({ index }) => index < freeCount)
        .map(({ key, index }) => draw({ key: key + pinnedCount, index: index + pinnedCount }, false)),
    };
  }, [columns, pinnedCount, freeCount, freeSlots]);

  const reveal = ({ row, column }: CellPosition) => {
    if (row >= 0) rows.scrollToIndex(row);
    if (column >= pinnedCount) free.scrollToIndex(column - pinnedCount);
  };
  return { rows: rowSlots.filter(({ index }) => index < rowCount), drawn, reveal };
}

/** Where a row stands, from the top of the grid. */
export function topOfRow(index: number): number {
  return headerHeight + index * rowHeight;
}

function useSlots(indexes: readonly number[], isSorted: boolean): readonly Slot[] {
  const last = useRef<readonly Slot[]>([]);
  last.current = assignSlots(last.current, indexes, isSorted);
  return last.current;
}

/** The range, and one index more: a focused cell that is not drawn would lose the focus. */
function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((a, b) => a - b);
}
