import { useMemo, useRef } from 'react';
import { useColumnArrangement } from '../../../state/column-layouts.ts';
import { useColumnWidths } from '../../../state/column-widths.ts';
import type { ItemRow } from '../item-row.ts';
import { arrangeable, movedColumn, shownColumns } from './arrange-columns.ts';
import { fittingWidth, type GridLayout, layoutColumns, narrowestColumn, widestColumn } from './columns.ts';

/** The layout, and how to change it. */
export interface GridLayoutControl {
  layout: GridLayout;
  setWidth: (name: string, width: number) => void;
  /** Makes a column as wide as what is loaded in it. */
  fit: (name: string) => void;
  /** Moves a column among those that are not of the key. */
  move: (name: string, by: number) => void;
}

/** Where the columns stand: in the widths that the person gave them, or else in widths that suit their first rows. */
export function useGridLayout(
  tableKey: string,
  keyNames: readonly string[],
  names: readonly string[],
  rows: readonly ItemRow[],
): GridLayoutControl {
  const [chosen, choose] = useColumnWidths(tableKey);
  const [arrangement, arrange] = useColumnArrangement(tableKey);
  // A column keeps the width that it appeared with: later rows must not move it under the pointer.
  const byThemselves = useRef(new Map<string, number>());
  const layout = useMemo(() => {
    const widthOf = (name: string): number => {
      const own = chosen[columnId(name)];
      if (own !== undefined) return Math.min(Math.max(own, narrowestColumn), widestColumn);
      const known = byThemselves.current.get(name) ?? fittingWidth(name, rows);
      byThemselves.current.set(name, known);
      return known;
    };
    return layoutColumns(keyNames, shownColumns(keyNames, names, arrangement), widthOf);
  }, [chosen, arrangement, keyNames, names, rows]);
  const setWidth = (name: string, width: number) => choose({ ...chosen, [columnId(name)]: width });
  return {
    layout,
    setWidth,
    fit: (name) => setWidth(name, fittingWidth(name, rows, 640)),
    move(name, by) {
      const { order, hidden } = arrangement;
      const all = arrangeable(keyNames, names, order);
      if (all.includes(name)) arrange({ hidden, order: movedColumn(all, name, by) });
    },
  };
}

/** An attribute may be called `__proto__`; a property of a plain object must not. */
function columnId(name: string): string {
  return `:${name}`;
}
