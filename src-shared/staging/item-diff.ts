import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { sameValue } from '../values/compare.ts';
import { inOrder } from '../values/name-order.ts';

/** One attribute that is not what it was: without `before` it is new, without `after` it is to go. */
export interface AttributeChange {
  name: string;
  before?: AttributeValue;
  after?: AttributeValue;
}

/** What is different between two items, attribute by attribute, as DynamoDB sees it. */
export function itemDiff(before: Item, after: Item, keyNames: readonly string[] = []): AttributeChange[] {
  const names = new Map([...before.keys(), ...after.keys()].map((name) => [name, undefined]));
  return inOrder(names, keyNames).flatMap(([name]) => {
    const was = before.get(name);
    const is = after.get(name);
    if (sameValue(was, is)) return [];
    return [{ name, ...(was && { before: was }), ...(is && { after: is }) }];
  });
}

/** An item with changes made to it, such as those that somebody made to an older state of it. */
export function withChanges(item: Item, changes: readonly AttributeChange[]): Item {
  const next = new Map(item);
  for (const { name, after } of changes) {
    if (after) next.set(name, after);
    else next.delete(name);
  }
  return next;
}

/** What tells an item from the others of its table: the values of its key, as one text. */
export function keyText(item: Item, keyNames: readonly string[], write: (value: AttributeValue) => string): string {
  // Never joined by a separator: any could be part of a value.
  return JSON.stringify(keyNames.map((name) => (item.has(name) ? write(item.get(name)!) : null)));
}
