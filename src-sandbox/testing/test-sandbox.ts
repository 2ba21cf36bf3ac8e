import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { dynoxideProgram } from '../engine/dynoxide.ts';
import type { EngineName } from '../engine/engine.ts';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import { prepareTables } from '../seed/prepare.ts';
import type { seedTables } from '../seed/seed-tables.ts';
import { music } from '../seed/tables/music.ts';
import { myDynamoDbTable } from '../seed/tables/my-dynamodb-table.ts';

/** Engines that this machine has. */
export const engines: readonly EngineName[] = dynoxideProgram() === undefined ? ['dynalite'] : ['dynoxide', 'dynalite'];

/** Few tables, so that a test that is not about them starts at once. */
export const fewTables: typeof seedTables = { 'us-east-1': [music], 'ca-central-1': [myDynamoDbTable] };

/** Keys as the SDK's clients take them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export interface TestSandboxOptions {
  engine?: EngineName;
  tables?: typeof seedTables;
  now?: () => number;
}

/** A sandbox with folders of its own, for one test file. */
export interface TestSandbox extends Sandbox {
  engine: EngineName;
  stateDir: string;
  preparedDir: string;
  /** What went wrong in the sandbox itself; a test that expects nothing finds nothing here. */
  faults: unknown[];
  /** Closes it and starts it again on the same state. */
  restart(): Promise<TestSandbox>;
  /** Closes it and removes its folders. */
  remove(): Promise<void>;
}

/** Starts a sandbox in temporary folders. */
export async function startTestSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const { engine = engines[0] ?? 'dynalite', tables = fewTables } = options;
  const folder = await mkdtemp(join(tmpdir(), 'rolegate-sandbox-'));
  await prepareTables(join(folder, 'prepared'), engine, tables);
  return startIn(folder, engine, options.now);
}

async function startIn(folder: string, engine: EngineName, now: (() => number) | undefined): Promise<TestSandbox> {
  const faults: unknown[] = [];
  const folders = { stateDir: join(folder, 'state'), preparedDir: join(folder, 'prepared') };
  const onError = (error: unknown) => faults.push(error);
  const sandbox = await startSandbox({ ...folders, engine, onError, ...(now && { now }) });
  return {
    ...sandbox,
    ...folders,
    engine,
    faults,
    restart: async () => {
      await sandbox.close();
      return startIn(folder, engine, now);
    },
    remove: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An STS client; with the service's own keys unless others are given. */
export function stsClient(sandbox: Sandbox, credentials: Partial<Credentials> = {}, region = 'us-east-1'): STSClient {
  return new STSClient({
    region,
    endpoint: sandbox.endpoints.sts,
    credentials: { ...sandbox.serviceCredentials, ...credentials },
    maxAttempts: 1,
  });
}

/** Assumes a role of the sandbox's account, as alice unless told otherwise. */
export async function assume(
  sandbox: Sandbox,
  role: string,
  input: Partial<AssumeRoleCommandInput> = {},
  caller: Partial<Credentials> = {},
): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'alice', ...input });
  const { Credentials: credentials } = await stsClient(sandbox, caller).send(command);
  return {
    accessKeyId: credentials?.AccessKeyId ?? '',
    secretAccessKey: credentials?.SecretAccessKey ?? '',
    sessionToken: credentials?.SessionToken ?? '',
  };
}

export function roleArn(name: string): string {
  return `arn:aws:iam::123456789000:role/${name}`;
}

/** A DynamoDB client that does not try again. */
export function dynamoDbClient(sandbox: Sandbox, credentials: Credentials, region = 'us-east-1'): DynamoDBClient {
  return new DynamoDBClient({ region, endpoint: sandbox.endpoints.dynamodb, credentials, maxAttempts: 1 });
}
