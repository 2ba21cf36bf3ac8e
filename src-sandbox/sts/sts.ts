import { type Members, parametersOf, queryErrorReply, queryReply, ServiceError } from '../api/query-protocol.ts';
import type { ServiceCall } from '../api/service-call.ts';
import type { Reply } from '../http/reply.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import { accountId } from '../iam/account.ts';
import { assumeRole } from './assume-role.ts';
import { getFederationToken, getSessionToken } from './user-tokens.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

type Action = (parameters: URLSearchParams, caller: AccessKey, keys: AccessKeys) => Members;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['AssumeRole', assumeRole],
  ['GetCallerIdentity', getCallerIdentity],
  ['GetFederationToken', getFederationToken],
  ['GetSessionToken', getSessionToken],
]);

/**
 * Answers one request to the Security Token Service (query protocol, version 2011-06-15).
 * Source: AWS Security Token Service API Reference.
 */
export function answerSts({ request, body, caller, requestId }: ServiceCall, keys: AccessKeys): Reply {
  const parameters = parametersOf(request, body);
  const name = parameters.get('Action') ?? '';
  try {
    const action = actions.get(name);
    if (action) return queryReply(namespace, name, action(parameters, caller, keys), requestId);
    throw new ServiceError(
      400,
      'InvalidAction',
      `Could not find operation ${name} for version 2011-06-15. This sandbox has ${[...actions.keys()].join(', ')}.`,
    );
  } catch (error) {
    if (error instanceof ServiceError) return queryErrorReply('awsQuery', error, requestId);
    throw error;
  }
}

function getCallerIdentity(_parameters: URLSearchParams, { principal }: AccessKey): Members {
  return { UserId: principal.userId, Account: accountId, Arn: principal.arn };
}
