import { createHash } from 'node:crypto';
import { allow, type Policy } from './policy.ts';

/** The sandbox's one AWS account, the one of the documented examples. */
export const accountId = '123456789000';

/** The region that the sandbox names when nobody has asked for another. */
export const homeRegion = 'us-east-1';

/** An IAM role of the account. */
export interface Role {
  name: string;
  arn: string;
  /** `AROA…`, as IAM gives each role. */
  id: string;
  /** In seconds, 3600 to 43200. */
  maxSessionDuration: number;
  /** Who may assume it. */
  trust: {
    principals: readonly string[];
    /** Given when the trust policy has the condition `sts:ExternalId`. */
    externalId?: string;
  };
  policy: Policy;
}

/** The IAM user as which the app-service asks STS. */
export const serviceUser = {
  name: 'rolegate-service',
  arn: arnOf('user/rolegate-service'),
  id: uniqueId('AIDA', 'rolegate-service'),
  policy: allow(['sts:AssumeRole'], [arnOf('role/*')]),
} as const;

/** The actions of AWS's managed policy `AmazonDynamoDBReadOnlyAccess` that this sandbox has operations for. */
const readDynamoDb = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:Describe*',
  'dynamodb:Get*',
  'dynamodb:List*',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:SearchVectors',
];

const chainingRoleArn = arnOf('role/role_that_chains');

/** Every role of the account. */
export const roles: readonly Role[] = [
  role('ExampleTeleportDynamoDBRole', allow(['dynamodb:*']), { maxSessionDuration: 43_200 }),
  role('role_for_alice', allow(readDynamoDb), { principals: [serviceUser.arn, chainingRoleArn] }),
  role('role_for_bob', allow(['dynamodb:*'])),
  // The next three show what goes wrong, or nearly, between a caller and a role.
  role('role_without_trust', allow(['dynamodb:*']), { principals: [arnOf('user/administrator')] }),
  role('role_with_external_id', allow(readDynamoDb), { externalId: 'rolegate-sandbox' }),
  role('role_that_chains', allow(['sts:AssumeRole'], [arnOf('role/role_for_alice')])),
];

/** The role with this ARN, or undefined. */
export function findRole(arn: string): Role | undefined {
  return roles.find((candidate) => candidate.arn === arn);
}

interface RoleSettings {
  principals?: readonly string[];
  externalId?: string;
  maxSessionDuration?: number;
}

function role(name: string, policy: Policy, settings: RoleSettings = {}): Role {
  const { principals = [serviceUser.arn], externalId, maxSessionDuration = 3600 } = settings;
  return {
    name,
    arn: arnOf(`role/${name}`),
    id: uniqueId('AROA', name),
    maxSessionDuration,
    trust: { principals, ...(externalId !== undefined && { externalId }) },
    policy,
  };
}

function arnOf(resource: string): string {
  return `arn:aws:iam::${accountId}:${resource}`;
}

/** An IAM unique id: 21 characters, the same for the same name at every start. */
function uniqueId(prefix: 'AIDA' | 'AROA', name: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digest = createHash('sha256').update(`${prefix}/${name}`).digest();
  return prefix + Array.from(digest.subarray(0, 17), (byte) => alphabet[byte % 32]).join('');
}
