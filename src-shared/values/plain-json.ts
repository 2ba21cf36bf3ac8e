import type { AttributeValue, Item } from './attribute-value.ts';
import { base64Problem } from './binary.ts';
import { JsonReader, JsonTextError } from './json-reader.ts';
import { inOrder } from './name-order.ts';

const maxDepth = 64;
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const indent = '  ';

/**
 * An item as plain JSON, for people: `{"Artist": "Acme", "Year": 2024}`. Numbers keep every digit. Sets look like
 * lists and binary looks like text; which is which, the item that they came from knows (see {@link parsePlainJson}).
 */
export function plainJson(item: Item, keyNames: readonly string[] = []): string {
  return writeEntries(item, '', keyNames);
}

/** One value as plain JSON, on one line or several. */
export function plainValue(value: AttributeValue, margin = ''): string {
  switch (value.type) {
    case 'S':
      return JSON.stringify(value.text);
    case 'N':
      return jsonNumber.test(value.text) ? value.text : JSON.stringify(value.text);
    case 'B':
      return JSON.stringify(value.base64);
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return 'null';
    case 'M':
      return writeEntries(value.entries, margin, []);
    case 'L':
      return braced(
        '[',
        ']',
        value.values.map((inner) => plainValue(inner, margin + indent)),
        margin,
      );
    case 'NS':
      return braced(
        '[',
        ']',
        value.members.map((text) => plainValue({ type: 'N', text })),
        margin,
      );
    default:
      return braced(
        '[',
        ']',
        value.members.map((member) => JSON.stringify(member)),
        margin,
      );
  }
}

function writeEntries(entries: Item, margin: string, keyNames: readonly string[]): string {
  const lines = inOrder(entries, keyNames).map(
    ([name, value]) => `${JSON.stringify(name)}: ${plainValue(value, margin + indent)}`,
  );
  return braced('{', '}', lines, margin);
}

function braced(open: string, close: string, parts: readonly string[], margin: string): string {
  if (parts.length === 0) return open + close;
  const inner = `\n${margin}${indent}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${margin}${close}`;
}

/**
 * Reads plain JSON back into an item. What JSON cannot say (that a list is a set, that a text is binary) it takes from
 * `types`, the item as it was: where a value still has the shape that its old type is written in, it keeps that type.
 * Elements of a list are recognised by what they say, or by their place while the list has not become longer or
 * shorter. Everything new is what JSON says: text S, number N, list L, object M.
 *
 * @throws JsonTextError when the text is not JSON, or not an object
 */
export function parsePlainJson(text: string, types: Item = new Map()): Item {
  const reader = new JsonReader(text);
  if (reader.peek() !== '{') throw new JsonTextError('An item begins with {.');
  const item = readEntries(reader, types, 1);
  reader.end();
  return item;
}

function readEntries(reader: JsonReader, types: Item, depth: number): Item {
  const entries = new Map<string, AttributeValue>();
  reader.object((name) => {
    if (entries.has(name)) throw new JsonTextError(`The name ${JSON.stringify(name)} occurs twice.`);
    entries.set(name, readValue(reader, types.get(name), depth));
  });
  return entries;
}

function readValue(reader: JsonReader, was: AttributeValue | undefined, depth: number): AttributeValue {
  if (depth > maxDepth) throw new JsonTextError('The item is nested too deeply.');
  switch (reader.peek()) {
    case '{':
      return { type: 'M', entries: readEntries(reader, was?.type === 'M' ? was.entries : new Map(), depth + 1) };
    case '[':
      return readList(reader, was, depth);
    case '"':
      return readText(reader.string(), was);
    default:
      return readLiteral(reader);
  }
}

function readText(text: string, was: AttributeValue | undefined): AttributeValue {
  if (was?.type === 'B' && base64Problem(text) === undefined) return { type: 'B', base64: text };
  // A number that JSON cannot write stands in quotes.
  if (was?.type === 'N' && was.text === text) return was;
  return { type: 'S', text };
}

function readLiteral(reader: JsonReader): AttributeValue {
  const start = reader.at;
  const raw = reader.raw();
  if (raw === 'true' || raw === 'false') return { type: 'BOOL', value: raw === 'true' };
  if (raw === 'null') return { type: 'NULL' };
  if (jsonNumber.test(raw)) return { type: 'N', text: raw };
  throw new JsonTextError(`${JSON.stringify(raw.slice(0, 40))} at character ${start} is no value. Texts need quotes.`);
}

function readList(reader: JsonReader, was: AttributeValue | undefined, depth: number): AttributeValue {
  const elements: { text: string; at: number }[] = [];
  reader.array(() => {
    reader.peek();
    const { at } = reader;
    elements.push({ at, text: reader.raw() });
  });
  const end = reader.at;
  const known = was?.type === 'L' ? was.values : [];
  const typeOf = elementTypes(known, elements);
  const values = elements.map(({ at }, index) => {
    reader.at = at;
    return readValue(reader, typeOf(index), depth + 1);
  });
  reader.at = end;
  return asSet(values, was) ?? { type: 'L', values };
}

/** Which element of the list as it was an element of the list as it is comes from. */
function elementTypes(
  known: readonly AttributeValue[],
  elements: readonly { text: string }[],
): (index: number) => AttributeValue | undefined {
  const texts = known.map((value) => compact(plainValue(value)));
  const byText = new Map(texts.map((text, index) => [text, known[index]]));
  const isSameLength = known.length === elements.length;
  return (index) => {
    const text = compact(elements[index]!.text);
    if (text === texts[index]) return known[index];
    return byText.get(text) ?? (isSameLength ? known[index] : undefined);
  };
}

/** JSON without the white space between its parts. */
function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}

/** A list whose members still are what the set's were is that set. */
function asSet(values: readonly AttributeValue[], was: AttributeValue | undefined): AttributeValue | undefined {
  const texts = (type: 'S' | 'N') =>
    values.every((value) => value.type === type) ? values.map((value) => (value as { text: string }).text) : undefined;
  if (was?.type === 'NS') {
    const odd = new Set(was.members);
    const members = values.map((value) =>
      value.type === 'N' || (value.type === 'S' && odd.has(value.text)) ? value.text : undefined,
    );
    return members.every((member) => member !== undefined) ? { type: 'NS', members } : undefined;
  }
  if (was?.type !== 'SS' && was?.type !== 'BS') return undefined;
  const members = texts('S');
  if (!members || (was.type === 'BS' && members.some((member) => base64Problem(member) !== undefined)))
    return undefined;
  return { type: was.type, members };
}
