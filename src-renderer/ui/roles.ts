/*
 * Lists and grids that draw only what can be seen. Native tables and selects count what is in the document; here
 * that is a handful of many, so roles and positions are said by attributes instead. Each function gives the
 * attributes of one kind of element, to be spread over it.
 */

/** A grid, with all its rows and columns, drawn or not. */
export function gridRole(label: string, rows: number, columns?: number, isMultiselectable?: boolean) {
  return {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': rows,
    'aria-colcount': columns,
    'aria-multiselectable': isMultiselectable,
  } as const;
}

/** A row of a grid, by its place from 1. */
export function rowRole(row: number, isSelected?: boolean) {
  return { role: 'row', 'aria-rowindex': row, 'aria-selected': isSelected } as const;
}

/** A cell of a grid; its column from 1, where columns can be missing. A sign in it that stands for something has a label. */
export function cellRole(column?: number, label?: string) {
  return { role: 'gridcell', 'aria-colindex': column, 'aria-label': label } as const;
}

/** What stands at the beginning of a row and is no value of it: the box that picks it. */
export function rowHeadRole() {
  return { role: 'rowheader', 'aria-colindex': 1 } as const;
}

/** The head of a column, and how the rows are sorted by it. */
export function headRole(column: number, sort?: 'ascending' | 'descending') {
  return { role: 'columnheader', 'aria-colindex': column, 'aria-sort': sort } as const;
}

/** A list to choose from. */
export function listRole(label: string) {
  return { role: 'listbox', 'aria-label': label } as const;
}

/** One thing to choose, by its place from 1 among all. */
export function optionRole(place: number, count: number, isSelected: boolean) {
  return { role: 'option', 'aria-posinset': place, 'aria-setsize': count, 'aria-selected': isSelected } as const;
}
