import type { TableDetails } from '../contracts/tables.ts';
import { classifyTokens } from './classify.ts';
import { isSymbol, isWord, nameOf, type Token } from './tokens.ts';

/**
 * Whether a SELECT reads its whole table or index: it does unless each partition-key attribute has an `=` or `IN` in
 * the WHERE clause. Where that cannot be told, it counts as a scan.
 * Source: DynamoDB Developer Guide, "PartiQL select statements for DynamoDB".
 */
export function readsAll(tokens: readonly Token[], schema: Pick<TableDetails, 'key' | 'indexes'>): boolean {
  const { verb, index } = classifyTokens(tokens);
  if (verb !== 'select') return false;
  const key = index === undefined ? schema.key : schema.indexes.find(({ name }) => name === index)?.key;
  const partition = (key ?? []).filter(({ role }) => role === 'HASH').map(({ name }) => name);
  const where = tokens.findIndex((token) => isWord(token, 'WHERE'));
  if (where < 0 || partition.length === 0) return true;
  const end = tokens.findIndex((token, at) => at > where && isWord(token, 'ORDER'));
  const pinned = new Condition(tokens.slice(where + 1, end < 0 ? undefined : end)).pinned();
  return !partition.every((name) => pinned.has(name));
}

/** A WHERE clause, of which only this is wanted: which attributes have one value, or one of a few, in every match. */
class Condition {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  pinned(): ReadonlySet<string> {
    const names = this.either();
    return this.at === this.tokens.length ? names : new Set();
  }

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  /** With OR, only what both sides pin is pinned. */
  private either(): Set<string> {
    let names = this.both();
    while (isWord(this.token, 'OR')) {
      this.at++;
      const others = this.both();
      names = new Set([...names].filter((name) => others.has(name)));
    }
    return names;
  }

  private both(): Set<string> {
    const names = this.one();
    while (isWord(this.token, 'AND')) {
      this.at++;
      for (const name of this.one()) names.add(name);
    }
    return names;
  }

  private one(): Set<string> {
    if (isWord(this.token, 'NOT')) {
      this.at++;
      this.one();
      return new Set();
    }
    if (!isSymbol(this.token, '(')) return this.comparison();
    this.at++;
    const names = this.either();
    if (!isSymbol(this.token, ')')) {
      this.at = Number.POSITIVE_INFINITY;
      return new Set();
    }
    this.at++;
    return names;
  }

  /** One comparison, up to the AND, OR or bracket behind it. */
  private comparison(): Set<string> {
    const own: Token[] = [];
    let depth = 0;
    let isBetween = false;
    for (; this.token; this.at++) {
      const { token } = this;
      if (depth === 0 && (isWord(token, 'OR') || isSymbol(token, ')'))) break;
      if (depth === 0 && isWord(token, 'AND')) {
        if (!isBetween) break;
        isBetween = false;
      }
      if (isWord(token, 'BETWEEN')) isBetween = true;
      if (isSymbol(token, '(', '[', '{', '<<')) depth++;
      if (isSymbol(token, ')', ']', '}', '>>')) depth--;
      own.push(token!);
    }
    const name = pinnedBy(own);
    return new Set(name === undefined ? [] : [name]);
  }
}

function pinnedBy(tokens: readonly Token[]): string | undefined {
  const [left, operator, right] = tokens;
  if (isWord(operator, 'IN')) return nameOf(left);
  if (!isSymbol(operator, '=') || tokens.length > (isSymbol(right, '-') ? 4 : 3)) return undefined;
  if (isValue(right)) return nameOf(left);
  return isValue(left) ? nameOf(right) : undefined;
}

function isValue(token: Token | undefined): boolean {
  return token?.kind === 'string' || token?.kind === 'number' || token?.kind === 'parameter' || isSymbol(token, '-');
}
