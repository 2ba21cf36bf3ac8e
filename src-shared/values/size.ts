import type { AttributeValue, Item } from './attribute-value.ts';
import { binarySize } from './binary.ts';
import { significantDigits } from './decimal.ts';
import { utf8Length } from './utf8.ts';

/** The largest item that DynamoDB takes, in bytes, names included. */
export const maxItemSize = 400 * 1024;

const containerOverhead = 3;
const elementOverhead = 1;

/**
 * How large DynamoDB reckons an item, in bytes: names and values. For numbers it says "about" itself.
 * Source: Developer Guide, "DynamoDB item sizes and formats".
 */
export function itemSize(item: Item): number {
  let size = 0;
  for (const [name, value] of item) size += utf8Length(name) + valueSize(value);
  return size;
}

/** How large DynamoDB reckons a value, without its name. */
export function valueSize(value: AttributeValue): number {
  switch (value.type) {
    case 'S':
      return utf8Length(value.text);
    case 'N':
      return numberSize(value.text);
    case 'B':
      return binarySize(value.base64);
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'M':
      return containerOverhead + itemSize(value.entries) + value.entries.size * elementOverhead;
    case 'L':
      return value.values.reduce((sum, inner) => sum + valueSize(inner) + elementOverhead, containerOverhead);
    case 'SS':
      return value.members.reduce((sum, member) => sum + utf8Length(member), 0);
    case 'NS':
      return value.members.reduce((sum, member) => sum + numberSize(member), 0);
    case 'BS':
      return value.members.reduce((sum, member) => sum + binarySize(member), 0);
  }
}

function numberSize(text: string): number {
  const sign = text.trimStart().startsWith('-') ? 1 : 0;
  return Math.ceil(significantDigits(text) / 2) + 1 + sign;
}
