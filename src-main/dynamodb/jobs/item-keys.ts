import type { AttributeValue, Item } from '../../../src-shared/values/attribute-value.ts';
import { canonicalNumber } from '../../../src-shared/values/decimal.ts';
import { parseItem } from '../../../src-shared/values/parse-item.ts';
import { writeItem } from '../../../src-shared/values/write-value.ts';

/** The key of an item, and nothing else of it. @param item parsed, or as text */
export function keyOf(item: Item | string, keyNames: readonly string[]): Item {
  const parsed = typeof item === 'string' ? parseItem(item) : item;
  const key = new Map<string, AttributeValue>();
  for (const name of keyNames) {
    const value = parsed.get(name);
    if (value) key.set(name, value);
  }
  return key;
}

/** A key as DynamoDB JSON. */
export const keyText = writeItem;

/** A text that two keys share when they are the same to DynamoDB: `1.0` and `1` are one number. */
export function sameKeyAs(key: Item): string {
  const parts = [...key].map(([name, value]) => {
    if (value.type === 'N') return [name, 'N', canonicalNumber(value.text)];
    if (value.type === 'B') return [name, 'B', value.base64];
    return [name, value.type, value.type === 'S' ? value.text : ''];
  });
  return JSON.stringify(parts);
}
