import type { PointerEvent } from 'react';
import type { ItemRow } from '../item-row.ts';
import { cellTitle } from './cell-look.ts';
import type { GridColumn } from './columns.ts';
import { positionOf } from './position-of.ts';

/**
 * Says what a cell holds to whoever points at it. Found out for that one cell, and not for each that scrolls by; taken
 * away again, for the element may show another cell next.
 */
export function cellTitles(rows: readonly ItemRow[], columns: readonly GridColumn[]) {
  return {
    onPointerOver(event: PointerEvent) {
      const cell = cellOf(event.target);
      const position = cell && positionOf(cell);
      const column = position && columns[position.column];
      const title = column && cellTitle(rows[position.row]?.value(column.name));
      if (cell && title !== undefined) cell.title = title;
    },
    onPointerOut(event: PointerEvent) {
      cellOf(event.target)?.removeAttribute('title');
    },
  };
}

function cellOf(target: EventTarget): HTMLElement | undefined {
  return target instanceof HTMLElement && target.matches('.grid-cell') ? target : undefined;
}
