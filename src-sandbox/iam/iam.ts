import { pageOf } from '../api/pages.ts';
import { type Members, parametersOf, queryErrorReply, queryReply, ServiceError } from '../api/query-protocol.ts';
import type { ServiceCall } from '../api/service-call.ts';
import type { Reply } from '../http/reply.ts';
import type { AccessKey } from './access-keys.ts';
import { homeRegion, iamArn } from './account.ts';
import { denialOf } from './principal.ts';
import { type Role, roles } from './roles.ts';

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';
/** When the account's roles were made. */
const createDate = '2024-01-02T08:00:00Z';
const defaultPageSize = 100;
const maxPageSize = 1000;

const actions: ReadonlyMap<string, (parameters: URLSearchParams, caller: AccessKey) => Members> = new Map([
  ['GetRole', getRole],
  ['ListRoles', listRoles],
]);

/**
 * Answers one request to IAM (query protocol, version 2010-05-08), a service with one endpoint for all regions.
 * Source: IAM API Reference.
 */
export function answerIam({ request, body, caller, region, requestId }: ServiceCall): Reply {
  const parameters = parametersOf(request, body);
  const name = parameters.get('Action') ?? '';
  try {
    if (region !== homeRegion) {
      throw new ServiceError(
        403,
        'SignatureDoesNotMatch',
        `Credential should be scoped to a valid region, not '${region}': IAM is signed for ${homeRegion}.`,
      );
    }
    // Without MFA, temporary keys of a user open nothing in IAM (IAM User Guide, "Request temporary credentials").
    if (caller.temporary && caller.principal.kind !== 'role') {
      throw new ServiceError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid');
    }
    const action = actions.get(name);
    if (action) return queryReply(namespace, name, action(parameters, caller), requestId);
    throw new ServiceError(
      400,
      'InvalidAction',
      `Could not find operation ${name} for version 2010-05-08. This sandbox has ${[...actions.keys()].join(' and ')}.`,
    );
  } catch (error) {
    if (error instanceof ServiceError) return queryErrorReply('awsQuery', error, requestId);
    throw error;
  }
}

function getRole(parameters: URLSearchParams, caller: AccessKey): Members {
  const name = parameters.get('RoleName') ?? '';
  requirePermission(caller, 'iam:GetRole', iamArn(`role/${name}`));
  const role = roles.find((candidate) => candidate.name === name);
  if (role) return { Role: describe(role) };
  throw new ServiceError(404, 'NoSuchEntity', `The role with name ${name} cannot be found.`);
}

function listRoles(parameters: URLSearchParams, caller: AccessKey): Members {
  requirePermission(caller, 'iam:ListRoles', iamArn('role/'));
  const size = Number(parameters.get('MaxItems') ?? defaultPageSize);
  if (!Number.isInteger(size) || size < 1 || size > maxPageSize) {
    throw new ServiceError(400, 'ValidationError', `MaxItems must be a number from 1 to ${maxPageSize}.`);
  }
  // Every role of the account has the path "/".
  const all = '/'.startsWith(parameters.get('PathPrefix') ?? '/') ? [...roles].sort(byName) : [];
  const { items, next } = pageOf(all, size, parameters.get('Marker'));
  return {
    IsTruncated: String(next !== undefined),
    ...(next !== undefined && { Marker: next }),
    Roles: { member: items.map(describe) },
  };
}

function describe(role: Role): Members {
  return {
    Path: '/',
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: createDate,
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trustPolicy(role))),
    Description: role.description,
    MaxSessionDuration: String(role.maxSessionDuration),
  };
}

function trustPolicy({ trust: { principals, externalId } }: Role) {
  const Condition = externalId === undefined ? undefined : { StringEquals: { 'sts:ExternalId': externalId } };
  const Action = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action, ...(Condition && { Condition }) }],
  };
}

function requirePermission({ principal }: AccessKey, action: string, resource: string): void {
  const denial = denialOf(principal, action, resource);
  if (denial !== undefined) throw new ServiceError(403, 'AccessDenied', denial);
}

function byName(a: Role, b: Role): number {
  return a.name < b.name ? -1 : 1;
}
