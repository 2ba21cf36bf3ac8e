import { join } from 'node:path';
import { ExpiringSecrets } from './console/expiring-secrets.ts';
import { ConsoleSessions } from './console/sessions.ts';
import { openDataFolders } from './engine/data-folders.ts';
import type { EngineName } from './engine/engine.ts';
import { defaultEngine, Engines } from './engine/engines.ts';
import { listen } from './http/listener.ts';
import { AccessKeys } from './iam/access-keys.ts';
import { homeRegion } from './iam/account.ts';
import { servicePrincipal } from './iam/principal.ts';
import { demoUsers, resources } from './resources/resources.ts';
import { router } from './router.ts';
import { LazyS3 } from './s3/lazy.ts';

/*
 * An AWS account inside the app. Where to look:
 *
 *     router.ts    which request is for whom
 *     api/         signatures: who sent this, and is it as it was sent?
 *     iam/         the account: its roles, policies and access keys; the IAM service
 *     sts/         the Security Token Service
 *     dynamodb/    DynamoDB, up to the engine
 *     engine/      the engines behind it and their data
 *     s3/          S3: its store, its operations, its first buckets; loaded when it is first asked for
 *     lambda/, ec2/   a little of each, so that every protocol of AWS has a service
 *     console/     signing in to the console, and its pages
 *     resources/   the demo users and roles of the app-service
 *     seed/        the prepared tables; only the build loads it
 */

/** How to start a sandbox. */
export interface SandboxOptions {
  /** Private folder of this sandbox; what is written to its tables and buckets is kept there. */
  stateDir: string;
  /** The prepared tables that {@link prepareData} has made. */
  preparedDir: string;
  /** Of the listener; any free one when left out. */
  port?: number;
  /** dynoxide where there is a build of it for this machine, dynalite elsewhere, when left out. */
  engine?: EngineName;
  /** The time in milliseconds since the epoch; the machine's clock when left out. */
  now?: () => number;
  /** Is told what went wrong in the sandbox itself; clients only hear that something did. */
  onError?: (error: unknown) => void;
}

/** A sandbox that is running. */
export interface Sandbox {
  /** Where its services answer: one loopback listener, `http://127.0.0.1:<port>`, for all of them. */
  endpoints: { sts: string; dynamodb: string; s3: string; signin: string };
  /** Where its console answers. */
  consoleOrigin: string;
  /** The long-term keys of the IAM user that the app-service runs as; new at each start. */
  serviceCredentials: { accessKeyId: string; secretAccessKey: string };
  /** The demo users. */
  users: { user: string; password: string }[];
  /** YAML documents (roles, users) for the app-service to load. */
  resources: { file: string; text: string }[];
  /** The region to begin with. */
  region: string;
  /** Puts the data of every region back to the prepared state, while running. */
  reset(): Promise<void>;
  /** Stops listening, stops the engines and leaves the data on disk. */
  close(): Promise<void>;
}

/** Regions that the prepared data has tables in. */
const notableRegions = ['us-east-1', 'ca-central-1'];

/**
 * Starts the sandbox: an AWS with DynamoDB, S3, STS and a little of IAM, Lambda and EC2, the sign-in endpoint and a
 * console, small enough to run inside the app and real enough to prove that requests are signed anew. It verifies
 * every signature, and knows no keys but those it has issued itself. DynamoDB's engines and S3 are started when they
 * are first asked for.
 *
 * The engines behind it check no signature and listen on loopback ports of their own: what the sandbox holds is demo
 * data, which other programs of this machine could read.
 *
 * @throws RolegateError when the port is taken, or there are no prepared tables
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { stateDir, preparedDir, port = 0, engine = defaultEngine(), now = Date.now, onError = () => {} } = options;
  const keys = new AccessKeys(now);
  const engines = new Engines(engine, await openDataFolders(stateDir, preparedDir, engine));
  const s3 = new LazyS3({ folder: join(stateDir, 'data', 's3'), keys, now });
  const { accessKeyId, secretAccessKey } = keys.issueLongTerm(servicePrincipal);
  const listener = await listen(port, (actualPort) =>
    router({
      keys,
      engines,
      s3,
      now,
      onError,
      notableRegions,
      tokens: new ExpiringSecrets(now),
      sessions: new ConsoleSessions(actualPort, now),
      ownHosts: [`127.0.0.1:${actualPort}`, `localhost:${actualPort}`],
    }),
  );
  const origin = `http://127.0.0.1:${listener.port}`;
  return {
    endpoints: { sts: origin, dynamodb: origin, s3: origin, signin: origin },
    consoleOrigin: origin,
    serviceCredentials: { accessKeyId, secretAccessKey },
    users: [...demoUsers],
    resources: [...resources],
    region: homeRegion,
    reset: async () => {
      await Promise.all([engines.reset(), s3.reset()]);
    },
    close: async () => {
      await listener.close();
      await Promise.all([engines.close(), s3.close()]);
    },
  };
}

/**
 * Makes the prepared tables that a sandbox begins with. For the build: it takes seconds.
 *
 * @param outDir what {@link SandboxOptions.preparedDir} will be; data for the other engine in it stays
 */
export async function prepareData(outDir: string, engine: EngineName): Promise<void> {
  const { prepareTables } = await import('./seed/prepare.ts');
  await prepareTables(outDir, engine);
}
