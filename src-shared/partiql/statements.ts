import { isSymbol, type Token, tokensOf } from './tokens.ts';

/** One statement of what stands in an editor. */
export interface Statement {
  /** As it is sent: without comments, and without the semicolon behind it. */
  text: string;
  tokens: readonly Token[];
  /** Where it begins and ends in the editor's text, with the comments before it. */
  from: number;
  to: number;
  /** How many `?` it has. */
  parameters: number;
}

/** Source: DynamoDB API reference, ExecuteStatement, BatchExecuteStatement and ExecuteTransaction. */
export const partiqlLimits = { characters: 8192, batch: 25, transaction: 100 } as const;

/** Cuts a text into its statements, which semicolons divide. Comments are taken out: DynamoDB need not know them. */
export function statementsOf(text: string): Statement[] {
  const statements: Statement[] = [];
  let from = 0;
  let own: Token[] = [];
  const close = (to: number) => {
    const tokens = own.filter(({ kind }) => kind !== 'comment');
    if (tokens.length > 0) statements.push(toStatement(text, own, tokens, from, to));
    own = [];
    from = to;
  };
  for (const token of tokensOf(text)) {
    if (isSymbol(token, ';')) close(token.at + 1);
    else own.push(token);
  }
  close(text.length);
  return statements;
}

function toStatement(text: string, all: readonly Token[], tokens: readonly Token[], from: number, to: number) {
  const [first] = tokens;
  const last = tokens.at(-1);
  const start = first?.at ?? from;
  const end = last ? last.at + last.text.length : to;
  let bare = text.slice(start, end);
  for (const { kind, at, text: comment } of [...all].reverse()) {
    if (kind !== 'comment' || at < start || at >= end) continue;
    bare = `${bare.slice(0, at - start)} ${bare.slice(at - start + comment.length)}`;
  }
  return { text: bare, tokens, from, to, parameters: tokens.filter(({ kind }) => kind === 'parameter').length };
}

/** The statement in which a place of the text lies; the last one before it where it lies in none. */
export function statementAt(statements: readonly Statement[], place: number): Statement | undefined {
  return statements.find(({ from, to }) => place >= from && place < to) ?? statements.at(-1);
}
