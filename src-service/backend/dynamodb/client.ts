import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { endpointHost } from '../../../src-shared/aws/endpoints.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { Outbound } from '../../../src-shared/outbound/outbound.ts';
import { sdkHandler } from '../../../src-shared/outbound/sdk-handler.ts';

/** Where the table is, and with whose credentials it is used. */
export interface DynamoDbStore {
  table: string;
  region: string;
  credentials: AwsCredentialIdentityProvider;
  /** Another address than AWS's own: an emulator. */
  endpoint?: string | undefined;
  /** How the table is reached; directly by default. */
  outbound?: Outbound | undefined;
}

/** @throws RolegateError `bad_input` for what is no region */
export async function dynamoDbClient(store: DynamoDbStore): Promise<DynamoDBClient> {
  const { region, credentials, outbound } = store;
  // Written out: an address in this machine's AWS configuration is for its tools, not for the service.
  const endpoint = store.endpoint ?? `https://${tableHost(region)}`;
  const proxy = await sdkHandler(outbound, new URL(endpoint).hostname);
  // Loaded here: the client is large, and most services do not need it.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  return new DynamoDBClient({
    region,
    credentials,
    maxAttempts: 5,
    endpoint,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, ...proxy },
  });
}

function tableHost(region: string): string {
  const found = endpointHost('dynamodb', region);
  if (!found.ok) throw new RolegateError('bad_input', found.message);
  return found.host;
}

/** An error of the table as a sentence. */
export function tableError(error: unknown, { table, region }: Pick<DynamoDbStore, 'table' | 'region'>): RolegateError {
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

/** What keeps the store from being opened, for the operator: with what AWS says, unlike {@link tableError}. */
export function operatorError(error: unknown, store: Pick<DynamoDbStore, 'table' | 'region'>): RolegateError {
  const cause = error instanceof RolegateError ? error.cause : error;
  if (error instanceof RolegateError && cause === undefined) return error;
  if ((cause as Error).name === 'ResourceNotFoundException') return tableError(cause, store);
  return commandError(cause, store.region);
}

/** An error of AWS for the operator, who may know what AWS says. */
export function commandError(error: unknown, region: string): RolegateError {
  if (error instanceof RolegateError) return error;
  const { name = 'Error', message = '', code = '' } = error as Error & { code?: string };
  if (name === 'CredentialsProviderError') {
    return new RolegateError('access_denied', 'There are no AWS credentials here.', {
      hint: 'Set AWS_PROFILE, name a profile, or give this machine a role.',
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
