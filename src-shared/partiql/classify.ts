import { isSymbol, isWord, nameOf, type Token, tokensOf } from './tokens.ts';

/** What a statement does, as far as can be told for sure. */
export interface StatementKind {
  verb: 'select' | 'insert' | 'update' | 'delete' | 'unknown';
  /** True for what is surely a SELECT. Everything else counts as a write. */
  isReading: boolean;
  table?: string;
  index?: string;
}

/** Words that no SELECT has outside quotes: they are reserved, so no attribute can be called so without them. */
const writingWords = new Set(
  'INSERT UPDATE DELETE SET REMOVE REPLACE UPSERT INTO VALUE VALUES MERGE CREATE DROP ALTER TRUNCATE EXEC EXECUTE CALL GRANT REVOKE RETURNING'.split(
    ' ',
  ),
);

/**
 * Says what a statement does. It fails closed: a statement is reading only if it begins with SELECT, has nothing that
 * could begin another statement or write, no comment, and no character outside quotes that the grammar does not know.
 */
export function classifyStatement(statement: string): StatementKind {
  return classifyTokens(tokensOf(statement));
}

/** {@link classifyStatement} for a statement that has been cut into tokens already. */
export function classifyTokens(tokens: readonly Token[]): StatementKind {
  const verb = verbOf(tokens[0]);
  return { verb, isReading: verb === 'select' && tokens.every(mayBeRead), ...targetOf(verb, tokens) };
}

function mayBeRead(token: Token): boolean {
  if (token.kind === 'unknown' || token.kind === 'comment') return false;
  if (isSymbol(token, ';')) return false;
  return token.kind !== 'word' || !writingWords.has(token.text.toUpperCase());
}

function verbOf(first: Token | undefined): StatementKind['verb'] {
  if (isWord(first, 'SELECT')) return 'select';
  if (isWord(first, 'INSERT')) return 'insert';
  if (isWord(first, 'UPDATE')) return 'update';
  return isWord(first, 'DELETE') ? 'delete' : 'unknown';
}

const beforeTable = { select: 'FROM', insert: 'INTO', update: 'UPDATE', delete: 'FROM' } as const;

function targetOf(verb: StatementKind['verb'], tokens: readonly Token[]): { table?: string; index?: string } {
  if (verb === 'unknown') return {};
  const at = tokens.findIndex((token) => isWord(token, beforeTable[verb]));
  const table = at < 0 ? undefined : nameOf(tokens[at + 1]);
  if (table === undefined) return {};
  const index = isSymbol(tokens[at + 2], '.') ? nameOf(tokens[at + 3]) : undefined;
  return index === undefined ? { table } : { table, index };
}

/** What statements do, in words for whoever is asked about it: `insert into "Music", delete from "Orders"`. */
export function writeWords(kinds: readonly StatementKind[]): string {
  const words = kinds
    .filter(({ isReading }) => !isReading)
    .map(({ verb, table }) => `${verbWords[verb]}${table === undefined ? '' : ` ${table}`}`);
  return [...new Set(words)].join(', ');
}

const verbWords = {
  select: 'do something to',
  insert: 'insert into',
  update: 'update',
  delete: 'delete from',
  unknown: 'do something that cannot be told',
} as const;

/** What is typed to confirm writing statements: their table, or `write` where it is not one. */
export function confirmationWord(kinds: readonly StatementKind[]): string {
  const tables = new Set(kinds.filter(({ isReading }) => !isReading).map(({ table }) => table));
  const [only] = tables;
  return tables.size === 1 && only !== undefined ? only : 'write';
}
