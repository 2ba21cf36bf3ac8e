import { join } from 'node:path';
import type { Backend } from './backend.ts';
import type { DynamoDbStore } from './dynamodb/client.ts';
import { migrate } from './migrations.ts';

/** Which store an app-service has: a file of its own, or a table that it shares with its replicas. */
export type BackendOptions = { type: 'libsql' } | ({ type: 'dynamodb' } & DynamoDbStore);

/**
 * Opens the store and brings it up to date.
 *
 * @param stateDir where the file is, if it is a file
 * @throws RolegateError `unavailable` when it cannot be used
 */
export async function openBackend(options: BackendOptions, stateDir: string, now: () => number): Promise<Backend> {
  const backend = await open(options, stateDir, now);
  try {
    await migrate(backend, now);
    return backend;
  } catch (error) {
    await backend.close();
    throw error;
  }
}

async function open(options: BackendOptions, stateDir: string, now: () => number): Promise<Backend> {
  // Each is loaded only where it is used: both stand on something large.
  if (options.type === 'dynamodb') {
    const { openDynamoDbBackend } = await import('./dynamodb/dynamodb.ts');
    return openDynamoDbBackend(options, now);
  }
  const { openLibsqlBackend } = await import('./libsql/libsql.ts');
  return openLibsqlBackend(join(stateDir, 'state.db'), now);
}
