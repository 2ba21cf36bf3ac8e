import { parseRoleArn, type RoleArn } from '../../src-shared/aws/arn.ts';
import { coveringEntry } from './arns.ts';
import { type Grant, grantsOf } from './grants.ts';
import { type Labels, labelsMatch } from './labels.ts';
import {
  type AccessGrant,
  longestRequest,
  mayRequest,
  namedToRequest,
  permissionByRequest,
  type Right,
} from './requests.ts';
import type { Role, Roles, User } from './role.ts';
import { type SessionOptions, sessionOptions } from './session-options.ts';

/** An app as decisions see it. */
export interface AppTarget {
  name: string;
  labels: Labels;
}

export interface AccessQuestion {
  user: User;
  /** All roles there are; those that the user has are looked up by name. */
  roles: Roles;
  app: AppTarget;
  roleArn: string;
  /** Requests of this user that were approved and are in force. */
  requests?: readonly AccessGrant[];
}

/** What decided: a rule of a role, the app's account, or that no role allows it. */
export interface Rule {
  role: string;
  side: 'allow' | 'deny';
  field: 'app_labels' | 'aws_role_arns' | 'options' | 'role' | 'request';
  /** The entry as it is written in the role, where it is one entry. */
  entry?: string;
}

/** Yes or no, and the rule that decided, in a sentence and as data. */
export type Decision =
  | { allowed: true; because: string; rule: Rule; options: SessionOptions; grant?: AccessGrant }
  | { allowed: false; because: string; rule?: Rule };

/**
 * Whether a user may assume an IAM role through an app. Deny rules come first, of all the user's roles; then one
 * single role must allow both the app (by its labels) and the ARN. Whatever cannot be evaluated in a deny rule denies.
 */
export function decide(question: AccessQuestion): Decision {
  const { user, roles, app, roleArn, requests = [] } = question;
  const grants = grantsOf(user, roles);
  const denial = denialOf(grants, app, roleArn);
  if (denial) return denial;
  const wrongAccount = accountDenial(app, roleArn);
  if (wrongAccount) return wrongAccount;
  const own = permission(user, grants, app, roleArn);
  // A role that allows it but cannot say what the session carries is no case for a request.
  if (own.allowed || own.rule || requests.length === 0) return own;
  return permissionByRequest(question, requests) ?? own;
}

/** The IAM roles of an app that a user does not have and may ask for, by name, with the roles that say so. */
export function requestableRoles(question: Omit<AccessQuestion, 'roleArn'>): { role: RoleArn; maxDuration: number }[] {
  const grants = grantsOf(question.user, question.roles);
  return sortedRoles(namedToRequest(grants)).flatMap((role) => {
    const right = requestRight({ ...question, roleArn: role.arn });
    if (!right.allowed || decide({ ...question, roleArn: role.arn }).allowed) return [];
    return [{ role, maxDuration: longestRequest(right.roles) }];
  });
}

/** Whether a user may ask for an IAM role of an app; see `mayRequest`. */
export function requestRight({ user, roles, app, roleArn }: AccessQuestion): Right {
  const denial = denialOf(grantsOf(user, roles), app, roleArn) ?? accountDenial(app, roleArn);
  return mayRequest({ user, roles, app, roleArn }, denial?.because);
}

/** All IAM roles that a user may assume through an app, by name. Patterns name no roles; see `assumablePatterns`. */
export function assumableRoles(question: Omit<AccessQuestion, 'roleArn'>): RoleArn[] {
  const { user, roles, app, requests = [] } = question;
  const arns = new Set(grantsOf(user, roles).flatMap(({ allow }) => [...allow.arns.exact.keys()]));
  for (const one of requests) if (one.app === app.name) arns.add(one.roleArn);
  return sortedRoles([...arns].filter((roleArn) => decide({ ...question, roleArn }).allowed));
}

function sortedRoles(arns: readonly string[]): RoleArn[] {
  return arns
    .map(parseRoleArn)
    .filter((role) => role !== undefined)
    .sort((a, b) => compareNames(a.name, b.name) || compareNames(a.arn, b.arn));
}

/**
 * The patterns of IAM roles that a user may assume through an app, beside the roles that are named, each with the
 * role that holds it. Deny rules may take out some or all of what a pattern stands for.
 */
export function assumablePatterns({ user, roles, app }: Omit<AccessQuestion, 'roleArn'>): {
  pattern: string;
  role: Role;
}[] {
  const account = app.labels['aws_account_id'];
  const found = new Map<string, Role>();
  for (const { role, allow } of grantsOf(user, roles)) {
    if (!labelsMatch(allow.labels, app.labels)) continue;
    for (const pattern of allow.arns.globs) {
      const isOfApp = account === undefined || pattern.split(':')[4] === account;
      if (isOfApp && !found.has(pattern)) found.set(pattern, role);
    }
  }
  const patterns = [...found].map(([pattern, role]) => ({ pattern, role }));
  return patterns.sort((a, b) => compareNames(a.pattern, b.pattern));
}

function accountDenial({ name, labels }: AppTarget, roleArn: string): { allowed: false; because: string } | undefined {
  const account = labels['aws_account_id'];
  if (account === undefined || parseRoleArn(roleArn)?.accountId === account) return undefined;
  return { allowed: false, because: `The app ${name} is for the account ${account} only.` };
}

/** What a deny rule of any role says against an ARN, here also of a chained role. */
export function denialOf(
  grants: readonly Grant[],
  app: AppTarget,
  roleArn: string,
): Extract<Decision, { allowed: false }> | undefined {
  for (const grant of grants) {
    const denied = denialBy(grant, app, roleArn);
    if (denied) return { allowed: false, ...denied };
  }
  return undefined;
}

function denialBy({ role, deny }: Grant, app: AppTarget, roleArn: string): { because: string; rule: Rule } | undefined {
  const by = (because: string, field: Rule['field'], entry?: string) => ({
    because: `The role ${role.name} ${because}`,
    rule: { role: role.name, side: 'deny' as const, field, ...(entry !== undefined && { entry }) },
  });
  if (role.unreadable !== undefined) return by(`cannot be read, so it denies everything: ${role.unreadable}`, 'role');
  if (labelsMatch(deny.labels, app.labels)) return by(`denies the app ${app.name}.`, 'app_labels');
  const entry = coveringEntry(deny.arns, roleArn);
  if (entry === '*') return by('denies every IAM role.', 'aws_role_arns', entry);
  if (entry !== undefined) return by('denies this IAM role.', 'aws_role_arns', entry);
  // A deny rule that vanished because a trait is missing would open what it was written to close.
  const [labelProblem] = deny.labels.problems;
  if (labelProblem !== undefined) return by(`has a deny rule that cannot be evaluated: ${labelProblem}.`, 'app_labels');
  const [problem] = deny.arns.problems;
  if (problem !== undefined) return by(`has a deny rule that cannot be evaluated: ${problem}.`, 'aws_role_arns');
  return undefined;
}

/** What the allow rules alone say: one role must allow both the app and the ARN. */
export function permission(user: User, grants: readonly Grant[], app: AppTarget, roleArn: string): Decision {
  const granting = grants.filter((grant) => allows(grant, app, roleArn));
  const [first] = granting;
  if (!first) return { allowed: false, because: noneAllows(user, grants, app, roleArn) };
  const options = sessionOptions(
    user,
    granting.map(({ role }) => role),
    grants.map(({ role }) => role),
  );
  const { name } = first.role;
  if (typeof options === 'string') {
    return { allowed: false, because: options, rule: { role: name, side: 'allow', field: 'options' } };
  }
  const entry = coveringEntry(first.allow.arns, roleArn) ?? roleArn;
  const rule: Rule = { role: name, side: 'allow', field: 'aws_role_arns', entry };
  return { allowed: true, because: `The role ${name} allows it.`, rule, options };
}

function allows({ allow }: Grant, app: AppTarget, roleArn: string): boolean {
  return coveringEntry(allow.arns, roleArn) !== undefined && labelsMatch(allow.labels, app.labels);
}

function noneAllows(user: User, grants: readonly Grant[], app: AppTarget, roleArn: string): string {
  if (grants.length === 0) return `${user.name} has no role.`;
  const byArn = grants.find(({ allow }) => coveringEntry(allow.arns, roleArn) !== undefined);
  if (byArn) {
    const { name } = byArn.role;
    return `The role ${name} allows this IAM role, but not the app ${app.name}: its app_labels do not match.`;
  }
  const problems = new Set(grants.flatMap(({ allow }) => allow.arns.problems));
  const why = problems.size === 0 ? '' : ` (${[...problems].slice(0, 3).join('; ')})`;
  const names = grants.map(({ role }) => role.name).join(', ');
  return `None of the roles of ${user.name} (${names}) allows this IAM role${why}.`;
}

function compareNames(a: string, b: string): number {
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
  return lowerA < lowerB ? -1 : lowerA > lowerB ? 1 : 0;
}
