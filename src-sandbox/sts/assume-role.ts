import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { findRole, type Role } from '../iam/account.ts';
import type { Policy } from '../iam/policy.ts';
import { parsePolicyDocument } from '../iam/policy-document.ts';
import { assumedRole, denialOf } from '../iam/principal.ts';
import { StsError, type StsResult } from './reply.ts';

/** Longest session of a role that was assumed by another role's session, in seconds. */
const maxChainedDuration = 3600;
const minDuration = 900;
const defaultDuration = 3600;

/** Parameters that would widen or change the session and that the sandbox cannot act on. */
const unsupported = [
  'PolicyArns.member.1.arn',
  'SerialNumber',
  'TokenCode',
  'ProvidedContexts.member.1.ContextAssertion',
];

/**
 * AssumeRole: checks the request, the caller's permission and the role's trust, and issues temporary keys.
 * Source: AWS Security Token Service API Reference, "AssumeRole". Session tags are taken and have no effect, as in
 * an account whose policies do not mention them.
 *
 * @returns the members of `AssumeRoleResult`
 * @throws StsError with AWS's code and words
 */
export function assumeRole(parameters: URLSearchParams, caller: AccessKey, keys: AccessKeys): StsResult {
  for (const name of unsupported) {
    if (parameters.has(name)) throw invalid(`${name.split('.')[0]} is not in this sandbox: leave it out.`);
  }
  const roleArn = required(parameters, 'RoleArn');
  const sessionName = sessionNameIn(parameters, 'RoleSessionName') ?? required(parameters, 'RoleSessionName');
  const sourceIdentity = sessionNameIn(parameters, 'SourceIdentity');
  const sessionPolicy = sessionPolicyIn(parameters);
  const requested = durationIn(parameters);
  const role = permittedRole(roleArn, caller, parameters.get('ExternalId') ?? undefined);
  const chained = caller.temporary !== undefined;
  checkDuration(requested, role, chained);

  const duration = requested ?? defaultDuration;
  const principal = assumedRole(role, sessionName, sessionPolicy);
  const key = keys.issueTemporary(principal, { duration, chained });
  return {
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretAccessKey: key.secretAccessKey,
      SessionToken: key.temporary.sessionToken,
      Expiration: new Date(key.temporary.expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
  };
}

/** The role, if the caller may assume it. One that does not exist is refused like one that is not allowed. */
function permittedRole(roleArn: string, caller: AccessKey, externalId: string | undefined): Role {
  const denial = denialOf(caller.principal, 'sts:AssumeRole', roleArn);
  if (denial !== undefined) throw new StsError(403, 'AccessDenied', denial);
  const role = findRole(roleArn);
  if (role && trusts(role, caller, externalId)) return role;
  throw new StsError(
    403,
    'AccessDenied',
    `User: ${caller.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
}

function trusts(role: Role, caller: AccessKey, externalId: string | undefined): boolean {
  const { principals, externalId: expected } = role.trust;
  return principals.includes(caller.principal.iamArn) && (expected === undefined || expected === externalId);
}

function checkDuration(requested: number | undefined, role: Role, chained: boolean): void {
  if (requested === undefined) return;
  if (chained && requested > maxChainedDuration) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
  if (requested > role.maxSessionDuration) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value) return value;
  throw invalid(
    `1 validation error detected: Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`,
  );
}

function sessionNameIn(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name);
  if (!value) return undefined;
  if (/^[\w+=,.@-]{2,64}$/.test(value)) return value;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${memberName(name)}' failed to satisfy constraint: ` +
      'Member must satisfy regular expression pattern: [\\w+=,.@-]* and have a length of 2 to 64',
  );
}

function durationIn(parameters: URLSearchParams): number | undefined {
  const text = parameters.get('DurationSeconds');
  if (text === null) return undefined;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= minDuration && seconds <= 43_200) return seconds;
  throw invalid(
    `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: ` +
      `Member must have value ${seconds > 43_200 ? 'less than or equal to 43200' : 'greater than or equal to 900'}`,
  );
}

function sessionPolicyIn(parameters: URLSearchParams): Policy | undefined {
  const text = parameters.get('Policy');
  if (text === null) return undefined;
  const policy = parsePolicyDocument(text);
  if (typeof policy !== 'string') return policy;
  throw new StsError(400, 'MalformedPolicyDocument', policy);
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function invalid(message: string): StsError {
  return new StsError(400, 'ValidationError', message);
}
