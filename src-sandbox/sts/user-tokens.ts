import { type Members, ServiceError } from '../api/query-protocol.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { denialOf, federatedUser, federatedUserArn } from '../iam/principal.ts';
import { credentialsOf } from './credentials.ts';
import { durationIn, passedPolicies, required, textIn } from './parameters.ts';
import { packedPolicySize, sessionTagsIn } from './session-tags.ts';

/** Longest and usual life of what these two give, in seconds. */
const maxDuration = 129_600;
const defaultDuration = 43_200;

/**
 * GetSessionToken: temporary keys of an IAM user, for the user itself.
 * Source: AWS Security Token Service API Reference, "GetSessionToken".
 *
 * @throws ServiceError in AWS's words, to temporary keys always
 */
export function getSessionToken(parameters: URLSearchParams, caller: AccessKey, keys: AccessKeys): Members {
  refuseToTemporary('GetSessionToken', caller);
  if (parameters.has('SerialNumber') || parameters.has('TokenCode')) {
    throw new ServiceError(403, 'AccessDenied', 'MultiFactorAuthentication failed: this user has no MFA device.');
  }
  const duration = durationIn(parameters, maxDuration) ?? defaultDuration;
  return { Credentials: credentialsOf(keys.issueTemporary(caller.principal, { duration, chained: false })) };
}

/**
 * GetFederationToken: temporary keys of an IAM user for somebody else, narrowed to the policies that are passed.
 * Source: AWS Security Token Service API Reference, "GetFederationToken".
 *
 * @throws ServiceError in AWS's words, to temporary keys always
 */
export function getFederationToken(parameters: URLSearchParams, caller: AccessKey, keys: AccessKeys): Members {
  refuseToTemporary('GetFederationToken', caller);
  const name =
    textIn(parameters, 'Name', { pattern: '[\\w+=,.@\\-]*', min: 2, max: 32 }) ?? required(parameters, 'Name');
  const passed = passedPolicies(parameters);
  const duration = durationIn(parameters, maxDuration) ?? defaultDuration;
  const { tags } = sessionTagsIn(parameters, new Map());
  const packedSize = packedPolicySize(passed.text, tags);
  const arn = federatedUserArn(name);
  for (const action of ['sts:GetFederationToken', ...(tags.size > 0 ? ['sts:TagSession'] : [])]) {
    const denial = denialOf(caller.principal, action, arn);
    if (denial !== undefined) throw new ServiceError(403, 'AccessDenied', denial);
  }
  const principal = federatedUser(caller.principal, name, passed.policy ?? []);
  return {
    Credentials: credentialsOf(keys.issueTemporary(principal, { duration, chained: false })),
    FederatedUser: { FederatedUserId: principal.userId, Arn: principal.arn },
    ...(packedSize !== undefined && { PackedPolicySize: String(packedSize) }),
  };
}

function refuseToTemporary(action: string, caller: AccessKey): void {
  if (!caller.temporary) return;
  throw new ServiceError(403, 'AccessDenied', `Cannot call ${action} with session credentials`);
}
