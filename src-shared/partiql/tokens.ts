/**
 * PartiQL text, cut into pieces. DynamoDB's own grammar is not published in full; what this does not know comes out as
 * `unknown`, so that whoever decides about a statement can refuse it.
 * Source: DynamoDB Developer Guide, "PartiQL - a SQL-compatible query language for Amazon DynamoDB".
 */
export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol' | 'comment' | 'unknown';
  /** As it stands in the text. */
  text: string;
  /** Where it begins in the text. */
  at: number;
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  ['string', /'(?:[^']|'')*'/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['parameter', /\?/y],
  ['symbol', /<<|>>|<=|>=|<>|!=|\|\||[=<>()[\]{},:.*+\-/%;]/y],
];
const space = /[ \t\r\n]+/y;

/** Cuts a text into tokens; white space between them is left out. Never throws. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const gap = matchAt(space, text, at);
    if (gap !== undefined) {
      at += gap.length;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    const found = matchAt(pattern, text, at);
    if (found !== undefined) return { kind, text: found, at };
  }
  // A quote that nothing closes takes the rest with it.
  const opens = text[at] === "'" || text[at] === '"' || text.startsWith('/*', at);
  const found = opens ? text.slice(at) : String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { kind: 'unknown', text: found, at };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Whether a token is this word of the language, in any case. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

/** Whether a token is this symbol. */
export function isSymbol(token: Token | undefined, ...symbols: readonly string[]): boolean {
  return token?.kind === 'symbol' && symbols.includes(token.text);
}

/** The name that a token stands for: a plain word, or what is between its quotes. */
export function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : undefined;
}
