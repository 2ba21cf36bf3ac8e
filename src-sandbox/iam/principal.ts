import { accountId, type Role, serviceUser } from './account.ts';
import { type Policy, verdictOf } from './policy.ts';

/** Somebody whose access keys the sandbox has issued: an IAM user, or a session of a role. */
export interface Principal {
  /** As GetCallerIdentity names it: `arn:aws:iam::…:user/…` or `arn:aws:sts::…:assumed-role/<role>/<session>`. */
  arn: string;
  /** `AIDA…`, or `AROA…:<session>`. */
  userId: string;
  /** The ARN that trust policies know it by: the user's own, or the role's. */
  iamArn: string;
  identityPolicy: Policy;
  /** What the session was narrowed to when it was made. */
  sessionPolicy?: Policy | undefined;
  /** Set for a session of a role: what the console writes in its corner, `<role>/<session>`. */
  sessionLabel?: string;
}

/** The IAM user that the app-service runs as. */
export const servicePrincipal: Principal = {
  arn: serviceUser.arn,
  userId: serviceUser.id,
  iamArn: serviceUser.arn,
  identityPolicy: serviceUser.policy,
};

/** A session of a role, named by who assumed it. */
export function assumedRole(role: Role, sessionName: string, sessionPolicy?: Policy): Principal {
  return {
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
    iamArn: role.arn,
    identityPolicy: role.policy,
    sessionPolicy,
    sessionLabel: `${role.name}/${sessionName}`,
  };
}

/**
 * Decides whether a principal may do something, and says no in AWS's words.
 * Source: IAM User Guide, "Troubleshoot access denied error messages".
 *
 * @param action such as `dynamodb:PutItem`
 * @param resource an ARN
 * @returns undefined when it may
 */
export function denialOf(principal: Principal, action: string, resource: string): string | undefined {
  const because = (end: string) =>
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${end}`;
  switch (verdictOf(principal.identityPolicy, action, resource)) {
    case 'denied explicitly':
      return because('with an explicit deny in an identity-based policy');
    case 'denied implicitly':
      return because(`because no identity-based policy allows the ${action} action`);
    case 'allowed':
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
