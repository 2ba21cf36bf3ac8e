import type { AttributeValue, Item } from './values.ts';

/**
 * How many bytes an item counts for, names included.
 * Source: DynamoDB Developer Guide, "DynamoDB item sizes and formats".
 */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + textSize(name) + valueSize(value), 0);
}

/** What a list or a map takes besides what is in it, and each of its elements besides itself. */
const containerOverhead = 3;
const elementOverhead = 1;

function valueSize(value: AttributeValue): number {
  if ('S' in value) return textSize(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return binarySize(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('SS' in value) return total(value.SS, textSize);
  if ('NS' in value) return total(value.NS, numberSize);
  if ('BS' in value) return total(value.BS, binarySize);
  if ('L' in value) return containerOverhead + total(value.L, (element) => elementOverhead + valueSize(element));
  return containerOverhead + itemSize(value.M) + Object.keys(value.M).length * elementOverhead;
}

function textSize(text: string): number {
  return Buffer.byteLength(text);
}

function binarySize(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}

/** A byte for two significant digits, one for the exponent and one for a minus; zeros at either end do not count. */
function numberSize(text: string): number {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

function total<T>(list: readonly T[], sizeOf: (element: T) => number): number {
  return list.reduce((sum, element) => sum + sizeOf(element), 0);
}
