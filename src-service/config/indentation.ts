import { parseDocument } from 'yaml';
import type { z } from 'zod';

/**
 * Text that was copied from a web page often has no indentation any more. Which key belongs under which other one is
 * then found by a schema: a key stands below the nearest open key that knows it.
 */

interface Open {
  /** What may stand below, if it is known. */
  schema: Schema | undefined;
  indent: number;
}

/**
 * @param schema of the whole document
 * @returns the text with its indentation restored and the first line that had lost it (from 1); undefined when that is
 *   not what is wrong
 */
export function restoreIndentation(text: string, schema: z.ZodType): { text: string; line: number } | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  // A single line with an indentation says that there is one.
  if (lines.some((line) => /^[ \t]/.test(line) && !/^\s*#/.test(line))) return undefined;
  const first = lines.findIndex((line, index) => hasLostItsParent(line, lines[index - 1] ?? '', schema));
  if (first < 0) return undefined;
  const restored = indented(lines, schema as unknown as Schema);
  if (restored === undefined || parseDocument(restored).errors.length > 0) return undefined;
  return { text: restored.trimEnd(), line: first + 1 };
}

/** Whether a key that is none of the top stands below one that has nothing. */
function hasLostItsParent(line: string, before: string, schema: z.ZodType): boolean {
  const key = /^(?:- )?([\w'"*-]+):/.exec(line)?.[1];
  const opened = /^(?:- )?([\w-]+):$/.exec(before)?.[1];
  if (key === undefined || opened === undefined || line.startsWith('- ')) return false;
  const top = schema as unknown as Schema;
  return child(top, key) === undefined && child(child(top, opened), key) !== undefined;
}

function indented(lines: readonly string[], top: Schema): string | undefined {
  const open: Open[] = [{ schema: top, indent: 0 }];
  const result: string[] = [];
  for (const line of lines) {
    if (line === '' || line.startsWith('#') || line === '---') {
      result.push(line);
      continue;
    }
    const { dash, key, rest } = /^(?<dash>- )?(?<key>[\w'"*-]+):(?<rest> .*|)$/.exec(line)?.groups ?? {};
    if (key === undefined) {
      // A plain item of a list: it belongs to the last key that was opened.
      result.push(`${' '.repeat(Math.max(0, (open.at(-1)?.indent ?? 0) - 2))}${line}`);
      continue;
    }
    if (dash !== undefined) {
      const list = findLast(open, ({ schema }) => element(schema) !== undefined);
      if (list < 0) return undefined;
      open.length = list + 1;
      const { schema, indent } = open[list] as Open;
      // A dash stands under its key's first letter.
      result.push(`${' '.repeat(indent - 2)}${line}`);
      open.push({ schema: element(schema), indent });
    } else {
      let place = findLast(open, ({ schema }) => shapeOf(schema)?.[key] !== undefined);
      if (place < 0) place = findLast(open, ({ schema }) => child(schema, key) !== undefined);
      if (place < 0) return undefined;
      open.length = place + 1;
      result.push(`${' '.repeat(open[place]?.indent ?? 0)}${line}`);
    }
    if (rest?.trim() === '') {
      const { schema, indent } = open.at(-1) as Open;
      open.push({ schema: child(schema, key), indent: indent + 2 });
    }
  }
  return result.join('\n');
}

function findLast(open: readonly Open[], test: (one: Open) => boolean): number {
  for (let index = open.length - 1; index >= 0; index -= 1) if (test(open[index] as Open)) return index;
  return -1;
}

interface Schema {
  def: {
    type: string;
    shape?: Record<string, Schema>;
    element?: Schema;
    valueType?: Schema;
    innerType?: Schema;
    /** Of a transformation: what goes in. */
    in?: Schema;
    options?: Schema[];
  };
}

function bare(schema: Schema | undefined): Schema | undefined {
  if (!schema) return undefined;
  const { innerType, in: input, options } = schema.def;
  const inner = innerType ?? input ?? options?.find((one) => bare(one)?.def.element !== undefined);
  return inner ? bare(inner) : schema;
}

function shapeOf(schema: Schema | undefined): Record<string, Schema> | undefined {
  return bare(schema)?.def.shape;
}

function element(schema: Schema | undefined): Schema | undefined {
  return bare(schema)?.def.element;
}

/** What stands under a key; keys that can be anything are known, too. */
function child(schema: Schema | undefined, key: string): Schema | undefined {
  const found = bare(schema);
  return found?.def.shape?.[key] ?? found?.def.valueType;
}
