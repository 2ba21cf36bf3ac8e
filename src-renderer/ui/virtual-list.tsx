import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { gridRole, listRole, optionRole, rowRole } from './roles.ts';
import type { ListNavigation } from './use-list-navigation.ts';

export interface VirtualListProps<Row> {
  /** What the list is, for screen readers. */
  label: string;
  rows: readonly Row[];
  rowHeight: number;
  navigation: ListNavigation;
  /** `grid` for rows that hold buttons of their own, which options of a listbox must not. */
  kind?: 'listbox' | 'grid';
  /** Whether the row is the chosen one, as opposed to the one that Enter would choose. */
  isSelected?: (row: Row) => boolean;
  rowKey: (row: Row) => string;
  renderRow: (row: Row, state: { isActive: boolean }) => ReactNode;
  /** The list takes the focus and the keys itself: for a list that no search box steers. */
  isFocusable?: boolean;
  /** What is looked at stays where it is when rows come in above it. */
  keepsPlace?: boolean;
  className?: string;
}

const overscan = 8;

/** A list of any length, of which only what can be seen is drawn. A search box steers it (useListNavigation). */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { label, rows, rowHeight, navigation, kind = 'listbox', isSelected, rowKey, renderRow, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rowKey(rows[index]!),
    overscan,
  });
  useKeptPlace(scroller, props.keepsPlace === true, rows, rowKey, rowHeight);
  const { active } = navigation;
  const { onKeyDown } = navigation.inputProps;
  // A row that is scrolled away is not in the document, and cannot be pointed to.
  const isDrawn = virtualizer.getVirtualItems().some(({ index }) => index === active);
  const activeId = isDrawn ? navigation.rowId(active) : undefined;
  const focusable = { tabIndex: 0, onKeyDown, 'aria-activedescendant': activeId };
  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active);
  }, [active, virtualizer]);

  const rowAttributes = (index: number, isActive: boolean) => {
    const selected = isSelected ? isSelected(rows[index]!) : isActive;
    return kind === 'grid' ? rowRole(index + 1, selected) : optionRole(index + 1, rows.length, selected);
  };
  return (
    <div
      ref={scroller}
      id={navigation.id}
      className={cx('min-h-0 flex-1 overflow-y-auto', className)}
      {...(kind === 'grid' ? gridRole(label, rows.length) : listRole(label))}
      {...navigation.listProps}
      {...(props.isFocusable === true && focusable)}
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            id={navigation.rowId(index)}
            data-index={index}
            className="absolute inset-x-0 top-0"
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            {...rowAttributes(index, index === active)}
          >
            {renderRow(rows[index]!, { isActive: index === active })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Scrolls by as much as has come in above, unless the top itself is looked at. */
function useKeptPlace<Row>(
  scroller: RefObject<HTMLDivElement | null>,
  isOn: boolean,
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  rowHeight: number,
): void {
  const [top] = rows;
  const first = top === undefined ? undefined : rowKey(top);
  const before = useRef(first);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = first;
    const element = scroller.current;
    if (!isOn || !element || old === undefined || old === first || element.scrollTop === 0) return;
    const added = rows.findIndex((row) => rowKey(row) === old);
    if (added > 0) element.scrollTop += added * rowHeight;
  }, [scroller, isOn, rows, rowKey, rowHeight, first]);
}
