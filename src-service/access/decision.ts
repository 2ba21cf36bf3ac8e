import { parseRoleArn, type RoleArn } from '../../src-shared/aws/arn.ts';
import type { Role, User } from '../config/resources.ts';
import { type Labels, labelsMatch } from './labels.ts';
import { expandTemplate, parseTemplate, type Traits } from './template.ts';

/** An app as decisions see it. */
export interface AppTarget {
  name: string;
  labels: Labels;
}

export interface AccessQuestion {
  user: User;
  /** All roles there are; those that the user has are looked up by name. */
  roles: ReadonlyMap<string, Role>;
  app: AppTarget;
  roleArn: string;
}

/** Yes or no, and the rule that decided. */
export interface Decision {
  allowed: boolean;
  because: string;
}

/**
 * Whether a user may assume an IAM role through an app. Deny rules come first, of all the user's roles; then one
 * single role must allow both the app (by its labels) and the ARN (exactly). Whatever cannot be evaluated in a deny
 * rule denies.
 */
export function decide({ user, roles, app, roleArn }: AccessQuestion): Decision {
  const own = rolesOf(user, roles);
  for (const role of own) {
    const denied = denialBy(role, user.traits, app, roleArn);
    if (denied !== undefined) return { allowed: false, because: denied };
  }
  const account = app.labels['aws_account_id'];
  if (account !== undefined && parseRoleArn(roleArn)?.accountId !== account) {
    return { allowed: false, because: `The app ${app.name} is for the account ${account} only.` };
  }
  const allowing = own.find((role) => allows(role, user.traits, app, roleArn));
  return allowing
    ? { allowed: true, because: `The role ${allowing.name} allows it.` }
    : { allowed: false, because: noneAllows(user, own, app, roleArn) };
}

/** All IAM roles that a user may assume through an app, by name. */
export function assumableRoles(question: Omit<AccessQuestion, 'roleArn'>): RoleArn[] {
  const { user, roles } = question;
  const arns = new Set(
    rolesOf(user, roles).flatMap((role) => expandArns(role.allow.aws_role_arns, user.traits).values),
  );
  return [...arns]
    .filter((roleArn) => decide({ ...question, roleArn }).allowed)
    .map(parseRoleArn)
    .filter((role) => role !== undefined)
    .sort((a, b) => compareNames(a.name, b.name) || compareNames(a.arn, b.arn));
}

function denialBy(role: Role, traits: Traits, app: AppTarget, roleArn: string): string | undefined {
  const { app_labels: labels, aws_role_arns: arns } = role.deny;
  if (labelsMatch(labels, app.labels)) return `The role ${role.name} denies the app ${app.name}.`;
  if (arns.includes('*')) return `The role ${role.name} denies every IAM role.`;
  const { values, problems } = expandArns(arns, traits);
  if (values.includes(roleArn)) return `The role ${role.name} denies this IAM role.`;
  const [problem] = problems;
  // A deny rule that vanished because a trait is missing would open what it was written to close.
  if (problem !== undefined) return `The role ${role.name} has a deny rule that cannot be evaluated: ${problem}.`;
  return undefined;
}

function allows(role: Role, traits: Traits, app: AppTarget, roleArn: string): boolean {
  return (
    labelsMatch(role.allow.app_labels, app.labels) &&
    expandArns(role.allow.aws_role_arns, traits).values.includes(roleArn)
  );
}

function noneAllows(user: User, own: readonly Role[], app: AppTarget, roleArn: string): string {
  if (own.length === 0) return `${user.name} has no role.`;
  const names = own.map((role) => role.name).join(', ');
  const byArn = own.filter((role) => expandArns(role.allow.aws_role_arns, user.traits).values.includes(roleArn));
  const [first] = byArn;
  if (first)
    return `The role ${first.name} allows this IAM role, but not the app ${app.name}: its app_labels do not match.`;
  const problems = own.flatMap((role) => expandArns(role.allow.aws_role_arns, user.traits).problems);
  const why = problems.length === 0 ? '' : ` (${[...new Set(problems)].join('; ')})`;
  return `None of the roles of ${user.name} (${names}) allows this IAM role${why}.`;
}

function rolesOf(user: User, roles: ReadonlyMap<string, Role>): Role[] {
  return user.roles.map((name) => roles.get(name)).filter((role) => role !== undefined);
}

function expandArns(entries: readonly string[], traits: Traits): { values: string[]; problems: string[] } {
  const values: string[] = [];
  const problems: string[] = [];
  for (const entry of entries) {
    const template = parseTemplate(entry);
    if (!template.ok) {
      problems.push(template.message);
      continue;
    }
    const expansion = expandTemplate(template, traits);
    values.push(...expansion.values);
    problems.push(...expansion.problems);
  }
  return { values, problems };
}

function compareNames(a: string, b: string): number {
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
  return lowerA < lowerB ? -1 : lowerA > lowerB ? 1 : 0;
}
