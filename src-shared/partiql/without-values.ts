import { isSymbol, isWord, type Token, tokensOf } from './tokens.ts';

/**
 * A text of statements with a `?` in place of each value, and without comments: what can be kept or shared without a
 * word of anybody's data. The names in `{'Artist': …}` stay, for they are names.
 */
export function withoutLiterals(text: string): string {
  const tokens = tokensOf(text);
  let kept = '';
  let end = 0;
  for (const [index, { kind, text: own, at }] of tokens.entries()) {
    const isName = kind === 'string' && isSymbol(tokens[index + 1], ':');
    const isValue = kind === 'string' || kind === 'number' || kind === 'unknown';
    kept += text.slice(end, at);
    if (kind !== 'comment') kept += isValue && !isName && !isPlace(tokens, index) ? '?' : own;
    end = at + own.length;
  }
  return kept.trim();
}

/** Whether a number is a place in a list, as in `Tags[0]`: that is a part of a name. */
function isPlace(tokens: readonly Token[], index: number): boolean {
  const of = tokens[index - 2];
  const isOfName = of?.kind === 'quoted' || (of?.kind === 'word' && !isWord(of, 'IN')) || isSymbol(of, ']');
  return isOfName && isSymbol(tokens[index - 1], '[') && isSymbol(tokens[index + 1], ']');
}
