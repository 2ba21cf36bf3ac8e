import type { AttributeValue } from './attribute-value.ts';
import { binarySize, formatBytes, hexPreview } from './binary.ts';

const hexBytes = 8;

/**
 * A value on one line, for a grid cell: exact as far as it goes, cut at about `max` characters.
 *
 * Sets begin with their size in braces, lists in brackets, maps name their attributes: `{3} "a", "b", "c"`,
 * `[2] 1, true`, `{2} city: "Berlin", zip: "10115"`.
 */
export function preview(value: AttributeValue, max: number): string {
  return cut(previewOf(value, max), max);
}

function previewOf(value: AttributeValue, room: number): string {
  switch (value.type) {
    case 'S':
      return oneLine(value.text.slice(0, room + 1));
    case 'N':
      return value.text;
    case 'B':
      return binaryPreview(value.base64);
    case 'BOOL':
      return String(value.value);
    case 'NULL':
      return 'NULL';
    case 'M':
      return braced('{', '}', value.entries.size, room, value.entries, ([name, inner], left) => {
        return `${oneLine(name)}: ${nested(inner, left)}`;
      });
    case 'L':
      return braced('[', ']', value.values.length, room, value.values, nested);
    case 'SS':
      return braced('{', '}', value.members.length, room, value.members, quoted);
    case 'NS':
      return braced('{', '}', value.members.length, room, value.members, (member) => member);
    case 'BS':
      return braced('{', '}', value.members.length, room, value.members, (member) => formatBytes(binarySize(member)));
  }
}

/** Inside something else a text needs its quotes, or `"1"` and `1` would look alike. */
function nested(value: AttributeValue, room: number): string {
  return value.type === 'S' ? quoted(value.text, room) : previewOf(value, room);
}

function quoted(text: string, room: number): string {
  return `"${cut(oneLine(text.slice(0, room + 1)), room)}"`;
}

function binaryPreview(base64: string): string {
  const size = formatBytes(binarySize(base64));
  return base64 === '' ? size : `${size} · ${hexPreview(base64, hexBytes)}`;
}

/** Writes elements until there is no more room, so that a list of a million costs as much as one of ten. */
function braced<Element>(
  open: string,
  close: string,
  size: number,
  room: number,
  elements: Iterable<Element>,
  write: (element: Element, room: number) => string,
): string {
  if (size === 0) return `${open}${close}`;
  let text = `${open}${size}${close}`;
  let separator = ' ';
  for (const element of elements) {
    if (text.length >= room) return `${text}, …`;
    text += separator + write(element, room - text.length);
    separator = ', ';
  }
  return text;
}

/** Line breaks and other control characters as symbols: a cell has one line, and they must not pass unseen. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being replaced.
  return text.replace(/\r\n|[\u0000-\u001f\u007f]/g, (control) => {
    if (control === '\n' || control === '\r\n') return '↵';
    if (control === '\t') return '⇥';
    return control === '\u007f' ? '␡' : String.fromCharCode(0x2400 + control.charCodeAt(0));
  });
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
