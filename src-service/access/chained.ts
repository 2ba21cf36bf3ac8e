import { requireRoleArn } from '../../src-shared/aws/arn.ts';
import { type AccessQuestion, type Decision, decide, denialOf, permission } from './decision.ts';
import { grantsOf } from './grants.ts';

/** A question about a role that is assumed with an app session's own IAM role. */
export interface ChainedQuestion extends AccessQuestion {
  /** The ARN that the app session asks STS for; `roleArn` is the session's own. */
  target: string;
}

/**
 * Whether a user may go on, from an app session, to another IAM role. Deny rules cover the target as they cover a role
 * that is picked. What else holds is `aws_chained_roles` of the roles that allow the session, the strictest of them:
 * `deny` (none), `listed` (a role must allow the target itself for this app) or `allow`. A read-only session leads
 * nowhere, and nothing leads to a role that the user has read-only or with a second factor: the chained session would
 * be neither.
 *
 * The app's account (`aws_account_id`) does not narrow the target: going to another account is what chaining is for.
 *
 * @returns when allowed, the options that hold for the chained session
 * @throws RolegateError `bad_input` when the target is no role's ARN
 */
export function decideChained({ target, ...session }: ChainedQuestion): Decision {
  requireRoleArn(target);
  const own = decide(session);
  if (!own.allowed) return own;
  const grants = grantsOf(session.user, session.roles);
  const denial = denialOf(grants, session.app, target);
  if (denial) return denial;
  const no = (because: string): Decision => ({
    allowed: false,
    because,
    rule: { role: own.rule.role, side: 'allow', field: 'options' },
  });
  if (own.options.readOnly) return no('This session is read-only, and a chained role could write.');
  if (own.options.chainedRoles === 'deny') {
    return no('The roles that allow this session deny chained roles (aws_chained_roles: deny).');
  }
  const picked = permission(session.user, grants, session.app, target);
  if (picked.allowed) {
    if (picked.options.readOnly) return no('You have this role read-only, so it must be picked, not chained to.');
    if (picked.options.requireSessionMfa && !own.options.requireSessionMfa) {
      return no('This role needs a second factor at its start, so it must be picked, not chained to.');
    }
    return picked;
  }
  // A role lists the target, but what it wants the session to carry cannot be told.
  if (picked.rule?.field === 'options') return picked;
  if (own.options.chainedRoles === 'allow')
    return { ...own, because: `The role ${own.rule.role} allows any chained role.` };
  return no(`No role of ${session.user.name} lists ${target} in aws_role_arns, as aws_chained_roles: listed demands.`);
}
