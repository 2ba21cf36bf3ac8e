/** The tables that are open side by side, and which of them is in front. */
export interface Desk {
  open: string[];
  active?: string | undefined;
}

/** The desk without a table: when it was in front, the next one comes there, or else the one before. */
export function afterClosing({ open, active }: Desk, table: string): Desk {
  const index = open.indexOf(table);
  const left = open.filter((other) => other !== table);
  const front = active === table ? (left[index] ?? left[index - 1]) : active;
  return front === undefined ? { open: left } : { open: left, active: front };
}
