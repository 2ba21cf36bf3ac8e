import type { AttributeValue, Item } from './attribute-value.ts';

/** Where a value is inside an item: names of maps and places in lists, from the outside. Never empty. */
export type ValuePath = readonly (string | number)[];

/**
 * Writes a path as people do: `Address.City`, `Lines[0].Sku`. A name that could be mistaken stands in quotes, so that
 * an attribute called `a.b` is `"a.b"`.
 */
export function formatPath(path: ValuePath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = /^[^\s."[\]]+$/.test(part) ? part : JSON.stringify(part);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/**
 * Reads what {@link formatPath} writes.
 *
 * @returns undefined when it is not a path
 */
export function parsePath(text: string): ValuePath | undefined {
  const trimmed = text.trim();
  const path: (string | number)[] = [];
  let at = 0;
  while (at < trimmed.length) {
    const rest = trimmed.slice(at);
    const index = /^\[(\d{1,9})\]/.exec(rest);
    if (index && path.length > 0) {
      path.push(Number(index[1]));
      at += index[0].length;
      continue;
    }
    const dot = path.length > 0 ? 1 : 0;
    if (dot === 1 && rest[0] !== '.') return undefined;
    const name = /^(?:"(?:[^"\\]|\\.)*"|[^."[\]]+)/.exec(rest.slice(dot));
    if (!name) return undefined;
    const plain = unquoted(name[0]);
    if (plain === undefined) return undefined;
    path.push(plain);
    at += dot + name[0].length;
  }
  return path.length > 0 ? path : undefined;
}

function unquoted(name: string): string | undefined {
  if (!name.startsWith('"')) return name.trim();
  try {
    return JSON.parse(name) as string;
  } catch {
    return undefined;
  }
}

/** The value at a path; undefined where there is none. */
export function valueAt(item: Item, path: ValuePath): AttributeValue | undefined {
  const [first, ...rest] = path;
  let value = typeof first === 'string' ? item.get(first) : undefined;
  for (const part of rest) {
    if (typeof part === 'number') value = value?.type === 'L' ? value.values[part] : undefined;
    else value = value?.type === 'M' ? value.entries.get(part) : undefined;
  }
  return value;
}
