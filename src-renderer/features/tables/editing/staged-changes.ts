import type { StagedChange } from '../../../../src-shared/contracts/staging.ts';
import { itemDiff, keyText, withChanges } from '../../../../src-shared/staging/item-diff.ts';
import type { Item } from '../../../../src-shared/values/attribute-value.ts';
import { canonicalText, sameItem } from '../../../../src-shared/values/compare.ts';
import { parseItem } from '../../../../src-shared/values/parse-item.ts';
import { writeItem } from '../../../../src-shared/values/write-value.ts';

/** What tells an item from others: its key's values, whatever they are spelled like. */
export function identityOf(item: Item, keyNames: readonly string[]): string {
  return keyText(item, keyNames, canonicalText);
}

/** The identity of the item that a change is about, as it is in the table; a new item's own. */
export function identityOfChange(change: StagedChange, keyNames: readonly string[]): string {
  return identityOf(parseItem(change.kind === 'insert' ? change.item : change.base), keyNames);
}

/**
 * The changes with an item edited once more. `base` is the item as it is in the table or, for one that is new
 * itself, as it was staged. What becomes the base again is no change any more.
 */
export function withEdit(
  changes: readonly StagedChange[],
  { id, base, item }: { id: string; base: string; item: Item },
  keyNames: readonly string[],
): StagedChange[] {
  const identity = identityOf(parseItem(base), keyNames);
  const known = changes.find((change) => identityOfChange(change, keyNames) === identity);
  const text = writeItem(item);
  if (known?.kind === 'insert') return changes.map((one) => (one === known ? { ...known, item: text } : one));
  const first = known?.base ?? base;
  const others = changes.filter((one) => one !== known);
  if (sameItem(parseItem(first), item)) return others;
  return [...others, { kind: 'edit', id: known?.id ?? id, base: first, item: text }];
}

/** The changes with an item to go. A new one is just not made, and one that was to go stays. Deleting wins over editing. */
export function withDelete(
  changes: readonly StagedChange[],
  { id, base }: { id: string; base: string },
  keyNames: readonly string[],
): StagedChange[] {
  const identity = identityOf(parseItem(base), keyNames);
  const known = changes.find((change) => identityOfChange(change, keyNames) === identity);
  const others = changes.filter((one) => one !== known);
  if (known?.kind === 'insert' || known?.kind === 'delete') return others;
  return [...others, { kind: 'delete', id: known?.id ?? id, base: known?.base ?? base }];
}

/** How a change that met another state of its item goes on top of that state: with what it changes itself, and no more. */
export function rebased(change: StagedChange, current: string | undefined): StagedChange | undefined {
  if (current === undefined) {
    // Gone: what was to be deleted is; what was edited would have to be made anew.
    return change.kind === 'delete' ? undefined : { kind: 'insert', id: change.id, item: change.item };
  }
  if (change.kind === 'delete') return { ...change, base: current };
  if (change.kind === 'insert') return { kind: 'edit', id: change.id, base: current, item: change.item };
  const mine = itemDiff(parseItem(change.base), parseItem(change.item));
  return { ...change, base: current, item: writeItem(withChanges(parseItem(current), mine)) };
}

/** How many changes of each kind there are, in words: `2 edits · 1 new · 1 delete`. */
export function changeWords(changes: readonly StagedChange[]): string {
  const count = (kind: StagedChange['kind']) => changes.filter((change) => change.kind === kind).length;
  const [edits, inserts, deletes] = [count('edit'), count('insert'), count('delete')];
  return [
    edits > 0 && `${edits} ${edits === 1 ? 'edit' : 'edits'}`,
    inserts > 0 && `${inserts} new`,
    deletes > 0 && `${deletes} ${deletes === 1 ? 'delete' : 'deletes'}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
