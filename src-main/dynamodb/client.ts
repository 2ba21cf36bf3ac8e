import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RolegateError } from '../../src-shared/errors.ts';
import { type ForwardCall, forwardingHandler, type SigningScope } from './request-handler.ts';

/**
 * What every AWS client of the table browser is made with: its requests go through the app-service. It holds no
 * credentials and signs nothing: both happen on the other side.
 *
 * @param maxAttempts how often a request is sent at most; whoever looks at the screen decides about more
 */
export function clientConfig(forward: ForwardCall, scope: SigningScope, maxAttempts = 3) {
  return {
    region: scope.region,
    requestHandler: forwardingHandler(forward, scope),
    credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
    signer: { sign: async (request: never) => request },
    maxAttempts,
  };
}

/** A DynamoDB client (see {@link clientConfig}). */
export async function createDynamoDbClient(
  forward: ForwardCall,
  region: string,
  maxAttempts?: number,
): Promise<DynamoDBClient> {
  // Loaded when the first table is asked for: the SDK is large, and a start does not need it.
  const { DynamoDBClient: Client } = await import('@aws-sdk/client-dynamodb');
  return new Client(clientConfig(forward, { service: 'dynamodb', region }, maxAttempts));
}

/** What the SDK throws, in words: AWS's own sentence, its error code and the request id. */
export function toDynamoDbError(thrown: unknown): RolegateError {
  return toAwsError(thrown, 'DynamoDB');
}

/** See {@link toDynamoDbError}; `service` is what the service is called. */
export function toAwsError(thrown: unknown, service: string): RolegateError {
  if (thrown instanceof RolegateError) return thrown;
  const {
    name,
    message,
    $metadata: metadata,
  } = thrown as Error & { $metadata?: { requestId?: string; httpStatusCode?: number } };
  if (metadata?.httpStatusCode === undefined) {
    return new RolegateError('unavailable', `${service} could not be asked.`, { hint: message, cause: thrown });
  }
  const details = { awsCode: name, requestId: metadata.requestId, cause: thrown };
  switch (name) {
    case 'AccessDeniedException':
    case 'AccessDenied':
      return new RolegateError('access_denied', message, {
        ...details,
        hint: 'The IAM role may not do this. Ask whoever owns the role, or pick another one.',
      });
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return new RolegateError('session_expired', message, {
        ...details,
        hint: 'Start the role again, then go on. What was read, filled in and staged is still there.',
      });
    case 'ResourceNotFoundException':
      return new RolegateError('not_found', message, {
        ...details,
        hint: 'Check the region, and whether the table still exists.',
      });
    case 'ProvisionedThroughputExceededException':
    case 'RequestLimitExceeded':
    case 'ThrottlingException':
      return new RolegateError('limit', message, {
        ...details,
        hint: 'Try again in a moment, or read less at a time.',
        retryable: true,
      });
    default:
      return new RolegateError('aws', message || name, { ...details, retryable: metadata.httpStatusCode >= 500 });
  }
}
