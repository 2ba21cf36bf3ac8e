import type { Command } from 'commander';
import { note, print } from '../output.ts';

/** `rolegate backend create-table`: the table in DynamoDB that several app-services share. */
export function addBackendCommands(program: Command): void {
  const backend = program.command('backend').description('where an app-service keeps what it has to remember');
  backend
    .command('create-table')
    .description('make the DynamoDB table that an app-service and its replicas share, with your AWS credentials')
    .requiredOption('--table <name>', 'name of the table')
    .requiredOption('--region <region>', 'region of the table')
    .option('--profile <profile>', 'AWS profile to use instead of the default one')
    .option('--endpoint-url <url>', 'another address than AWS’s: an emulator')
    .action(createTable);
}

interface TableOptions {
  table: string;
  region: string;
  profile?: string;
  endpointUrl?: string;
}

async function createTable({ table, region, profile, endpointUrl }: TableOptions): Promise<void> {
  // Loaded here: it is a whole AWS client, and the other commands have no use for it.
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const { dynamoDbClient, commandError } = await import('../../src-service/backend/dynamodb/client.ts');
  const { createBackendTable } = await import('../../src-service/backend/dynamodb/table.ts');
  const credentials = fromNodeProviderChain({ ...(profile !== undefined && { profile }), clientConfig: { region } });
  const client = await dynamoDbClient({ table, region, credentials, endpoint: endpointUrl });
  try {
    note(`Making the table ${table} in ${region} …`);
    const isNew = await createBackendTable(client, table);
    print(isNew ? `The table ${table} was made.` : `The table ${table} is there already, and complete.`);
    note('It is protected against deletion. Point-in-time recovery is yours to turn on; audit events are in there.');
  } catch (error) {
    throw commandError(error, region);
  } finally {
    client.destroy();
  }
}
