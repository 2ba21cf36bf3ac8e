import type { Reply } from '../http/reply.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { accountId } from '../iam/account.ts';
import { assumeRole } from './assume-role.ts';
import { StsError, stsErrorReply, stsReply } from './reply.ts';

/** What STS needs to know of a request that has been verified. */
export interface StsRequest {
  requestId: string;
  /** Of a GET; wire text. */
  query: string;
  /** Of a POST; form-encoded. */
  body: Buffer;
  caller: AccessKey;
}

/**
 * Answers one request to the Security Token Service (query protocol, version 2011-06-15).
 * Source: AWS Security Token Service API Reference.
 */
export function answerSts(request: StsRequest, keys: AccessKeys): Reply {
  try {
    const parameters = new URLSearchParams(request.body.length > 0 ? request.body.toString() : request.query);
    return answer(request, parameters, keys);
  } catch (error) {
    if (error instanceof StsError) return stsErrorReply(error, request.requestId);
    throw error;
  }
}

function answer(request: StsRequest, parameters: URLSearchParams, keys: AccessKeys): Reply {
  const action = parameters.get('Action') ?? '';
  const { caller, requestId } = request;
  switch (action) {
    case 'AssumeRole':
      return stsReply(action, assumeRole(parameters, caller, keys), requestId);
    case 'GetCallerIdentity':
      return stsReply(
        action,
        { Arn: caller.principal.arn, UserId: caller.principal.userId, Account: accountId },
        requestId,
      );
    case 'GetSessionToken':
    case 'GetFederationToken':
      // AWS refuses these to temporary keys in just these words; to long-term keys only the sandbox does.
      throw new StsError(
        403,
        'AccessDenied',
        caller.temporary
          ? `Cannot call ${action} with session credentials`
          : `${action} is not in this sandbox. It has AssumeRole and GetCallerIdentity.`,
      );
    default:
      throw new StsError(
        400,
        'InvalidAction',
        `Could not find operation ${action} for version 2011-06-15. This sandbox has AssumeRole and GetCallerIdentity.`,
      );
  }
}
