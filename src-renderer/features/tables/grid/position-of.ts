import type { CellPosition } from './moves.ts';

/** The cell that something inside the grid belongs to. */
export function positionOf(target: EventTarget): CellPosition | undefined {
  if (!(target instanceof Element) || target.closest('[role=separator], hr')) return undefined;
  const column = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return column === undefined || row === undefined ? undefined : { row: Number(row), column: Number(column) };
}
