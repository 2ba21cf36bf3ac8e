/** A place in the document, and what it shows at present. */
export interface Slot {
  /** Stays with its element, whatever the element shows. */
  key: number;
  index: number;
}

/**
 * Which elements show which rows (or columns), when some come into sight and others leave it. Elements that are no
 * longer needed take up what has come: to fill one in anew costs a browser a fraction of making another. What stays
 * in sight stays in its element, so that the focus stays.
 *
 * @param before what was drawn last, in the order of the document
 * @param indexes what is to be drawn, in order
 * @param isSorted whether the order of the document must be that of the indexes again. Moving elements costs as much as
 *   making them, so this waits until scrolling ends
 * @returns the same array when nothing is different
 */
export function assignSlots(before: readonly Slot[], indexes: readonly number[], isSorted: boolean): readonly Slot[] {
  const wanted = new Set(indexes);
  const shown = new Set(before.map(({ index }) => index));
  const fresh = indexes.filter((index) => !shown.has(index));
  const isSame = fresh.length === 0 && before.length === indexes.length;
  if (isSame && (!isSorted || before.every(({ index }, place) => index === indexes[place]))) return before;
  let next = 0;
  let largest = -1;
  const slots: Slot[] = [];
  for (const slot of before) {
    largest = Math.max(largest, slot.key);
    if (wanted.has(slot.index)) slots.push(slot);
    else if (next < fresh.length) slots.push({ key: slot.key, index: fresh[next++]! });
  }
  for (const index of fresh.slice(next)) slots.push({ key: ++largest, index });
  return isSorted ? slots.sort((a, b) => a.index - b.index) : slots;
}
