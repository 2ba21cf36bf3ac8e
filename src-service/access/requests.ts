import { parseRoleArn } from '../../src-shared/aws/arn.ts';
import { coveringEntry } from './arns.ts';
import type { AccessQuestion, AppTarget, Decision } from './decision.ts';
import { type Asking, type Grant, grantsOf } from './grants.ts';
import { labelsMatch } from './labels.ts';
import type { Role } from './role.ts';
import { sessionOptions } from './session-options.ts';

/** A request for access that was approved and is in force. */
export interface AccessGrant {
  /** The request's name. */
  request: string;
  app: string;
  roleArn: string;
  approvedBy: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Whether somebody may ask for an IAM role of an app, or decide on such a request, and by which roles. */
export type Right =
  | { allowed: true; roles: readonly Role[]; entry: string }
  | { allowed: false; because: string; role?: string };

/** The longest time for which access can be asked for, where the role does not say: eight hours. */
export const defaultMaxDuration = 8 * 3_600_000;

type Question = Pick<AccessQuestion, 'user' | 'roles' | 'app' | 'roleArn'>;

/**
 * Whether a user may ask for an IAM role of an app: a role says so in `spec.allow.request`, and no role denies the
 * asking (`spec.deny.request`) or the IAM role itself. What cannot be evaluated in a deny rule denies.
 */
export function mayRequest(question: Question, denial: string | undefined): Right {
  if (denial !== undefined) return { allowed: false, because: denial };
  return rightTo('request', question);
}

/** Whether a user may decide on requests for an IAM role of an app: `spec.allow.review_requests`, and no deny of it. */
export function mayReview(question: Question): Right {
  return rightTo('review', question);
}

function rightTo(what: 'request' | 'review', { user, roles, app, roleArn }: Question): Right {
  const grants = grantsOf(user, roles);
  for (const { role, deny } of grants) {
    const denied = role.unreadable !== undefined || (deny[what] && isDenied(deny[what], app, roleArn));
    if (denied) return { allowed: false, because: `The role ${role.name} denies it.`, role: role.name };
  }
  const granting = grants.filter(({ allow }) => covers(allow[what], app, roleArn));
  const [first] = granting;
  if (!first) {
    const words = what === 'request' ? 'be asked for' : 'be decided on';
    return { allowed: false, because: `No role of ${user.name} lets ${roleArn} of ${app.name} ${words}.` };
  }
  const entry = (first.allow[what] && coveringEntry(first.allow[what].arns, roleArn)) ?? roleArn;
  return { allowed: true, roles: granting.map(({ role }) => role), entry };
}

function covers(asking: Asking | undefined, app: AppTarget, roleArn: string): boolean {
  return (
    asking !== undefined && labelsMatch(asking.labels, app.labels) && coveringEntry(asking.arns, roleArn) !== undefined
  );
}

function isDenied(asking: Asking, app: AppTarget, roleArn: string): boolean {
  return asking.labels.problems.length > 0 || asking.arns.problems.length > 0 || covers(asking, app, roleArn);
}

/** The longest time for which a right lets access be asked for: the shortest that any of its roles says. */
export function longestRequest(roles: readonly Role[]): number {
  return Math.min(...roles.map(({ allow }) => allow.request?.maxDuration ?? defaultMaxDuration));
}

/**
 * What an approved request says to a question that no allow rule answers with yes. The roles that let it be asked for
 * must still do so; their options hold for the session.
 */
export function permissionByRequest(
  question: Question,
  requests: readonly AccessGrant[],
): Extract<Decision, { allowed: true }> | undefined {
  const { user, roles, app, roleArn } = question;
  const found = requests.filter((one) => one.app === app.name && one.roleArn === roleArn);
  const [longest] = found.sort((a, b) => b.expiresAt - a.expiresAt);
  if (!longest) return undefined;
  const right = rightTo('request', question);
  if (!right.allowed) return undefined;
  const all = grantsOf(user, roles).map(({ role }) => role);
  const options = sessionOptions(user, right.roles, all);
  if (typeof options === 'string') return undefined;
  const role = right.roles[0]?.name ?? '';
  return {
    allowed: true,
    because: `The request ${longest.request}, which ${longest.approvedBy} has approved, allows it until ${new Date(longest.expiresAt).toISOString()}.`,
    rule: { role, side: 'allow', field: 'request', entry: right.entry },
    options,
    grant: longest,
  };
}

/** The ARNs that a user's roles name as ones to ask for, whatever else says of them. */
export function namedToRequest(grants: readonly Grant[]): string[] {
  const arns = new Set(grants.flatMap(({ allow }) => [...(allow.request?.arns.exact.keys() ?? [])]));
  return [...arns].filter((arn) => parseRoleArn(arn) !== undefined);
}

/**
 * Which requests for IAM roles of an app a user may decide on, as the user's roles name them: ARNs, patterns, or `*`.
 * Deny rules may take out some of what a pattern stands for.
 */
export function namedToReview({ user, roles, app }: Omit<Question, 'roleArn'>): string[] {
  const grants = grantsOf(user, roles);
  const entries = grants.flatMap(({ allow: { review } }) => {
    if (!review || !labelsMatch(review.labels, app.labels)) return [];
    const { any, globs, exact } = review.arns;
    return [...(any ? ['*'] : []), ...globs, ...exact.keys()];
  });
  return [...new Set(entries)].filter((entry) => !isReviewDenied(grants, app, entry));
}

function isReviewDenied(grants: readonly Grant[], app: AppTarget, roleArn: string): boolean {
  return grants.some(
    ({ role, deny }) => role.unreadable !== undefined || (deny.review && isDenied(deny.review, app, roleArn)),
  );
}
