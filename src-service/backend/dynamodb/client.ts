import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { endpointHost } from '../../../src-shared/aws/endpoints.ts';
import { RolegateError } from '../../../src-shared/errors.ts';

/** Where the table is, and with whose credentials it is used. */
export interface DynamoDbStore {
  table: string;
  region: string;
  credentials: AwsCredentialIdentityProvider;
  /** Another address than AWS's own: an emulator. */
  endpoint?: string | undefined;
}

export async function dynamoDbClient({ region, credentials, endpoint }: DynamoDbStore): Promise<DynamoDBClient> {
  // Loaded here: the client is large, and most services do not need it.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  return new DynamoDBClient({
    region,
    credentials,
    maxAttempts: 5,
    // Written out: an address in this machine's AWS configuration is for its tools, not for the service.
    endpoint: endpoint ?? `https://${endpointHost('dynamodb', region)}`,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 },
  });
}

/** An error of the table as a sentence. */
export function tableError(error: unknown, { table, region }: DynamoDbStore): RolegateError {
  if (error instanceof RolegateError) return error;
  const { name = 'Error' } = error as Error;
  if (name === 'ResourceNotFoundException') {
    return new RolegateError('unavailable', `There is no table ${table} in ${region}.`, {
      hint: `Make it with: rolegate backend create-table --table ${table} --region ${region}`,
      awsCode: name,
      cause: error,
    });
  }
  // What AWS says names the service's own role and account: that is for its operator, not for its users.
  return new RolegateError('unavailable', `The app-service's store cannot be used (${name}).`, {
    hint: 'Check the network of the app-service, its credentials and their permissions on the table.',
    awsCode: name === 'Error' ? undefined : name,
    cause: error,
  });
}

/** An error of AWS for the operator, who may know what AWS says. */
export function commandError(error: unknown, region: string): RolegateError {
  if (error instanceof RolegateError) return error;
  const { name = 'Error', message = '', code = '' } = error as Error & { code?: string };
  if (name === 'CredentialsProviderError') {
    return new RolegateError('access_denied', 'There are no AWS credentials here.', {
      hint: 'Set AWS_PROFILE, or give a profile with --profile.',
      cause: error,
    });
  }
  if (code !== '' || name === 'TimeoutError') {
    return new RolegateError('unavailable', `DynamoDB in ${region} cannot be reached.`, {
      hint: 'Check the network, the region and the address.',
      cause: error,
    });
  }
  const reason = message.replace(/\s+/g, ' ').slice(0, 500);
  return new RolegateError('aws', `AWS refuses: ${reason}`, { awsCode: name, cause: error });
}
