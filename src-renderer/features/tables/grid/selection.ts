import { useState } from 'react';
import type { ItemRow } from '../item-row.ts';

/** The rows that a person has picked. */
export interface Selection {
  rows: ReadonlySet<ItemRow>;
  toggle: (index: number) => void;
  /** From the row that was picked last up to this one. */
  extendTo: (index: number) => void;
  all: () => void;
  clear: () => void;
}

/** @param rows as they stand in the grid */
export function useSelection(rows: readonly ItemRow[]): Selection {
  const [picked, setPicked] = useState<ReadonlySet<ItemRow>>(() => new Set());
  const [anchor, setAnchor] = useState(0);
  return {
    rows: picked,
    toggle(index) {
      const row = rows[index];
      if (!row) return;
      setAnchor(index);
      const next = new Set(picked);
      if (!next.delete(row)) next.add(row);
      setPicked(next);
    },
    extendTo(index) {
      const [from, to] = anchor < index ? [anchor, index] : [index, anchor];
      setPicked(new Set([...picked, ...rows.slice(from, to + 1)]));
    },
    all: () => setPicked(new Set(rows)),
    clear: () => setPicked(new Set()),
  };
}
