import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef } from 'react';
import { clipboardText } from '../../../../src-shared/values/write-value.ts';
import { toast } from '../../../ui/toast.ts';
import type { ItemRow } from '../item-row.ts';
import type { GridAct } from './grid.tsx';
import { type CellPosition, moveFrom } from './moves.ts';
import { positionOf } from './position-of.ts';
import type { Selection } from './selection.ts';
import { useDoubleClick } from './use-double-click.ts';
import type { GridLayoutControl } from './use-grid-layout.ts';

/** What the grid tells its keys. */
export interface GridKeysOptions {
  scroller: RefObject<HTMLElement | null>;
  rows: readonly ItemRow[];
  control: GridLayoutControl;
  active: CellPosition;
  inspected: number | undefined;
  pageRows: () => number;
  onMove: (next: CellPosition) => void;
  onInspect: (row: number | undefined) => void;
  /** Shows a cell's value whole. */
  onView: (position: CellPosition) => void;
  onSort: (name: string) => void;
  onAct: (act: GridAct) => void;
  /** Edits a cell in its place; `typed` is what was typed on it. */
  onEditCell: (position: CellPosition, typed?: string) => void;
  selection: Selection;
}

const widthStep = 16;

/** What keys, clicks and the clipboard do in the grid. One handler each for the whole grid, none for its cells. */
export function useGridKeys(options: GridKeysOptions) {
  const { scroller, rows, control, active, inspected, onMove, onInspect, onView, onSort, onAct, selection } = options;
  const { columns } = control.layout;
  const bringsFocus = useRef(false);
  useEffect(() => {
    if (!bringsFocus.current) return;
    bringsFocus.current = false;
    cellAt(scroller.current, active)?.focus({ preventScroll: true });
  }, [scroller, active]);

  const noteClick = useDoubleClick((position) => {
    if (position.row >= 0) options.onEditCell(position);
  });

  const move = (next: CellPosition) => {
    bringsFocus.current = true;
    onMove(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const column = columns[active.column];
    if (event.shiftKey && active.row === -1 && column && /^Arrow(Left|Right)$/.test(event.key)) {
      event.preventDefault();
      control.setWidth(column.name, column.width + (event.key === 'ArrowRight' ? widthStep : -widthStep));
      return;
    }
    if (event.altKey && active.row === -1 && column && /^Arrow(Left|Right)$/.test(event.key)) {
      event.preventDefault();
      const by = event.key === 'ArrowRight' ? 1 : -1;
      control.move(column.name, by);
      if (!column.isKey) move({ row: -1, column: active.column + by });
      return;
    }
    if (event.key === 'Escape' && (inspected !== undefined || selection.rows.size > 0)) {
      event.stopPropagation();
      if (inspected !== undefined) onInspect(undefined);
      else selection.clear();
      return;
    }
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.key.toLowerCase() === 'a' && isCommand) {
      event.preventDefault();
      selection.all();
      return;
    }
    const act = actOf(event);
    if (act) {
      event.preventDefault();
      onAct(act);
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      pick(active.row, event.shiftKey);
      return;
    }
    if (event.key === 'Enter' && !isCommand) {
      event.preventDefault();
      if (active.row < 0) onSort(column?.name ?? '');
      else if (event.shiftKey) onView(active);
      else onInspect(active.row);
      return;
    }
    if (active.row >= 0 && !isCommand && !event.altKey && [...event.key].length === 1) {
      event.preventDefault();
      options.onEditCell(active, event.key);
      return;
    }
    const size = { rows: rows.length, columns: columns.length, pageRows: options.pageRows() };
    const next = event.altKey || event.shiftKey ? undefined : moveFrom(active, event.key, isCommand, size);
    if (!next) return;
    event.preventDefault();
    move(next);
  };

  const pick = (row: number, isRange: boolean) => {
    if (row >= 0 && isRange) selection.extendTo(row);
    else if (row >= 0) selection.toggle(row);
    else if (selection.rows.size === rows.length) selection.clear();
    else selection.all();
  };

  const onClick = (event: MouseEvent) => {
    const box = pickedRow(event.target);
    if (box !== undefined) {
      pick(box, event.shiftKey);
      return;
    }
    const next = positionOf(event.target);
    if (!next) return;
    noteClick(next, event.nativeEvent);
    move(next);
    if (next.row < 0) onSort(columns[next.column]?.name ?? '');
    else if (event.ctrlKey || event.metaKey || event.shiftKey) pick(next.row, event.shiftKey);
    else onInspect(next.row);
  };

  /** Brings the focus back to the grid when a cell has been edited. */
  const focusAfter = (after: 'stay' | 'down' | 'right') => {
    const { row, column } = active;
    if (after === 'down') move({ row: Math.min(row + 1, rows.length - 1), column });
    else if (after === 'right') move({ row, column: Math.min(column + 1, columns.length - 1) });
    else move({ row, column });
  };

  /** The menu is about the cell under the pointer. */
  const onContextMenu = (event: MouseEvent) => {
    const next = positionOf(event.target);
    if (next && next.row >= 0) onMove(next);
  };

  const onCopy = (event: ClipboardEvent) => {
    // Who has selected some text wants that text.
    if (getSelection()?.isCollapsed === false) return;
    const column = columns[active.column];
    const value = column && rows[active.row]?.value(column.name);
    if (!column || (active.row >= 0 && !value)) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', value ? clipboardText(value) : column.name);
    toast({ title: `Copied ${value ? `the value of ${column.name}` : `the name ${column.name}`}` });
  };

  return { focusAfter, props: { onKeyDown, onClick, onContextMenu, onCopy } };
}

/** The element of a cell, if it is drawn. */
function cellAt(scroller: HTMLElement | null, { row, column }: CellPosition): HTMLElement | null | undefined {
  return scroller?.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`);
}

/** What a key asks to be done with the item. */
function actOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): GridAct | undefined {
  if (key === 'F2') return 'edit';
  if (key === 'Delete') return 'remove';
  if (key === 'Insert' && altKey) return ctrlKey || metaKey ? 'duplicate' : 'create';
  return undefined;
}

/** The row whose box was clicked; -1 for the box of all rows. */
function pickedRow(target: EventTarget): number | undefined {
  if (!(target instanceof Element) || !target.closest('[data-pick]')) return undefined;
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return row === undefined ? undefined : Number(row);
}
