import type { AttributeValue, Item } from './attribute-value.ts';
import { inOrder } from './name-order.ts';

/** A value as DynamoDB JSON text: `{"N":"12"}`. Parsed again it is the same value. */
export function writeValue(value: AttributeValue): string {
  return `{"${value.type}":${writeTyped(value)}}`;
}

/** An item, or the inside of a map, as DynamoDB JSON text; names keep their order. */
export function writeItem(item: Item): string {
  return `{${Array.from(item, ([name, value]) => `${JSON.stringify(name)}:${writeValue(value)}`).join(',')}}`;
}

function writeTyped(value: AttributeValue): string {
  switch (value.type) {
    case 'S':
    case 'N':
      return JSON.stringify(value.text);
    case 'B':
      return JSON.stringify(value.base64);
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return 'true';
    case 'M':
      return writeItem(value.entries);
    case 'L':
      return `[${value.values.map(writeValue).join(',')}]`;
    default:
      return JSON.stringify(value.members);
  }
}

/**
 * What "copy this value" puts on the clipboard: the text of a string, the digits of a number, base64 of binary,
 * and DynamoDB JSON of everything that is more than one thing.
 */
export function clipboardText(value: AttributeValue): string {
  switch (value.type) {
    case 'S':
    case 'N':
      return value.text;
    case 'B':
      return value.base64;
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return 'null';
    default:
      return writeValue(value);
  }
}

/** An item as DynamoDB JSON over several lines, the key first: what a person edits. */
export function prettyItem(item: Item, keyNames: readonly string[] = []): string {
  return prettyEntries(item, '', keyNames);
}

function prettyEntries(entries: Item, margin: string, keyNames: readonly string[]): string {
  if (entries.size === 0) return '{}';
  const inner = `${margin}  `;
  const lines = inOrder(entries, keyNames).map(
    ([name, value]) => `${inner}${JSON.stringify(name)}: ${prettyValue(value, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${margin}}`;
}

function prettyValue(value: AttributeValue, margin: string): string {
  if (value.type === 'M') return `{ "M": ${prettyEntries(value.entries, margin, [])} }`;
  if (value.type !== 'L') return `{ "${value.type}": ${writeTyped(value)} }`;
  if (value.values.length === 0) return '{ "L": [] }';
  const inner = `${margin}  `;
  return `{ "L": [\n${value.values.map((one) => inner + prettyValue(one, inner)).join(',\n')}\n${margin}] }`;
}
