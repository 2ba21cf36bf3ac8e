/** One statement of an IAM policy, its patterns ready to be matched. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: readonly RegExp[];
  resources: readonly RegExp[];
}

/** An IAM policy document: what it allows and denies. */
export type Policy = readonly Statement[];

/** What a policy says about one action on one resource. A deny counts more than any allow. */
export type Verdict = 'allowed' | 'denied implicitly' | 'denied explicitly';

/**
 * One statement. `*` stands for any text and `?` for one character; actions are compared without regard to case,
 * resources with it. Source: IAM User Guide, "IAM JSON policy elements: Action" and "… Resource".
 *
 * @param actions such as `dynamodb:Get*`
 * @param resources ARNs, or `*`
 */
export function statement(
  effect: 'Allow' | 'Deny',
  actions: readonly string[],
  resources: readonly string[] = ['*'],
): Statement {
  return {
    effect,
    actions: actions.map((pattern) => wildcard(pattern, 'is')),
    resources: resources.map((pattern) => wildcard(pattern, 's')),
  };
}

/** A policy of one statement that allows these actions on these resources. */
export function allow(actions: readonly string[], resources?: readonly string[]): Policy {
  return [statement('Allow', actions, resources)];
}

/** What a policy says about `action` (`dynamodb:GetItem`) on the resource with this ARN. */
export function verdictOf(policy: Policy, action: string, resource: string): Verdict {
  let verdict: Verdict = 'denied implicitly';
  for (const { effect, actions, resources } of policy) {
    if (!matchesAny(actions, action) || !matchesAny(resources, resource)) continue;
    if (effect === 'Deny') return 'denied explicitly';
    verdict = 'allowed';
  }
  return verdict;
}

function matchesAny(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function wildcard(pattern: string, flags: string): RegExp {
  // Several stars in a row mean what one means, and would make the expression try needlessly often.
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags);
}
