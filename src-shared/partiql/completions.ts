import type { TableDetails } from '../contracts/tables.ts';
import { classifyTokens } from './classify.ts';
import { partiqlName, quotedName } from './names.ts';
import { statementAt, statementsOf } from './statements.ts';
import { isSymbol, isWord, nameOf, type Token, tokensOf } from './tokens.ts';

/** Something that could stand at the cursor. */
export interface Completion {
  /** What is put there: quoted where it has to be. */
  text: string;
  /** What it is found by. */
  label: string;
  kind: 'keyword' | 'function' | 'table' | 'index' | 'attribute';
  about?: string;
}

/** What is known of where the statement runs. */
export interface CompletionSource {
  tables: readonly string[];
  /** Of the table that the statement names, as far as it is known. */
  detailsOf: (table: string) => Pick<TableDetails, 'key' | 'indexes'> | undefined;
  /** Attributes that were seen in the table's items. */
  seenOf: (table: string) => readonly string[];
}

/** Source: DynamoDB Developer Guide, the PartiQL statements, functions and operators. */
const keywords = (
  'SELECT FROM WHERE AND OR NOT IN BETWEEN IS NULL MISSING TRUE FALSE ORDER BY ASC DESC INSERT INTO VALUE ' +
  'UPDATE SET REMOVE DELETE RETURNING ALL OLD NEW MODIFIED'
).split(' ');
const functions = [
  'attribute_type',
  'begins_with',
  'contains',
  'EXISTS',
  'list_append',
  'set_add',
  'set_delete',
  'SIZE',
];

/**
 * What could stand at a place of a text.
 *
 * @returns where the word begins that it would replace, and what it could be; pure
 */
export function completionsAt(
  text: string,
  place: number,
  source: CompletionSource,
): { from: number; options: Completion[] } | undefined {
  const before = tokensOf(text.slice(0, place));
  const last = before.at(-1);
  const isInside = last !== undefined && last.at + last.text.length === place;
  // Inside a value there is nothing to complete; a quote that is open is one of a name or of a value.
  if (isInside && (last.kind === 'string' || last.kind === 'number' || last.kind === 'comment')) return undefined;
  if (last?.kind === 'unknown' && !last.text.startsWith('"')) return undefined;
  const isWordBegun = isInside && (last.kind === 'word' || last.kind === 'quoted' || last.kind === 'unknown');
  const from = isWordBegun ? last.at : place;
  const rest = isWordBegun ? before.slice(0, -1) : before;
  const previous = rest.at(-1);
  if (isWord(previous, 'FROM', 'INTO', 'UPDATE')) return { from, options: source.tables.map(tableOption) };
  const indexed = tableBefore(rest);
  if (indexed !== undefined) return { from, options: indexOptions(source.detailsOf(indexed)) };
  if (isSymbol(previous, '.')) return undefined;
  const { table } = classifyTokens(statementAt(statementsOf(text), place)?.tokens ?? []);
  return { from, options: [...(table === undefined ? [] : attributeOptions(table, source)), ...words] };
}

const words: readonly Completion[] = [
  ...keywords.map((word) => ({ text: word, label: word, kind: 'keyword' as const })),
  ...functions.map((name) => ({ text: `${name}(`, label: name, kind: 'function' as const })),
];

function tableOption(name: string): Completion {
  return { text: quotedName(name), label: name, kind: 'table' };
}

/** The table in `FROM "table".`, behind which an index can stand. */
function tableBefore(tokens: readonly Token[]): string | undefined {
  const [from, table, dot] = tokens.slice(-3);
  return isWord(from, 'FROM') && isSymbol(dot, '.') ? nameOf(table) : undefined;
}

function indexOptions(details: Pick<TableDetails, 'indexes'> | undefined): Completion[] {
  return (details?.indexes ?? []).map(({ name, key }) => ({
    text: quotedName(name),
    label: name,
    kind: 'index',
    about: key.map((part) => part.name).join(', '),
  }));
}

function attributeOptions(table: string, { detailsOf, seenOf }: CompletionSource): Completion[] {
  const details = detailsOf(table);
  const about = new Map<string, string>();
  for (const { name, role, type } of details?.key ?? []) {
    about.set(name, `${type} · ${role === 'HASH' ? 'partition key' : 'sort key'}`);
  }
  for (const index of details?.indexes ?? []) {
    for (const { name, type } of index.key) if (!about.has(name)) about.set(name, `${type} · key of ${index.name}`);
  }
  for (const name of seenOf(table)) if (!about.has(name)) about.set(name, 'seen');
  return Array.from(about, ([name, text]) => ({
    text: partiqlName(name),
    label: name,
    kind: 'attribute' as const,
    about: text,
  }));
}
