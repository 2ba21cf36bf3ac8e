import type { AttributeValue, Item } from './attribute-value.ts';
import { JsonReader, JsonTextError } from './json-reader.ts';

/** DynamoDB allows 32 levels; the rest is room for text that is not from DynamoDB but must not exhaust the stack. */
const maxDepth = 64;

/**
 * Parses one item from DynamoDB JSON text (`{"Artist":{"S":"…"},…}`).
 *
 * @throws JsonTextError when the text is anything else.
 */
export function parseItem(text: string): Item {
  const reader = new JsonReader(text);
  const item = readEntries(reader, 1);
  reader.end();
  return item;
}

/**
 * The names of an item's attributes, in the order of the text, without parsing the values: a page of large items
 * gets its columns in a fraction of the time.
 */
export function attributeNames(text: string): string[] {
  const reader = new JsonReader(text);
  const names: string[] = [];
  reader.object((name) => {
    names.push(name);
    reader.skipValue();
  });
  reader.end();
  return names;
}

/**
 * Some attributes of an item, the others being passed over: for what looks at one of them in every loaded item. Stops
 * at the last one that is wanted, so what follows is not looked at.
 *
 * @throws JsonTextError when the text is not an item as far as it was read
 */
export function pickAttributes(text: string, names: readonly string[]): Item {
  const found = new Map<string, AttributeValue>();
  const reader = new JsonReader(text);
  reader.entries((name) => {
    if (names.includes(name)) found.set(name, readValue(reader, 1));
    else reader.skipValue();
    return found.size < names.length;
  });
  return found;
}

function readEntries(reader: JsonReader, depth: number): Item {
  const entries = new Map<string, AttributeValue>();
  reader.object((name) => {
    if (entries.has(name)) throw new JsonTextError(`The name ${JSON.stringify(name)} occurs twice.`);
    entries.set(name, readValue(reader, depth));
  });
  return entries;
}

/** Parses one value from DynamoDB JSON text (`{"N":"12"}`). @throws JsonTextError when the text is anything else. */
export function parseValue(text: string): AttributeValue {
  const reader = new JsonReader(text);
  const value = readValue(reader, 1);
  reader.end();
  return value;
}

/** Reads `{"S":"text"}` and the like: an object with exactly one member, whose name is the type. */
function readValue(reader: JsonReader, depth: number): AttributeValue {
  if (depth > maxDepth) throw new JsonTextError('The item is nested too deeply.');
  reader.expect('{');
  const type = reader.string();
  reader.expect(':');
  const value = readTyped(reader, type, depth);
  reader.expect('}');
  return value;
}

function readTyped(reader: JsonReader, type: string, depth: number): AttributeValue {
  switch (type) {
    case 'S':
    case 'N':
      return { type, text: reader.string() };
    case 'B':
      return { type, base64: reader.string() };
    case 'BOOL':
      return { type, value: reader.boolean() };
    case 'NULL':
      reader.boolean();
      return { type };
    case 'M':
      return { type, entries: readEntries(reader, depth + 1) };
    case 'L':
      return { type, values: readList(reader, () => readValue(reader, depth + 1)) };
    case 'SS':
    case 'NS':
    case 'BS':
      return { type, members: readList(reader, () => reader.string()) };
    default:
      throw new JsonTextError(`"${type}" is not an attribute type.`);
  }
}

function readList<Element>(reader: JsonReader, element: () => Element): Element[] {
  const elements: Element[] = [];
  reader.array(() => {
    elements.push(element());
  });
  return elements;
}
