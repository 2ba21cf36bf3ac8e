import { compileRegex, quoteRegex } from '../../access/regex.ts';
import type { Traits } from '../../access/template.ts';

/** One line of `claims_to_roles` or `attributes_to_roles`. */
export interface RoleMapping {
  /** The claim's or attribute's name, exactly. */
  claim: string;
  /** Text, a glob in which each `*` is any text, or a regular expression between `^` and `$`. */
  value: string;
  /** Roles for whoever has such a value; `$1` and `${name}` stand for what a glob or expression has caught. */
  roles: readonly string[];
}

/**
 * The roles that mappings give for claims, each once, in the order of the mappings. A value must match as a whole, in
 * its own case. A role whose name comes out empty is left out.
 *
 * Source: docs of the published guide, `claims_to_roles`; see "Connector mappings" of the reference notes.
 */
export function mappedRoles(mappings: readonly RoleMapping[], claims: Traits): string[] {
  const roles = new Set<string>();
  for (const { claim, value: pattern, roles: names } of mappings) {
    const values = Object.hasOwn(claims, claim) ? (claims[claim] ?? []) : [];
    for (const value of values) {
      for (const name of names) {
        const role = roleFor(pattern, value, name);
        if (role) roles.add(role);
      }
    }
  }
  return [...roles];
}

/** @returns undefined where the value does not match; a stored expression that is none matches nothing */
function roleFor(pattern: string, value: string, role: string): string | undefined {
  const source = expressionOf(pattern);
  if (source === undefined) return pattern === value ? role : undefined;
  const regex = compileRegex(source);
  if (typeof regex === 'string' || !regex.matches(value)) return undefined;
  return role.includes('$') ? regex.replaceAll(value, role) : role;
}

function expressionOf(pattern: string): string | undefined {
  if (pattern.startsWith('^') && pattern.endsWith('$') && pattern.length > 1) return pattern;
  if (!pattern.includes('*')) return undefined;
  return `^${pattern.split('*').map(quoteRegex).join('(.*)')}$`;
}
