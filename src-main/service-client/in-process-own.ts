import { userInfo } from 'node:os';
import type { AppService } from '../../src-service/app-service.ts';
import { baseCredentials } from '../../src-service/aws/base-credentials.ts';
import { checkRoles } from '../../src-service/aws/check-roles.ts';
import { createAppService } from '../../src-service/create-app-service.ts';
import type { ResourceDocument } from '../../src-service/resources/document.ts';
import type { LoadedDocument } from '../../src-service/resources/load-resources.ts';
import { parseRoleArn } from '../../src-shared/aws/arn.ts';
import { partitionOfRegion } from '../../src-shared/aws/partitions.ts';
import type { OwnCredentials, RoleCheck } from '../../src-shared/contracts/settings.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import type { BundledOptions } from './in-process-sandbox.ts';

/**
 * An app-service for one person: this machine's AWS credentials, the operating system's user, and the IAM roles that
 * the user named. It opens no port and has no login of its own.
 */
export async function createOwnService(
  own: OwnCredentials,
  { stateDir, version, audit, upstreamLimits, outbound }: BundledOptions & { outbound: Outbound },
): Promise<{ service: AppService; user: string }> {
  const user = osUser();
  const service = await createAppService({
    cluster: 'this computer',
    version,
    stateDir,
    ...(audit && { audit }),
    resources: ownDocuments(user, own.roleArns),
    apps: [
      {
        name: 'aws',
        description: `AWS through the profile ${own.profile}`,
        uri: `https://${consoleHost(own)}/console/home`,
        labels: {},
      },
    ],
    aws: awsOptions(own, outbound),
    outbound,
    upstreamLimits,
  });
  return { service, user };
}

/** One user, who may use the named IAM roles and see and change whatever this service keeps: it is all theirs. */
function ownDocuments(user: string, roleArns: readonly string[]): LoadedDocument[] {
  const name = 'own-credentials';
  const allow = { app_labels: { '*': '*' }, aws_role_arns: roleArns };
  const documents: ResourceDocument[] = [
    { kind: 'role', version: 'v8', metadata: { name }, spec: { allow } },
    { kind: 'user', version: 'v2', metadata: { name: user }, spec: { roles: [name, 'editor', 'auditor'], traits: {} } },
  ];
  return documents.map((document) => ({ document, file: 'the settings of Rolegate' }));
}

/** Tries to assume each of the roles with the profile's credentials. */
export function checkOwnCredentials(own: OwnCredentials, outbound: Outbound): Promise<RoleCheck[]> {
  return checkRoles({ ...awsOptions(own, outbound), outbound }, own.roleArns, osUser());
}

function awsOptions({ profile, region, endpoints }: OwnCredentials, outbound: Outbound) {
  return {
    credentials: baseCredentials({ profile, region, outbound }),
    credentialsName: {
      title: `the profile ${profile}`,
      renewHint: `Renew them the way you got them, for example with: aws sso login --profile ${profile}`,
    },
    region,
    endpoints,
  };
}

function consoleHost(own: OwnCredentials): string {
  const { partition } = parseRoleArn(own.roleArns[0] ?? '') ?? {};
  const found = partitionOfRegion(own.region);
  return (found?.id === partition ? found?.consoleHost : undefined) ?? 'console.aws.amazon.com';
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that has no name.
    return 'user';
  }
}
