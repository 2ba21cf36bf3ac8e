/**
 * Templates in role documents: `arn:aws:iam::123456789000:role/{{email.local(external.email)}}`. A string has at
 * most one `{{…}}`, with text before and after it. `internal.x` and `external.x` name traits of the user; a trait
 * has any number of values, and so has the result. What comes out is always literal text, never a pattern.
 */

export type Traits = Readonly<Record<string, readonly string[]>>;

type Expression =
  | { kind: 'literal'; text: string }
  | { kind: 'trait'; source: 'internal' | 'external'; name: string }
  | { kind: 'email.local'; of: Expression };

export type Template =
  | { ok: true; isLiteral: boolean; prefix: string; expression: Expression; suffix: string }
  | { ok: false; message: string };

/** What a template came to for one user. */
export interface Expansion {
  values: string[];
  /** Why values are missing: a trait that the user lacks, an e-mail address that is none. */
  problems: string[];
}

/** The traits that `internal.` may name; any other is a slip. */
const internalTraits = ['logins', 'aws_role_arns', 'db_names', 'db_users', 'kubernetes_groups', 'kubernetes_users'];

/** Reads a template. A text without braces is a template too: it stands for itself. */
export function parseTemplate(text: string): Template {
  const match = /^([^{}]*)\{\{([^{}]*)\}\}([^{}]*)$/.exec(text);
  if (!match) {
    if (!/[{}]/.test(text)) {
      return { ok: true, isLiteral: true, prefix: '', expression: { kind: 'literal', text }, suffix: '' };
    }
    return { ok: false, message: `"${text}" has braces that are no template. Write one {{internal.name}} at most.` };
  }
  const [, prefix = '', inner = '', suffix = ''] = match;
  const parsed = parseExpression(inner.trim());
  if (typeof parsed === 'string') return { ok: false, message: `In "${text}": ${parsed}` };
  return { ok: true, isLiteral: false, prefix: prefix.trimStart(), expression: parsed, suffix: suffix.trimEnd() };
}

/** Expands a template for a user with these traits. Empty values are left out, repeated ones come once. */
export function expandTemplate(template: Extract<Template, { ok: true }>, traits: Traits): Expansion {
  const { values, problems } = evaluate(template.expression, traits);
  const expanded = values
    .filter((value) => value !== '')
    .map((value) => `${template.prefix}${value}${template.suffix}`);
  return { values: [...new Set(expanded)], problems };
}

function parseExpression(text: string): Expression | string {
  const call = /^([a-z]+\.[a-z]+)\((.*)\)$/s.exec(text);
  if (call) {
    const [, name = '', argument = ''] = call;
    if (name !== 'email.local') return `there is no function ${name}; there is email.local.`;
    const of = parseExpression(argument.trim());
    return typeof of === 'string' ? of : { kind: 'email.local', of };
  }
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text);
  if (quoted) return { kind: 'literal', text: (quoted[1] ?? '').replace(/\\(.)/g, '$1') };
  const trait = /^(internal|external)(?:\.([A-Za-z]\w*)|\["([^"\\]+)"\])$/.exec(text);
  if (!trait) return `"${text}" is neither internal.name, external.name nor email.local(…).`;
  const source = trait[1] as 'internal' | 'external';
  const name = trait[2] ?? trait[3] ?? '';
  if (source === 'internal' && !internalTraits.includes(name)) {
    return `there is no internal trait ${name}. Traits of a user's own choosing are external.${name}.`;
  }
  return { kind: 'trait', source, name };
}

function evaluate(expression: Expression, traits: Traits): Expansion {
  switch (expression.kind) {
    case 'literal':
      return { values: [expression.text], problems: [] };
    case 'trait': {
      const values = Object.hasOwn(traits, expression.name) ? traits[expression.name] : undefined;
      if (!values || values.length === 0) {
        return { values: [], problems: [`the user has no trait ${expression.name}`] };
      }
      return { values: [...values], problems: [] };
    }
    case 'email.local': {
      const inner = evaluate(expression.of, traits);
      const result: Expansion = { values: [], problems: [...inner.problems] };
      for (const address of inner.values) {
        const local = localPart(address);
        if (local === undefined) result.problems.push(`"${address}" is no e-mail address`);
        else result.values.push(local);
      }
      return result;
    }
  }
}

/** What stands before the `@` of an address, also when it comes with a display name (RFC 5322 name-addr). */
function localPart(address: string): string | undefined {
  const bare = /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address.trim();
  return /^([^\s@<>"(),:;[\]\\]+)@[^\s@<>]+$/.exec(bare)?.[1];
}
