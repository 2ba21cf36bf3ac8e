import { matchesWildcard } from './wildcard.ts';

/** One statement of an IAM policy. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  /** Such as `dynamodb:Get*`; in lower case. */
  actions: readonly string[];
  /** ARNs, or `*`. */
  resources: readonly string[];
  /** The statement is about every action but those named (`NotAction`). */
  notAction: boolean;
  /** The statement is about every resource but those named (`NotResource`). */
  notResource: boolean;
}

/** An IAM policy document: what it allows and denies. */
export type Policy = readonly Statement[];

/** What a policy says about one action on one resource. A deny counts more than any allow. */
export type Verdict = 'allowed' | 'denied implicitly' | 'denied explicitly';

/**
 * A statement about these actions on these resources, on all when none are given. `*` stands for any text and `?` for
 * one character; actions are compared without regard to case, resources with it. Source: IAM User Guide, "IAM JSON
 * policy elements: Action", "… NotAction", "… Resource" and "… NotResource".
 */
export function statement(
  effect: 'Allow' | 'Deny',
  actions: readonly string[],
  resources: readonly string[] = ['*'],
  { notAction = false, notResource = false } = {},
): Statement {
  return { effect, actions: actions.map((action) => action.toLowerCase()), resources, notAction, notResource };
}

/** A policy of one statement that allows these actions on these resources. */
export function allow(actions: readonly string[], resources?: readonly string[]): Policy {
  return [statement('Allow', actions, resources)];
}

/** What a policy says about `action` (`dynamodb:GetItem`) on the resource with this ARN. */
export function verdictOf(policy: Policy, action: string, resource: string): Verdict {
  let verdict: Verdict = 'denied implicitly';
  for (const one of policy) {
    if (!covers(one, action.toLowerCase(), resource)) continue;
    if (one.effect === 'Deny') return 'denied explicitly';
    verdict = 'allowed';
  }
  return verdict;
}

function covers({ actions, resources, notAction, notResource }: Statement, action: string, resource: string): boolean {
  if (actions.some((pattern) => matchesWildcard(pattern, action)) === notAction) return false;
  return resources.some((pattern) => matchesWildcard(pattern, resource)) !== notResource;
}
