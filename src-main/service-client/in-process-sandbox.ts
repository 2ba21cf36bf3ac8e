import type { AppService } from '../../src-service/app-service.ts';
import type { AuditOptions } from '../../src-service/audit/open-audit.ts';
import { createAppService } from '../../src-service/create-app-service.ts';
import { loadResources } from '../../src-service/resources/load-resources.ts';
import type { SomeUpstreamLimits } from '../../src-shared/http/upstream-limits.ts';

/** The part of a running sandbox that its app-service needs to know. */
export interface SandboxAccount {
  endpoints: { sts: string; dynamodb: string; signin: string };
  consoleOrigin: string;
  serviceCredentials: { accessKeyId: string; secretAccessKey: string };
  users: readonly { user: string; password: string }[];
  resources: readonly { file: string; text: string }[];
  region: string;
}

/** Where a bundled app-service keeps what it keeps, and how. */
export interface BundledOptions {
  stateDir: string;
  version: string;
  audit?: AuditOptions | undefined;
  upstreamLimits?: SomeUpstreamLimits | undefined;
}

/** An app-service on a sandbox: the seeds' example, with the demo users' passwords set. */
export async function createSandboxService(
  sandbox: SandboxAccount,
  { stateDir, version, audit, upstreamLimits }: BundledOptions,
): Promise<AppService> {
  const { sts, dynamodb, signin } = sandbox.endpoints;
  const service = await createAppService({
    cluster: 'sandbox',
    version,
    stateDir,
    ...(audit && { audit }),
    upstreamLimits,
    defaultResources: loadResources(sandbox.resources),
    apps: [
      {
        name: 'aws',
        description: 'An AWS account inside this app, with tables and buckets to try things on',
        uri: `${sandbox.consoleOrigin}/console/home`,
        labels: { env: 'sandbox' },
      },
    ],
    aws: {
      credentials: async () => sandbox.serviceCredentials,
      credentialsName: { title: 'the sandbox', renewHint: 'Start Rolegate again.' },
      region: sandbox.region,
      // Whatever a request is for stays inside: what the sandbox lacks, it says itself.
      endpoints: { sts, dynamodb, signin, '*': dynamodb },
    },
    sandbox: { users: sandbox.users.map((one) => ({ ...one })), consoleOrigin: sandbox.consoleOrigin },
  });
  await Promise.all(
    sandbox.users.map(async ({ user, password }) => {
      if (!(await service.hasPassword(user))) await service.setPassword(user, password);
    }),
  );
  return service;
}
