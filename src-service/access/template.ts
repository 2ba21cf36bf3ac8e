import { memoize } from '../../src-shared/memoize.ts';
import { type Expression, readExpression } from './expression.ts';

/**
 * Templates in role documents: `arn:aws:iam::123456789000:role/{{email.local(external.email)}}`. A string has at
 * most one `{{…}}`, with text before and after it. `internal.x` and `external.x` name traits of the user; a trait
 * has any number of values, and so has the result. What comes out is always literal text, never a pattern.
 */

export type Traits = Readonly<Record<string, readonly string[]>>;

/** Where `internal.x` and `external.x` look. What a sign-on provider claims is never internal. */
export interface TraitSources {
  internal: Traits;
  external: Traits;
}

export type Template =
  | { ok: true; isLiteral: boolean; prefix: string; expression: Expression; suffix: string }
  | { ok: false; message: string };

export type GoodTemplate = Extract<Template, { ok: true }>;

/** What a template came to for one user. */
export interface Expansion {
  values: string[];
  /** Why values are missing: a trait that the user lacks, an e-mail address that is none. */
  problems: string[];
  /** Values that were left out as the template says: they do not match its regular expression. */
  leftOut: string[];
}

/**
 * Reads a template. A text without braces is a template too: it stands for itself. What was read is remembered: after a
 * change of one role, the roles of all users are worked out anew.
 */
export function parseTemplate(text: string): Template {
  return text.length > maxRemembered ? readTemplate(text) : remembered(text);
}

const maxRemembered = 512;
const remembered = memoize(readTemplate, 20_000);

function readTemplate(text: string): Template {
  if (!/[{}]/.test(text)) {
    return { ok: true, isLiteral: true, prefix: '', expression: { kind: 'literal', text }, suffix: '' };
  }
  const begin = text.indexOf('{{');
  const prefix = begin < 0 ? text : text.slice(0, begin);
  if (begin < 0 || /[{}]/.test(prefix)) return notATemplate(text);
  const read = readExpression(text, begin + 2);
  if (typeof read === 'string') return { ok: false, message: `In "${text}": ${read}` };
  const suffix = text.slice(read.end);
  if (/[{}]/.test(suffix)) return notATemplate(text);
  const { expression } = read;
  return { ok: true, isLiteral: false, prefix: prefix.trimStart(), expression, suffix: suffix.trimEnd() };
}

function notATemplate(text: string): Template {
  return { ok: false, message: `"${text}" has braces that are no template. Write one {{internal.name}} at most.` };
}

/** Expands a template for a user with these traits. Empty values are left out, repeated ones come once. */
export function expandTemplate(template: GoodTemplate, traits: TraitSources): Expansion {
  const { values, problems, leftOut } = evaluateTemplate(template, traits);
  return { values: values.map((value) => `${template.prefix}${value}${template.suffix}`), problems, leftOut };
}

/** Like {@link expandTemplate}, without what stands before and after the braces. */
export function evaluateTemplate({ expression }: GoodTemplate, traits: TraitSources): Expansion {
  const { values, problems, leftOut } = evaluate(expression, traits);
  return { values: [...new Set(values.filter((value) => value !== ''))], problems, leftOut };
}

function evaluate(expression: Expression, traits: TraitSources): Expansion {
  switch (expression.kind) {
    case 'literal':
      return { values: [expression.text], problems: [], leftOut: [] };
    case 'trait':
      return traitValues(expression, traits);
    case 'email.local':
      return forEachValue(evaluate(expression.of, traits), (address, result) => {
        const local = localPart(address);
        if (local === undefined) result.problems.push(`"${address}" is no e-mail address`);
        else result.values.push(local);
      });
    case 'regexp.replace': {
      const { of, regex, pattern, replacement } = expression;
      return forEachValue(evaluate(of, traits), (value, result) => {
        const replaced = regex.replaceAll(value, replacement);
        if (replaced === undefined) result.leftOut.push(`"${value}" does not match ${pattern}`);
        else result.values.push(replaced);
      });
    }
  }
}

function traitValues(trait: Extract<Expression, { kind: 'trait' }>, sources: TraitSources): Expansion {
  const traits = sources[trait.source];
  const values = Object.hasOwn(traits, trait.name) ? traits[trait.name] : undefined;
  if (!values || values.length === 0) {
    return { values: [], problems: [`the user has no trait ${trait.name}`], leftOut: [] };
  }
  return { values: [...values], problems: [], leftOut: [] };
}

/** A value that fails takes no other with it. */
function forEachValue(inner: Expansion, apply: (value: string, result: Expansion) => void): Expansion {
  const result: Expansion = { values: [], problems: [...inner.problems], leftOut: [...inner.leftOut] };
  for (const value of inner.values) apply(value, result);
  return result;
}

/** What stands before the `@` of an address, also when it comes with a display name (RFC 5322 name-addr). */
function localPart(address: string): string | undefined {
  const bare = /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address.trim();
  return /^([^\s@<>"(),:;[\]\\]+)@[^\s@<>]+$/.exec(bare)?.[1];
}
