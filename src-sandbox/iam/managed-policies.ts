import { allow, type Policy, statement } from './policy.ts';

/** The actions of `AmazonDynamoDBReadOnlyAccess` that this sandbox has operations for. */
export const readDynamoDb: readonly string[] = [
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

/** The actions of `AmazonS3ReadOnlyAccess`. */
export const readS3: readonly string[] = ['s3:Get*', 's3:List*', 's3:Describe*'];

/** What reads in the sandbox's other services. */
export const readOthers: readonly string[] = ['ec2:Describe*', 'iam:Get*', 'iam:List*', 'lambda:Get*', 'lambda:List*'];

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/**
 * AWS's own managed policies that can be session policies here, by ARN, as far as they are about services of the
 * sandbox. Source: AWS Managed Policy Reference.
 */
const managedPolicies: ReadonlyMap<string, Policy> = new Map([
  [arn('AdministratorAccess'), allow(['*'])],
  [arn('PowerUserAccess'), [statement('Allow', ['iam:*', 'organizations:*', 'account:*'], ['*'], { notAction: true })]],
  [arn('ReadOnlyAccess'), allow([...readDynamoDb, ...readS3, ...readOthers])],
  [arn('AmazonDynamoDBFullAccess'), allow(['dynamodb:*'])],
  [arn('AmazonDynamoDBReadOnlyAccess'), allow(readDynamoDb)],
  [arn('AmazonS3FullAccess'), allow(['s3:*'])],
  [arn('AmazonS3ReadOnlyAccess'), allow(readS3)],
]);

/** The managed policy with this ARN, or undefined when the sandbox does not have it. */
export function findManagedPolicy(policyArn: string): Policy | undefined {
  return managedPolicies.get(policyArn);
}
