/** A place in the grid. Row -1 is the header. */
export interface CellPosition {
  row: number;
  column: number;
}

/** How large the grid is, and how many rows a page of it has. */
export interface GridSize {
  rows: number;
  columns: number;
  pageRows: number;
}

/** Where a key leads from a cell; undefined for keys that do not move. Moves end at the edges. */
export function moveFrom(
  { row, column }: CellPosition,
  key: string,
  isFar: boolean,
  { rows, columns, pageRows }: GridSize,
): CellPosition | undefined {
  const to = (nextRow: number, nextColumn: number): CellPosition => ({
    row: Math.min(Math.max(nextRow, -1), rows - 1),
    column: Math.min(Math.max(nextColumn, 0), columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return isFar ? to(0, column) : to(row - 1, column);
    case 'ArrowDown':
      return isFar ? to(rows - 1, column) : to(row + 1, column);
    case 'ArrowLeft':
      return to(row, isFar ? 0 : column - 1);
    case 'ArrowRight':
      return to(row, isFar ? columns - 1 : column + 1);
    case 'Home':
      return isFar ? to(0, 0) : to(row, 0);
    case 'End':
      return isFar ? to(rows - 1, columns - 1) : to(row, columns - 1);
    case 'PageUp':
      return to(Math.max(0, row - pageRows), column);
    case 'PageDown':
      return to(row + pageRows, column);
    default:
      return undefined;
  }
}
