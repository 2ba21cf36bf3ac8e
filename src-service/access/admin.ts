import { type RuleVerb, ruleVerbs } from '../../src-shared/contracts/review-api.ts';
import type { ResourceRule, Role } from './role.ts';

/**
 * What a user may do with resources: `spec.allow.rules` and `spec.deny.rules` of the user's roles. What no rule allows
 * is denied; a deny rule goes before every allow rule.
 */

export const verbs = ruleVerbs;
export type Verb = RuleVerb;

/** Things that rules can name beside the kinds of documents. */
export const otherRuleResources = ['session', 'event'] as const;

/** Whether these roles allow a verb on a kind of resource, and the role that decided. */
export function mayAdminister(
  roles: readonly Role[],
  resource: string,
  verb: Verb,
): { allowed: boolean; role?: string } {
  for (const { name, deny, unreadable } of roles) {
    // A role that cannot be read might have denied this.
    if (unreadable !== undefined || deny.rules.some((rule) => covers(rule, resource, verb, false))) {
      return { allowed: false, role: name };
    }
  }
  const allowing = roles.find(({ allow }) => allow.rules.some((rule) => covers(rule, resource, verb, true)));
  return allowing ? { allowed: true, role: allowing.name } : { allowed: false };
}

/** All that these roles allow, by kind of resource; kinds of which they allow nothing are left out. */
export function allowedVerbs(roles: readonly Role[], resources: readonly string[]): Map<string, Verb[]> {
  const all = resources.map((resource): [string, Verb[]] => [
    resource,
    verbs.filter((verb) => mayAdminister(roles, resource, verb).allowed),
  ]);
  return new Map(all.filter(([, allowed]) => allowed.length > 0));
}

/** To allow reading with secrets is to allow it without; to deny it without is to deny it with. */
function covers({ resources, verbs: own }: ResourceRule, resource: string, verb: Verb, allow: boolean): boolean {
  if (!resources.includes(resource) && !resources.includes('*')) return false;
  if (own.includes('*') || own.includes(verb)) return true;
  return allow ? verb === 'readnosecrets' && own.includes('read') : verb === 'read' && own.includes('readnosecrets');
}
