import { preview } from '../../../../src-shared/values/preview.ts';
import type { ItemRow } from '../item-row.ts';

/** One column of the grid: an attribute and where it stands. */
export interface GridColumn {
  name: string;
  isKey: boolean;
  /** Where what stays ends and what scrolls begins. */
  isLastPinned: boolean;
  width: number;
  /** Distance from the grid's left edge, when it is not scrolled. */
  left: number;
}

/** All columns, left to right; the pinned ones come first and stay when the others scroll. */
export interface GridLayout {
  columns: readonly GridColumn[];
  pinnedCount: number;
  pinnedWidth: number;
  totalWidth: number;
}

/** Between these a person may drag a column's edge. */
export const narrowestColumn = 56;
/** See {@link narrowestColumn}. */
export const widestColumn = 1200;
/** Room at the left edge for the boxes that pick rows. */
export const gutterWidth = 32;
/** A key can have eight attributes; more pinned ones than these would leave no room for the rest. */
const mostPinned = 3;
const widestByItself = 280;
const cellPadding = 24;
const keyIcon = 18;
const digitWidth = 7.3;
const widestNumber = 320;
const sampledRows = 40;
const sampledCharacters = 60;

/**
 * The columns of a grid: the key's attributes first, then all others as they were first seen.
 * More rows can only add columns at the end; nothing that stands is moved.
 */
export function layoutColumns(
  keyNames: readonly string[],
  names: readonly string[],
  widthOf: (name: string) => number,
): GridLayout {
  const isKey = new Set(keyNames);
  const columns: GridColumn[] = [];
  const pinnedCount = Math.min(keyNames.length, mostPinned);
  let left = gutterWidth;
  for (const name of [...keyNames, ...names.filter((name) => !isKey.has(name))]) {
    const width = widthOf(name);
    const isLastPinned = columns.length === pinnedCount - 1;
    columns.push({ name, isKey: isKey.has(name), isLastPinned, width, left });
    left += width;
  }
  return { columns, pinnedCount, pinnedWidth: columns[pinnedCount]?.left ?? left, totalWidth: left };
}

/** A width that suits a column's name and what the first rows hold in it. */
export function fittingWidth(name: string, rows: readonly ItemRow[], widest: number = widestByItself): number {
  let text = textWidth(name) + keyIcon;
  let number = 0;
  for (const row of rows.slice(0, sampledRows)) {
    const value = row.value(name);
    if (!value) continue;
    // Every type but S has its letters before it.
    const letters = value.type === 'S' ? '' : `${value.type} `;
    if (value.type === 'N') number = Math.max(number, (value.text.length + 3) * digitWidth);
    else text = Math.max(text, textWidth(letters + preview(value, sampledCharacters)));
  }
  // A number that is cut is another number: 38 digits and a sign have room.
  const width = Math.ceil(Math.max(Math.min(text, widest), Math.min(number, widestNumber))) + cellPadding;
  return Math.max(width, narrowestColumn + 16);
}

/** About how wide a text is; near enough for a first width, and without asking the browser to measure. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 9.4 : narrow.test(character) ? 4.2 : 7.3;
  return width;
}

const wide = /[A-Z@%&mwMW\u2e80-\uffef]/u;
const narrow = /[ .,:;'|!iljtf()[\]{}]/;
