import { accountId } from './account.ts';
import { type Policy, verdictOf } from './policy.ts';
import { type Role, serviceUser } from './roles.ts';

/** Somebody whose access keys the sandbox has issued: an IAM user, a session of a role, or a federated user. */
export interface Principal {
  kind: 'user' | 'role' | 'federated';
  /** As GetCallerIdentity names it: `arn:aws:iam::…:user/…` or `arn:aws:sts::…:assumed-role/<role>/<session>`. */
  arn: string;
  /** `AIDA…`, `AROA…:<session>` or `<account>:<name>`. */
  userId: string;
  /** The ARN that trust policies know it by: the user's own, or the role's. */
  iamArn: string;
  identityPolicy: Policy;
  /** What the session was narrowed to when it was made. */
  sessionPolicy?: Policy | undefined;
  /** Set for a session of a role: what the console writes in its corner, `<role>/<session>`. */
  sessionLabel?: string;
  /** Set once along a chain of roles, and never changed from then on. */
  sourceIdentity?: string | undefined;
  /** Session tags that are handed on along a chain of roles. */
  transitiveTags?: ReadonlyMap<string, string> | undefined;
}

/** The IAM user that the app-service runs as. */
export const servicePrincipal: Principal = {
  kind: 'user',
  arn: serviceUser.arn,
  userId: serviceUser.id,
  iamArn: serviceUser.arn,
  identityPolicy: serviceUser.policy,
};

/** What a session of a role has beside the role. */
export type SessionSettings = Pick<Principal, 'sessionPolicy' | 'sourceIdentity' | 'transitiveTags'>;

/** A session of a role, named by who assumed it. */
export function assumedRole(role: Role, sessionName: string, settings: SessionSettings = {}): Principal {
  return {
    kind: 'role',
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
    iamArn: role.arn,
    identityPolicy: role.policy,
    sessionLabel: `${role.name}/${sessionName}`,
    ...settings,
  };
}

/** What a federated user is known by. */
export function federatedUserArn(name: string): string {
  return `arn:aws:sts::${accountId}:federated-user/${name}`;
}

/**
 * A federated user: may do what the IAM user may that asked for it, as far as the policies allow it that were passed.
 *
 * @param sessionPolicy what was passed; nothing passed allows nothing
 */
export function federatedUser(user: Principal, name: string, sessionPolicy: Policy): Principal {
  const arn = federatedUserArn(name);
  return {
    kind: 'federated',
    arn,
    userId: `${accountId}:${name}`,
    iamArn: arn,
    identityPolicy: user.identityPolicy,
    sessionPolicy,
    sessionLabel: name,
  };
}

/**
 * Decides whether a principal may do something, and says no in AWS's words.
 * Sources: IAM User Guide, "Policy evaluation logic" and "Troubleshoot access denied error messages".
 *
 * @param action such as `dynamodb:PutItem`
 * @param resource an ARN
 * @param resourcePolicy what the resource itself allows anybody (a bucket policy)
 * @returns undefined when it may
 */
export function denialOf(
  principal: Principal,
  action: string,
  resource: string,
  resourcePolicy: Policy = [],
): string | undefined {
  const because = (end: string) =>
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${end}`;
  const identity = verdictOf(principal.identityPolicy, action, resource);
  if (identity === 'denied explicitly') return because('with an explicit deny in an identity-based policy');
  if (identity === 'denied implicitly' && verdictOf(resourcePolicy, action, resource) !== 'allowed') {
    return because(`because no identity-based policy allows the ${action} action`);
  }
  if (!principal.sessionPolicy) return undefined;
  switch (verdictOf(principal.sessionPolicy, action, resource)) {
    case 'denied explicitly':
      return because('with an explicit deny in a session policy');
    case 'denied implicitly':
      return because(`because no session policy allows the ${action} action`);
    case 'allowed':
      return undefined;
  }
}
