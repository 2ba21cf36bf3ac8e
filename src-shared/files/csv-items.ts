import { z } from 'zod';
import type { AttributeValue, Item } from '../values/attribute-value.ts';
import { numberProblem } from '../values/decimal.ts';
import { parseValue } from '../values/parse-item.ts';
import { writeValue } from '../values/write-value.ts';
import { type Cell, FileTextError } from './splitters.ts';

/**
 * Items as CSV (RFC 4180) that can be read back without a loss: the header names the type of each column
 * (`Year:N`), and a column that holds several types, or more than a text, a number, binary or a truth (`Tags:*`), has
 * DynamoDB JSON in its cells. What is not there is an empty cell; an empty text is `""`.
 */

/** The type of a column: of its values, or `*` for DynamoDB JSON in each cell. */
export const columnType = z.enum(['S', 'N', 'B', 'BOOL', '*']);
export type ColumnType = z.infer<typeof columnType>;

/** A column of a CSV file, and what it becomes in an item. */
export const csvColumn = z.strictObject({
  /** The attribute; a column without one is left out. */
  to: z.string().max(65_536).optional(),
  type: columnType,
});
export type CsvColumn = z.infer<typeof csvColumn>;

/** The columns that items need, found by looking at all of them. */
export class ColumnFinder {
  private readonly types = new Map<string, ColumnType>();

  add(item: Item): void {
    for (const [name, value] of item) {
      const type = typeOf(value);
      const known = this.types.get(name);
      if (known === undefined) this.types.set(name, type);
      else if (known !== type) this.types.set(name, '*');
    }
  }

  /** @param keyNames the attributes that come first */
  columns(keyNames: readonly string[] = []): { name: string; type: ColumnType }[] {
    const first = keyNames.filter((name) => this.types.has(name));
    const others = [...this.types.keys()].filter((name) => !keyNames.includes(name));
    return [...first, ...others].map((name) => ({ name, type: this.types.get(name) ?? '*' }));
  }
}

function typeOf({ type }: AttributeValue): ColumnType {
  return type === 'S' || type === 'N' || type === 'B' || type === 'BOOL' ? type : '*';
}

/** The first line. @param withTypes false for programs that want bare names; then types are lost */
export function csvHeader(columns: readonly { name: string; type: ColumnType }[], withTypes: boolean): string {
  const names = columns.map(({ name, type }) => field(safeText(withTypes ? `${name}:${type}` : name)));
  return `${names.join(',')}\r\n`;
}

/** One item as a line. */
export function csvRow(item: Item, columns: readonly { name: string; type: ColumnType }[]): string {
  return `${columns.map(({ name, type }) => cellOf(item.get(name), type)).join(',')}\r\n`;
}

function cellOf(value: AttributeValue | undefined, type: ColumnType): string {
  if (!value) return '';
  if (type === '*') return field(writeValue(value));
  switch (value.type) {
    case 'S':
      return value.text === '' ? '""' : field(safeText(value.text));
    case 'N':
      return field(value.text);
    case 'B':
      return value.base64 === '' ? '""' : field(safeText(value.base64));
    case 'BOOL':
      return String(value.value);
    default:
      return field(writeValue(value));
  }
}

const formula = /^'*[=+\-@\t\r]/;

/** A text that a spreadsheet would run gets an apostrophe in front (OWASP, "CSV Injection"); {@link plainText} takes it away. */
function safeText(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function plainText(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

function field(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const typedHeader = /^([\s\S]*):(S|N|B|BOOL|\*)$/;

/**
 * What the columns of a file are: as its header says, when it was written with types; otherwise by the types of the
 * table's key and by what the first rows look like.
 */
export function guessColumns(
  header: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  key: readonly { name: string; type: string }[],
): CsvColumn[] {
  const names = header.map((cell) => plainText(cell ?? ''));
  const typed = names.map((name) => typedHeader.exec(name));
  if (typed.every((match) => match !== null)) {
    return typed.map((match) => ({ to: match[1] ?? '', type: columnType.parse(match[2]) }));
  }
  return names.map((name, index) => {
    const declared = columnType.safeParse(key.find((part) => part.name === name)?.type);
    const type = declared.success ? declared.data : looksLike(rows.map((row) => row[index]));
    return { ...(name !== '' && { to: name }), type };
  });
}

function looksLike(cells: readonly Cell[]): ColumnType {
  const filled = cells.filter((cell) => cell !== undefined);
  if (filled.length === 0) return 'S';
  // A number with a zero in front is more likely a code, and would lose it.
  if (filled.every((cell) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(cell) && numberProblem(cell) === undefined)) return 'N';
  if (filled.every((cell) => cell === 'true' || cell === 'false')) return 'BOOL';
  return 'S';
}

/** One row as an item. @throws FileTextError that names the column */
export function itemOfRow(row: readonly Cell[], columns: readonly CsvColumn[]): Item {
  if (row.length > columns.length) {
    throw new FileTextError(`The row has ${row.length} cells; the header has ${columns.length}.`);
  }
  const item = new Map<string, AttributeValue>();
  columns.forEach(({ to, type }, index) => {
    const cell = row[index];
    if (to === undefined || cell === undefined) return;
    if (item.has(to)) throw new FileTextError(`Two columns go to ${to}.`);
    item.set(to, cellValue(cell, type, to));
  });
  return item;
}

function cellValue(cell: string, type: ColumnType, name: string): AttributeValue {
  switch (type) {
    case 'S':
      return { type, text: plainText(cell) };
    // Whether DynamoDB takes it is checked with the rest of the item.
    case 'N':
      return { type, text: cell.trim() };
    case 'B':
      return { type, base64: plainText(cell) };
    case 'BOOL': {
      const word = cell.trim().toLowerCase();
      if (word !== 'true' && word !== 'false') throw new FileTextError(`${name}: write true or false.`);
      return { type, value: word === 'true' };
    }
    case '*':
      try {
        return parseValue(cell);
      } catch {
        throw new FileTextError(`${name}: this is no DynamoDB JSON, such as {"SS":["a","b"]}.`);
      }
  }
}
