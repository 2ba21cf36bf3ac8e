/** An attribute value as DynamoDB JSON. */
export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: AttributeValue[] }
  | { M: Item }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

/** An item (or a map) as DynamoDB JSON. */
export interface Item {
  [attribute: string]: AttributeValue;
}

export const s = (text: string): AttributeValue => ({ S: text });
/** A number. Text for what JavaScript's numbers would round. */
export const n = (number: number | string): AttributeValue => ({ N: String(number) });
export const b = (bytes: Uint8Array): AttributeValue => ({ B: base64(bytes) });
export const bool = (value: boolean): AttributeValue => ({ BOOL: value });
export const nothing: AttributeValue = { NULL: true };
export const l = (...values: AttributeValue[]): AttributeValue => ({ L: values });
/** A map; the entries' names may be any, `__proto__` included. */
export const m = (entries: Item): AttributeValue => ({ M: entries });
export const ss = (...texts: string[]): AttributeValue => ({ SS: texts });
export const ns = (...numbers: (number | string)[]): AttributeValue => ({ NS: numbers.map(String) });
export const bs = (...values: Uint8Array[]): AttributeValue => ({ BS: values.map(base64) });

/** An amount of money in cents, as a decimal number: 1295 is 12.95. */
export function money(cents: number): AttributeValue {
  return n((cents / 100).toFixed(2));
}

/** A time in milliseconds since the epoch as ISO 8601 in UTC, to the second. */
export function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The date of a time, in UTC. */
export function isoDate(time: number): string {
  return isoTime(time).slice(0, 10);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
