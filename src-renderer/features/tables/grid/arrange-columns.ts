import type { ColumnArrangement } from '../../../state/column-layouts.ts';

/** The columns that can be arranged: all but the key's, in their order, hidden ones included. */
export function arrangeable(keyNames: readonly string[], names: readonly string[], order: readonly string[]): string[] {
  const keys = new Set(keyNames);
  const seen = new Set(names);
  const first = order.filter((name) => seen.has(name) && !keys.has(name));
  const placed = new Set(first);
  return [...first, ...names.filter((name) => !keys.has(name) && !placed.has(name))];
}

/** The columns to draw after the key's. */
export function shownColumns(
  keyNames: readonly string[],
  names: readonly string[],
  { order, hidden }: ColumnArrangement,
): string[] {
  const isHidden = new Set(hidden);
  return arrangeable(keyNames, names, order).filter((name) => !isHidden.has(name));
}

/** The order after a column has been moved by some places among the others. */
export function movedColumn(all: readonly string[], name: string, by: number): string[] {
  const from = all.indexOf(name);
  const to = Math.min(Math.max(from + by, 0), all.length - 1);
  const others = all.filter((other) => other !== name);
  return from < 0 ? [...all] : [...others.slice(0, to), name, ...others.slice(to)];
}
