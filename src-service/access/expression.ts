import { nearestName } from '../config/nearest-name.ts';
import { compileRegex, type LinearRegex } from './regex.ts';

/** What stands between the braces of a template. */
export type Expression =
  | { kind: 'literal'; text: string }
  | { kind: 'trait'; source: 'internal' | 'external'; name: string }
  | { kind: 'email.local'; of: Expression }
  | { kind: 'regexp.replace'; of: Expression; pattern: string; regex: LinearRegex; replacement: string };

/** The traits that `internal.` may name; any other is a slip. */
export const internalTraits = [
  'logins',
  'windows_logins',
  'kubernetes_groups',
  'kubernetes_users',
  'db_names',
  'db_users',
  'db_roles',
  'aws_role_arns',
  'azure_identities',
  'gcp_service_accounts',
  'jwt',
  'github_orgs',
];

const functions = ['email.local', 'regexp.replace'];
const maxDepth = 16;
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t' };

/** Something that is not as an expression has to be; the message is a sentence without its beginning. */
class Slip extends Error {}

/**
 * Reads the expression that begins at a place of a text and ends at `}}`.
 *
 * @returns where it ends (after `}}`), or what is wrong
 */
export function readExpression(text: string, from: number): { expression: Expression; end: number } | string {
  const reader = new Reader(text, from);
  try {
    const expression = reader.expression(0);
    reader.expect('}}');
    return { expression, end: reader.position };
  } catch (error) {
    if (error instanceof Slip) return error.message;
    throw error;
  }
}

class Reader {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  expression(depth: number): Expression {
    if (depth > maxDepth) throw new Slip('functions are nested too deeply.');
    if (this.looksAt('"') || this.looksAt('`')) return { kind: 'literal', text: this.quoted() };
    const name = this.name();
    if (name === 'internal' || name === 'external') return this.trait(name);
    if (!this.takes('.')) throw new Slip(this.strange(name));
    const whole = `${name}.${this.name()}`;
    if (!functions.includes(whole)) {
      const near = nearestName(whole, functions);
      throw new Slip(`there is no function ${whole}; there is ${near ?? functions.join(' and ')}.`);
    }
    this.expect('(');
    const of = this.expression(depth + 1);
    const call: Expression = whole === 'email.local' ? { kind: 'email.local', of } : this.replacing(of);
    this.expect(')');
    return call;
  }

  private replacing(of: Expression): Expression {
    this.expect(',');
    const pattern = this.quoted();
    this.expect(',');
    const replacement = this.quoted();
    const regex = compileRegex(pattern);
    if (typeof regex === 'string') throw new Slip(regex);
    return { kind: 'regexp.replace', of, pattern, regex, replacement };
  }

  private trait(source: 'internal' | 'external'): Expression {
    let name: string;
    if (this.takes('[')) {
      name = this.quoted();
      this.expect(']');
    } else if (this.takes('.')) name = this.name();
    else throw new Slip(`after ${source} comes the name of a trait, as in ${source}.team.`);
    if (name === '') throw new Slip('the name of the trait is empty.');
    if (source === 'internal' && !internalTraits.includes(name)) {
      const near = nearestName(name, internalTraits);
      throw new Slip(
        `there is no internal trait ${name}. ${near === undefined ? '' : `Did you mean internal.${near}? `}` +
          `Traits of a user's own choosing are external.${name}.`,
      );
    }
    return { kind: 'trait', source, name };
  }

  /** A letter, then letters, digits and underscores. */
  private name(): string {
    this.skipSpace();
    const found = /^[A-Za-z]\w*/.exec(this.text.slice(this.position, this.position + 256))?.[0];
    if (found === undefined) throw new Slip(this.strange(this.text.slice(this.position, this.position + 20)));
    this.position += found.length;
    return found;
  }

  /** `"…"` with escapes, or `` `…` `` without. */
  private quoted(): string {
    this.skipSpace();
    const quote = this.text[this.position];
    if (quote !== '"' && quote !== '`') throw new Slip('here a text in double quotes is needed.');
    this.position += 1;
    let value = '';
    for (;;) {
      const character = this.text[this.position];
      if (character === undefined) throw new Slip('a quoted text has no end.');
      this.position += 1;
      if (character === quote) return value;
      value += character === '\\' && quote === '"' ? this.escape() : character;
    }
  }

  private escape(): string {
    const character = this.text[this.position] ?? '';
    this.position += 1;
    const value = escapes[character];
    if (value !== undefined) return value;
    throw new Slip(`in a quoted text, write \\\\${character} for \\${character}.`);
  }

  expect(token: string): void {
    if (!this.takes(token)) throw new Slip(this.strange(this.text.slice(this.position, this.position + 20), token));
  }

  private takes(token: string): boolean {
    if (!this.looksAt(token)) return false;
    this.position += token.length;
    return true;
  }

  private looksAt(token: string): boolean {
    this.skipSpace();
    return this.text.startsWith(token, this.position);
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.position] ?? '')) this.position += 1;
  }

  private strange(found: string, wanted?: string): string {
    const what = found === '' ? 'it ends too early' : `"${found}" is not understood`;
    return wanted === undefined
      ? `${what}. Write internal.name, external.name, email.local(…) or regexp.replace(…).`
      : `${what}; here ${wanted} is needed.`;
  }
}
