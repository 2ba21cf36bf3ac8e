import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useMemo } from 'react';
import type { GridLayout } from './columns.ts';
import type { DrawnColumn } from './grid-row.tsx';
import type { CellPosition } from './moves.ts';

/** In pixels; every row has the same, which is what makes a million of them cheap. */
export const rowHeight = 28;
/** In pixels. */
export const headerHeight = 32;
const rowOverscan = 10;
const columnOverscan = 5;

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

  const virtualFree = free.getVirtualItems();
  const drawn = useMemo(() => {
    const draw = (index: number): DrawnColumn => ({ index, column: columns[index]! });
    return {
      pinned: columns.slice(0, pinnedCount).map((_, index) => draw(index)),
      free: virtualFree.filter(({ index }) => index < freeCount).map(({ index }) => draw(index + pinnedCount)),
    };
  }, [columns, pinnedCount, freeCount, virtualFree]);

  const reveal = ({ row, column }: CellPosition) => {
    if (row >= 0) rows.scrollToIndex(row);
    if (column >= pinnedCount) free.scrollToIndex(column - pinnedCount);
  };
  return { rows, drawn, reveal };
}

/** The range, and one index more: a focused cell that is not drawn would lose the focus. */
function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((a, b) => a - b);
}
