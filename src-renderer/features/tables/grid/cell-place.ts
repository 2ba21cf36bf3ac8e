import type { CSSProperties } from 'react';
import { cx } from '../../../ui/cx.ts';
import type { GridColumn } from './columns.ts';

/** Where a cell of a column stands, in the header and in every row alike, and how it shows that it has the focus. */
export function cellPlace(
  column: GridColumn,
  isPinned: boolean,
  look: string,
): { className: string; style: CSSProperties } {
  return {
    className: cx(
      'flex h-full shrink-0 items-center border-r px-2.5 outline-none ring-inset focus:ring-2 focus:ring-focus',
      isPinned ? 'sticky' : 'absolute top-0',
      column.isLastPinned ? 'border-line-strong' : 'border-line',
      look,
    ),
    style: { left: column.left, width: column.width },
  };
}
