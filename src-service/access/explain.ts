import { coveringEntry } from './arns.ts';
import { type AccessQuestion, type Decision, decide, requestRight } from './decision.ts';
import { type Grant, grantsOf, type Side } from './grants.ts';
import { labelsMatch } from './labels.ts';
import { type Lock, lockAgainst, lockReason } from './locks.ts';

/** How one role of the user stands to a question. */
export interface RoleView {
  role: string;
  /** Whether its allow labels match the app. */
  appMatches: boolean;
  /** The entry that allows the ARN, if one does. */
  arnEntry?: string;
  /** The entry that denies the ARN, if one does. */
  denyEntry?: string;
  deniesApp: boolean;
  /** Entries and values that were dropped, and why. In deny rules they deny. */
  dropped: string[];
}

/** A decision with everything that led to it. */
export interface Explanation {
  decision: Decision;
  roles: RoleView[];
  /** Names in the user's roles that stand for no role. */
  missingRoles: string[];
  /** The roles that let the user ask for this IAM role, where nothing allows it yet. */
  requestableBy?: string[];
}

/** Decides and shows how each role stood to it. */
export function explain(question: AccessQuestion, locks: Iterable<Lock>, now: number): Explanation {
  const { user, roles, app, roleArn } = question;
  const lock = lockAgainst({ user, app, roleArn }, locks, now);
  const decision = decide(question);
  const right = decision.allowed ? undefined : requestRight(question);
  return {
    decision: lock ? { allowed: false, because: `The lock ${lock.name}: ${lockReason(lock)}` } : decision,
    ...(right?.allowed && { requestableBy: right.roles.map(({ name }) => name) }),
    roles: grantsOf(user, roles).map((grant) => viewOf(grant, question)),
    missingRoles: user.roles.filter((name) => !roles.has(name)),
  };
}

function viewOf({ role, allow, deny }: Grant, { app, roleArn }: AccessQuestion): RoleView {
  const arnEntry = coveringEntry(allow.arns, roleArn);
  const denyEntry = coveringEntry(deny.arns, roleArn);
  return {
    role: role.name,
    appMatches: labelsMatch(allow.labels, app.labels),
    ...(arnEntry !== undefined && { arnEntry }),
    ...(denyEntry !== undefined && { denyEntry }),
    deniesApp: labelsMatch(deny.labels, app.labels),
    dropped: [...dropsOf('allow', allow), ...dropsOf('deny', deny)],
  };
}

function dropsOf(side: string, { labels, arns }: Side): string[] {
  const of = (field: string, problems: readonly string[]) =>
    problems.map((problem) => `${side}.${field}: ${problem.slice(0, 500)}`);
  return [
    ...of('app_labels', labels.problems),
    ...of('aws_role_arns', arns.problems),
    ...of('aws_role_arns', arns.leftOut),
  ];
}
