import type { CSSProperties } from 'react';
import { cx } from '../../../ui/cx.ts';
import type { GridColumn } from './columns.ts';

/** Where the cells of a column stand, in the header and in every row alike. */
export interface CellPlace {
  className: string;
  style: CSSProperties;
}

/** See {@link CellPlace}. One for all cells of a column: what is the same object need not be compared. */
export function cellPlace(column: GridColumn): CellPlace {
  return {
    className: cx(
      'absolute top-0 h-full border-r px-2.5 outline-none ring-inset focus:ring-2 focus:ring-focus',
      column.isLastPinned ? 'border-line-strong' : 'border-line',
    ),
    style: { left: column.left, width: column.width },
  };
}
