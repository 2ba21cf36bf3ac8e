import { type Members, ServiceError } from '../api/query-protocol.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { assumedRole, denialOf, type Principal } from '../iam/principal.ts';
import { findRole, type Role } from '../iam/roles.ts';
import { credentialsOf } from './credentials.ts';
import { durationIn, passedPolicies, required, sessionNameIn, textIn, validationError } from './parameters.ts';
import { packedPolicySize, type SessionTags, sessionTagsIn } from './session-tags.ts';

/** Longest session of a role that was assumed by another role's session, in seconds. */
const maxChainedDuration = 3600;
const maxDuration = 43_200;
const defaultDuration = 3600;

/** Parameters that would widen or change the session and that the sandbox cannot act on. */
const unsupported = ['SerialNumber', 'TokenCode', 'ProvidedContexts.member.1.ContextAssertion'];

const noTags: ReadonlyMap<string, string> = new Map();

/**
 * AssumeRole: checks the request, the caller's permission and the role's trust, and issues temporary keys.
 * Sources: AWS Security Token Service API Reference, "AssumeRole"; IAM User Guide, "Monitor and control actions taken
 * with assumed roles" (source identity) and "Role chaining".
 *
 * @returns the members of `AssumeRoleResult`
 * @throws ServiceError with AWS's code and words
 */
export function assumeRole(parameters: URLSearchParams, caller: AccessKey, keys: AccessKeys): Members {
  for (const name of unsupported) {
    if (parameters.has(name)) throw validationError(`${name.split('.')[0]} is not in this sandbox: leave it out.`);
  }
  const roleArn = roleArnIn(parameters);
  const sessionName = sessionNameIn(parameters, 'RoleSessionName') ?? required(parameters, 'RoleSessionName');
  const externalId = textIn(parameters, 'ExternalId', { pattern: '[\\w+=,.@:\\/\\-]*', min: 2, max: 1224 });
  const passed = passedPolicies(parameters);
  const requested = durationIn(parameters, maxDuration);
  const tags = sessionTagsIn(parameters, caller.principal.transitiveTags ?? noTags);
  const packedSize = packedPolicySize(passed.text, tags.tags);

  refuseToFederated(caller.principal);
  const role = permittedRole(roleArn, caller.principal, externalId);
  const sourceIdentity = sourceIdentityOf(parameters, caller.principal, roleArn);
  requireTagging(tags, caller.principal, roleArn);
  const chained = caller.principal.kind === 'role';
  checkDuration(requested, role, chained);

  const principal = assumedRole(role, sessionName, {
    sessionPolicy: passed.policy,
    sourceIdentity,
    transitiveTags: tags.transitive,
  });
  const key = keys.issueTemporary(principal, { duration: requested ?? defaultDuration, chained });
  return {
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    Credentials: credentialsOf(key),
    ...(packedSize !== undefined && { PackedPolicySize: String(packedSize) }),
  };
}

function roleArnIn(parameters: URLSearchParams): string {
  const roleArn = required(parameters, 'RoleArn');
  textIn(parameters, 'RoleArn', {
    pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\u{10FFFF}]+',
    min: 20,
    max: 2048,
  });
  if (!/^arn:[^:]+:iam::\d*:role\/./.test(roleArn)) throw validationError(`${roleArn} is invalid`);
  return roleArn;
}

/** Credentials of GetFederationToken are good for GetCallerIdentity only, as far as STS goes. */
function refuseToFederated(caller: Principal): void {
  if (caller.kind !== 'federated') return;
  throw new ServiceError(403, 'AccessDenied', 'Cannot call AssumeRole with the credentials of a federated user');
}

/** The role, if the caller may assume it. One that does not exist is refused like one that is not allowed. */
function permittedRole(roleArn: string, caller: Principal, externalId: string | undefined): Role {
  requirePermission(caller, 'sts:AssumeRole', roleArn);
  const role = findRole(roleArn);
  if (role && trusts(role, caller, externalId)) return role;
  throw new ServiceError(
    403,
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
}

function trusts(role: Role, caller: Principal, externalId: string | undefined): boolean {
  const { principals, externalId: expected } = role.trust;
  return principals.includes(caller.iamArn) && (expected === undefined || expected === externalId);
}

/** The source identity of the session: once one is set, it stays along the whole chain. */
function sourceIdentityOf(parameters: URLSearchParams, caller: Principal, roleArn: string): string | undefined {
  const requested = sessionNameIn(parameters, 'SourceIdentity');
  if (requested === undefined) return caller.sourceIdentity;
  if (/^aws:/i.test(requested)) throw validationError('A SourceIdentity must not begin with "aws:".');
  requirePermission(caller, 'sts:SetSourceIdentity', roleArn);
  if (caller.sourceIdentity === undefined || caller.sourceIdentity === requested) return requested;
  throw new ServiceError(
    403,
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${roleArn}: ` +
      'the source identity of a chain of roles cannot be changed',
  );
}

function requireTagging({ tags, transitive }: SessionTags, caller: Principal, roleArn: string): void {
  if (tags.size > 0 || transitive.size > 0) requirePermission(caller, 'sts:TagSession', roleArn);
}

function requirePermission(caller: Principal, action: string, resource: string): void {
  const denial = denialOf(caller, action, resource);
  if (denial !== undefined) throw new ServiceError(403, 'AccessDenied', denial);
}

function checkDuration(requested: number | undefined, role: Role, chained: boolean): void {
  if (requested === undefined) return;
  if (chained && requested > maxChainedDuration) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (requested > role.maxSessionDuration) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}
