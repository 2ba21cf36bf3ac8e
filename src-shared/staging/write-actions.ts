import type { StagedChange } from '../contracts/staging.ts';
import { Placeholders } from '../reading/placeholders.ts';
import type { Item } from '../values/attribute-value.ts';
import { canonicalText } from '../values/compare.ts';
import { parseItem } from '../values/parse-item.ts';
import { utf8Length } from '../values/utf8.ts';
import { writeItem, writeValue } from '../values/write-value.ts';
import { type AttributeChange, itemDiff, keyText } from './item-diff.ts';

/** One write, as a transaction or a call of its own takes it. */
export interface WriteAction {
  kind: 'Put' | 'Update' | 'Delete';
  fields: Record<string, string | Record<string, string>>;
  texts: { Key?: string; Item?: string; ExpressionAttributeValues?: string };
  /** About how large it is, for the limit of a transaction. */
  bytes: number;
}

/** The most that one transaction takes. Source: API Reference, TransactWriteItems. */
export const transactionLimits = { actions: 100, bytes: 4 * 1024 * 1024 } as const;
const longestExpression = 4096;

/** Thrown for a change that cannot be written as it is. */
export class WriteActionError extends Error {
  override readonly name = 'WriteActionError';
}

/**
 * The writes of a change. Each has conditions, so that nothing that somebody else wrote in the meantime is lost: an
 * edit wants the attributes that it changes to be as they were, a new item wants there to be none with its key.
 *
 * @throws WriteActionError when there are more changes in it than an expression can hold
 * @throws JsonTextError when an item in it is no DynamoDB JSON
 */
export function writeActions(table: string, change: StagedChange, keyNames: readonly string[]): WriteAction[] {
  switch (change.kind) {
    case 'insert':
      return [putAction(table, parseItem(change.item), keyNames)];
    case 'delete':
      return [deleteAction(table, parseItem(change.base), keyNames)];
    case 'edit': {
      const base = parseItem(change.base);
      const item = parseItem(change.item);
      if (keyText(base, keyNames, canonicalText) !== keyText(item, keyNames, canonicalText)) {
        return [deleteAction(table, base, keyNames), putAction(table, item, keyNames)];
      }
      const changes = itemDiff(base, item);
      return changes.length === 0 ? [] : [updateAction(table, base, changes, keyNames)];
    }
  }
}

function putAction(table: string, item: Item, keyNames: readonly string[]): WriteAction {
  const placeholders = new Placeholders();
  const condition = `attribute_not_exists(${placeholders.path([keyNames[0] ?? ''])})`;
  return action('Put', table, { ConditionExpression: condition }, { Item: writeItem(item) }, placeholders);
}

function updateAction(
  table: string,
  base: Item,
  changes: readonly AttributeChange[],
  keyNames: readonly string[],
): WriteAction {
  const placeholders = new Placeholders();
  const sets = changes.flatMap(({ name, after }) =>
    after ? [`${placeholders.path([name])} = ${placeholders.value(writeValue(after))}`] : [],
  );
  const removes = changes.flatMap(({ name, after }) => (after ? [] : [placeholders.path([name])]));
  const update = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ].join(' ');
  const conditions = [
    // Without it, an item that was deleted in the meantime would come back in part.
    `attribute_exists(${placeholders.path([keyNames[0] ?? ''])})`,
    ...changes.map(({ name, before }) => stillIs(name, before, placeholders)),
  ];
  const condition = conditions.join(' AND ');
  if (Math.max(update.length, condition.length) > longestExpression) {
    throw new WriteActionError(`${changes.length} attributes are changed at once; DynamoDB takes about 200.`);
  }
  const fields = { UpdateExpression: update, ConditionExpression: condition };
  return action('Update', table, fields, { Key: keyOf(base, keyNames) }, placeholders);
}

function deleteAction(table: string, base: Item, keyNames: readonly string[]): WriteAction {
  const placeholders = new Placeholders();
  const conditions = [`attribute_exists(${placeholders.path([keyNames[0] ?? ''])})`];
  let length = conditions.join('').length;
  for (const [name, value] of base) {
    if (keyNames.includes(name)) continue;
    const condition = stillIs(name, value, placeholders);
    length += condition.length + ' AND '.length;
    if (length > longestExpression) {
      throw new WriteActionError(`The item has ${base.size} attributes; a guarded delete takes about 200.`);
    }
    conditions.push(condition);
  }
  const fields = { ConditionExpression: conditions.join(' AND ') };
  return action('Delete', table, fields, { Key: keyOf(base, keyNames) }, placeholders);
}

function stillIs(name: string, before: AttributeChange['before'], placeholders: Placeholders): string {
  const path = placeholders.path([name]);
  return before ? `${path} = ${placeholders.value(writeValue(before))}` : `attribute_not_exists(${path})`;
}

function action(
  kind: WriteAction['kind'],
  table: string,
  expressions: Record<string, string>,
  own: WriteAction['texts'],
  placeholders: Placeholders,
): WriteAction {
  const values = placeholders.values();
  const texts = { ...own, ...(values !== undefined && { ExpressionAttributeValues: values }) };
  const bytes = Object.values(texts).reduce((sum, text) => sum + utf8Length(text), 0);
  const names = placeholders.names();
  return {
    kind,
    fields: { TableName: table, ...expressions, ...(names && { ExpressionAttributeNames: names }) },
    texts,
    bytes,
  };
}

/** An item's key alone, as DynamoDB JSON text. */
export function keyOf(item: Item, keyNames: readonly string[]): string {
  return writeItem(new Map([...item].filter(([name]) => keyNames.includes(name))));
}

/** Whether changes fit into one transaction, and how much there is of them. */
export function commitSize(actions: readonly WriteAction[]): { actions: number; bytes: number; isAtomic: boolean } {
  const bytes = actions.reduce((sum, one) => sum + one.bytes, 0);
  const isAtomic = actions.length <= transactionLimits.actions && bytes <= transactionLimits.bytes;
  return { actions: actions.length, bytes, isAtomic };
}
