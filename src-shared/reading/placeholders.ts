import type { ValuePath } from '../values/path.ts';

/**
 * The `#names` and `:values` of an expression. Every name gets a placeholder, always: 573 words are reserved, and
 * names may hold dots and spaces. A name or value that occurs again gets the same one.
 */
export class Placeholders {
  private readonly byName = new Map<string, string>();
  private readonly byValue = new Map<string, string>();

  /** A path in terms of placeholders: `#n0.#n1[2]`. */
  path(path: ValuePath): string {
    return path.reduce<string>((text, part) => {
      if (typeof part === 'number') return `${text}[${part}]`;
      const name = placeholder(this.byName, part, '#n');
      return text === '' ? name : `${text}.${name}`;
    }, '');
  }

  /** @param text the value as DynamoDB JSON */
  value(text: string): string {
    return placeholder(this.byValue, text, ':v');
  }

  /** Names by placeholder; undefined when there are none, for an empty object is refused. */
  names(): Record<string, string> | undefined {
    if (this.byName.size === 0) return undefined;
    return Object.fromEntries(Array.from(this.byName, ([name, key]) => [key, name]));
  }

  /** Values by placeholder, as one DynamoDB JSON text; undefined when there are none. */
  values(): string | undefined {
    if (this.byValue.size === 0) return undefined;
    return `{${Array.from(this.byValue, ([text, key]) => `"${key}":${text}`).join(',')}}`;
  }
}

function placeholder(known: Map<string, string>, what: string, prefix: string): string {
  const existing = known.get(what);
  if (existing !== undefined) return existing;
  const made = `${prefix}${known.size}`;
  known.set(what, made);
  return made;
}
