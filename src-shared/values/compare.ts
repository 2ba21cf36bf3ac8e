import type { AttributeValue, Item } from './attribute-value.ts';
import { decodeBase64 } from './binary.ts';
import { canonicalNumber, compareNumbers } from './decimal.ts';
import { preview } from './preview.ts';
import { compareUtf8 } from './utf8.ts';

const order: readonly AttributeValue['type'][] = ['N', 'S', 'B', 'BOOL', 'NULL', 'NS', 'SS', 'BS', 'L', 'M'];
const comparedCharacters = 200;

/**
 * The order of two values in a sorted column: type by type, and within a type as DynamoDB orders keys (numbers by
 * value, texts by UTF-8 bytes, binary by unsigned bytes). What is missing comes last.
 */
export function compareValues(a: AttributeValue | undefined, b: AttributeValue | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b);
  if (a.type === 'N' && b.type === 'N') return compareNumbers(a.text, b.text);
  if (a.type === 'S' && b.type === 'S') return compareUtf8(a.text, b.text);
  if (a.type === 'B' && b.type === 'B') return compareBytes(a.base64, b.base64);
  if (a.type === 'BOOL' && b.type === 'BOOL') return Number(a.value) - Number(b.value);
  if (a.type !== b.type) return order.indexOf(a.type) - order.indexOf(b.type);
  // DynamoDB has no order for the rest; any stable one will do.
  return compareUtf8(preview(a, comparedCharacters), preview(b, comparedCharacters));
}

function compareBytes(a: string, b: string): number {
  const left = decodeBase64(a);
  const right = decodeBase64(b);
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = left[index]! - right[index]!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/**
 * Whether two values are the same to DynamoDB: numbers by value (`1.0` is `1`), sets whatever their order, maps
 * whatever the order of their names.
 */
export function sameValue(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.type !== b.type) return false;
  return canonicalText(a) === canonicalText(b);
}

/** Whether two items (or the insides of two maps) are the same to DynamoDB. */
export function sameItem(a: Item, b: Item): boolean {
  return a === b || canonicalEntries(a) === canonicalEntries(b);
}

/** A text that is the same for all spellings of a value, and another one for every other value. */
export function canonicalText(value: AttributeValue): string {
  switch (value.type) {
    case 'S':
      return `S${JSON.stringify(value.text)}`;
    case 'N':
      return `N${canonicalNumber(value.text)}`;
    case 'B':
      return `B${value.base64}`;
    case 'BOOL':
      return `BOOL${value.value}`;
    case 'NULL':
      return 'NULL';
    case 'L':
      return `L[${value.values.map(canonicalText).join(',')}]`;
    case 'M':
      return `M${canonicalEntries(value.entries)}`;
    case 'NS':
      return `NS[${value.members.map(canonicalNumber).sort().join(',')}]`;
    default:
      return `${value.type}${JSON.stringify([...value.members].sort())}`;
  }
}

function canonicalEntries(item: Item): string {
  const entries = [...item].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${canonicalText(value)}`).join(',')}}`;
}
