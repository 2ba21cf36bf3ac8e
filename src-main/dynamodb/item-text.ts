import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/**
 * Writes an item as DynamoDB JSON text (`{"Id":{"N":"1"}}`). Numbers are text already and stay it; binary becomes
 * base64, as on the wire.
 */
export function itemToText(item: Item): string {
  return JSON.stringify(item, function encode(this: Record<string, unknown>, key, value: unknown) {
    // Not `value`: a Buffer has turned itself into an object of numbers by then.
    const raw = this[key];
    return raw instanceof Uint8Array ? toBase64(raw) : value;
  });
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Reads what {@link itemToText} wrote. @throws SyntaxError when it is no DynamoDB JSON. */
export function textToItem(text: string): Item {
  return decodeMap(JSON.parse(text));
}

function decodeMap(json: unknown): Item {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw notAnItem();
  const item: Item = {};
  for (const [name, value] of Object.entries(json)) {
    // Assigned like this, an attribute named __proto__ is an attribute.
    Object.defineProperty(item, name, {
      value: decodeValue(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return item;
}

function decodeValue(json: unknown): AttributeValue {
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const [entry] = entries;
  if (!entry || entries.length !== 1) throw notAnItem();
  const [type, value] = entry;
  switch (type) {
    case 'B':
      return { B: decodeBinary(value) };
    case 'BS':
      return { BS: list(value).map(decodeBinary) };
    case 'L':
      return { L: list(value).map(decodeValue) };
    case 'M':
      return { M: decodeMap(value) };
    case 'S':
    case 'N':
    case 'BOOL':
    case 'NULL':
    case 'SS':
    case 'NS':
      return { [type]: value } as unknown as AttributeValue;
    default:
      throw notAnItem();
  }
}

function decodeBinary(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw notAnItem();
  return Buffer.from(value, 'base64');
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw notAnItem();
  return value;
}

function notAnItem(): SyntaxError {
  return new SyntaxError('This is no DynamoDB JSON.');
}
