import { iamArn, uniqueId } from './account.ts';
import { readDynamoDb, readOthers, readS3 } from './managed-policies.ts';
import { allow, type Policy } from './policy.ts';

/** An IAM role of the account. */
export interface Role {
  name: string;
  arn: string;
  /** `AROA…`, as IAM gives each role. */
  id: string;
  /** What it is for, in a sentence. */
  description: string;
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

/** What assuming a role takes, with tags and a source identity. */
const assuming = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

/** The IAM user as which the app-service asks STS. */
export const serviceUser = {
  name: 'rolegate-service',
  arn: iamArn('user/rolegate-service'),
  id: uniqueId('AIDA', 'rolegate-service'),
  policy: [
    ...allow(assuming, [iamArn('role/*')]),
    ...allow(['sts:GetFederationToken', 'sts:TagSession'], ['arn:aws:sts::*:federated-user/*']),
  ],
} as const;

const exampleRole = 'ExampleTeleportDynamoDBRole';
const chain = ['role_chain_first', 'role_chain_second', 'role_chain_third'] as const;
const arnOfRole = (name: string) => iamArn(`role/${name}`);

/** Every role of the account. */
export const roles: readonly Role[] = [
  role(exampleRole, 'DynamoDB, S3 and Lambda, read and write; may begin the chain of roles', {
    policy: [
      ...allow(['dynamodb:*', 's3:*', 's3express:*', 'lambda:*', ...readOthers]),
      ...allow(assuming, [arnOfRole(chain[0])]),
    ],
    maxSessionDuration: 43_200,
  }),
  role('role_for_alice', 'Reads DynamoDB and S3, and changes nothing', {
    policy: allow([...readDynamoDb, ...readS3, ...readOthers]),
    principals: [serviceUser.arn, arnOfRole('role_that_chains')],
  }),
  role('role_for_bob', 'DynamoDB, read and write, and no S3', { policy: allow(['dynamodb:*']) }),
  // The next three show what goes wrong, or nearly, between a caller and a role.
  role('role_without_trust', 'Trusts somebody else', {
    policy: allow(['dynamodb:*']),
    principals: [iamArn('user/administrator')],
  }),
  role('role_with_external_id', 'Wants an external id', {
    policy: allow(readDynamoDb),
    externalId: 'rolegate-sandbox',
  }),
  role('role_that_chains', 'May assume role_for_alice, and nothing else', {
    policy: allow(assuming, [arnOfRole('role_for_alice')]),
  }),
  // A chain: each may assume the next, and only the last may do anything with data.
  role(chain[0], 'The first of a chain of roles: lists buckets, and may assume the second', {
    policy: [...allow(['s3:ListAllMyBuckets']), ...allow(assuming, [arnOfRole(chain[1])])],
    principals: [serviceUser.arn, arnOfRole(exampleRole)],
  }),
  role(chain[1], 'The second of a chain of roles: lists buckets, and may assume the third', {
    policy: [...allow(['s3:ListAllMyBuckets']), ...allow(assuming, [arnOfRole(chain[2])])],
    principals: [arnOfRole(chain[0])],
  }),
  role(chain[2], 'The third of a chain of roles: reads DynamoDB, reads and writes S3', {
    policy: allow([...readDynamoDb, 's3:*']),
    principals: [arnOfRole(chain[1])],
    maxSessionDuration: 7_200,
  }),
];

/** The role with this ARN, or undefined. */
export function findRole(arn: string): Role | undefined {
  return roles.find((candidate) => candidate.arn === arn);
}

interface RoleSettings {
  policy: Policy;
  principals?: readonly string[];
  externalId?: string;
  maxSessionDuration?: number;
}

function role(name: string, description: string, settings: RoleSettings): Role {
  const { policy, principals = [serviceUser.arn], externalId, maxSessionDuration = 3600 } = settings;
  return {
    name,
    arn: arnOfRole(name),
    id: uniqueId('AROA', name),
    description,
    maxSessionDuration,
    trust: { principals, ...(externalId !== undefined && { externalId }) },
    policy,
  };
}
