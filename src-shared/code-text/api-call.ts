import type { ReadCall } from '../reading/read-call.ts';
import type { Item } from '../values/attribute-value.ts';
import { parseItem } from '../values/parse-item.ts';

/** A call of DynamoDB's API, to be written in some language. */
export interface ApiCall {
  /** `PutItem` */
  operation: string;
  /** What is plain JSON. */
  fields: Readonly<Record<string, unknown>>;
  /** What holds attribute values, by its name: `Item`, `Key`, `ExpressionAttributeValues`. */
  items: Readonly<Record<string, Item>>;
}

/** The call that writes an item as it is. */
export function putCall(table: string, item: Item): ApiCall {
  return { operation: 'PutItem', fields: { TableName: table }, items: { Item: item } };
}

/** The call that reads a page. */
export function readApiCall({ operation, fields, texts }: ReadCall): ApiCall {
  const { ReturnConsumedCapacity: _, ...asked } = fields;
  const items = Object.entries(texts).map(([name, text]) => [name, parseItem(text)] as const);
  return { operation, fields: asked, items: Object.fromEntries(items) };
}
