import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { isS3Name, parseS3Host } from '../../src-shared/aws/s3-hosts.ts';
import { classifyStatement } from '../../src-shared/partiql/classify.ts';
import { partiqlLimits } from '../../src-shared/partiql/statements.ts';
import type { ActionCall } from './action.ts';
import { formValues } from './form.ts';
import { inPathStyle } from './s3-path.ts';
import { readShallowJson } from './shallow-json.ts';

/** Forms larger than this are not taken apart to find a name in them. */
const maxForm = 1024 * 1024;
/** Larger bodies of JSON are read down to where names are, and no further. */
const maxWhole = 32 * 1024;
/** `TransactItems: [{ Put: { TableName`. */
const depthOfNames = 4;
const maxName = 512;

/** The members of a request's body that name the resource it is about: of several, the first that is there. */
const members: Readonly<Record<string, readonly string[]>> = {
  acm: ['CertificateArn'],
  'application-autoscaling': ['ResourceId'],
  athena: ['WorkGroup', 'QueryExecutionId'],
  autoscaling: ['AutoScalingGroupName'],
  cloudformation: ['StackName', 'ChangeSetName', 'StackSetName'],
  cloudtrail: ['Name', 'TrailName', 'EventDataStore'],
  'cognito-idp': ['UserPoolId'],
  ec2: ['InstanceId', 'InstanceId.1', 'VolumeId', 'SnapshotId', 'ImageId', 'GroupId', 'SubnetId', 'VpcId', 'KeyName'],
  ecr: ['repositoryName'],
  ecs: ['cluster', 'taskDefinition', 'family'],
  elasticache: ['CacheClusterId', 'ReplicationGroupId'],
  elasticloadbalancing: ['LoadBalancerArn', 'TargetGroupArn', 'ListenerArn', 'LoadBalancerName'],
  events: ['EventBusName', 'Name', 'Rule'],
  firehose: ['DeliveryStreamName'],
  glue: ['DatabaseName', 'JobName', 'Name'],
  iam: ['RoleName', 'UserName', 'GroupName', 'PolicyArn', 'InstanceProfileName', 'PolicyName'],
  kinesis: ['StreamName', 'StreamARN'],
  kms: ['KeyId', 'AliasName'],
  logs: ['logGroupName', 'logGroupIdentifier', 'resourceArn'],
  rds: ['DBInstanceIdentifier', 'DBClusterIdentifier', 'DBSnapshotIdentifier'],
  redshift: ['ClusterIdentifier'],
  secretsmanager: ['SecretId', 'Name'],
  sns: ['TopicArn', 'TargetArn', 'Name', 'SubscriptionArn'],
  sqs: ['QueueUrl', 'QueueName'],
  ssm: ['Name', 'Path', 'DocumentName', 'Target'],
  states: ['stateMachineArn', 'executionArn', 'activityArn', 'name'],
  sts: ['RoleArn'],
};

/**
 * The resource that a call is about, as far as names go: a table and its index, a bucket and the folder in it, a
 * function, queue, topic, key, secret. Never the key or the content of an item, and of an object's key never the last
 * part.
 *
 * @returns undefined where it cannot be told
 */
export function resourceOf(call: ActionCall): string | undefined {
  const service = call.service.toLowerCase();
  if (isS3Name(service)) return s3Resource(call);
  if (service === 'lambda') return lambdaFunction(call.path);
  if (service === 'dynamodb') return tables(jsonBody(call));
  const names = Object.hasOwn(members, service) ? members[service] : undefined;
  return names && (memberOf(jsonBody(call), names) ?? formMember(call, names));
}

function s3Resource(call: ActionCall): string | undefined {
  const host = parseAwsHost(call.host);
  const s3 = host && parseS3Host(host);
  if (s3?.kind === 'control' || (s3?.kind !== 'bucket' && call.path.startsWith('/v20180820/'))) return undefined;
  const { path, query } = inPathStyle(call, s3);
  const [bucket = '', ...key] = path.slice(1, 1 + 2_048).split('/');
  if (bucket === '') return undefined;
  const listed = formValues(Buffer.from(query.slice(0, 8_192), 'latin1'), 'prefix')?.[0] ?? '';
  const folders = key.join('/') === '' ? listed.split('/').slice(0, -1) : key.slice(0, -1);
  return clean([bucket, ...folders, ''].join('/').replace(/^([^/]+)\/$/, '$1'));
}

/** Source: Lambda API Reference; the name may be an ARN or have an account or a version with it. */
function lambdaFunction(path: string): string | undefined {
  const name = /^\/\d{4}-\d{2}-\d{2}\/functions\/([^/]{1,512})/.exec(path)?.[1];
  return name && clean(name);
}

/** The members of a DynamoDB request that name its table, by name or ARN (of a stream, a backup, an export of it, too). */
const tableMembers = [
  'TableName',
  'TargetTableName',
  'TableArn',
  'ResourceArn',
  'StreamArn',
  'GlobalTableName',
  'BackupArn',
  'ExportArn',
  'ImportArn',
];

/** A DynamoDB call's tables, each with the index that is read. */
function tables(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const table = memberOf(body, tableMembers) ?? streamOf(body['ShardIterator']);
  if (table !== undefined) return clean(withIndex(table, text(body['IndexName'])));
  const names = new Set([
    ...Object.keys(record(body['RequestItems'])),
    ...records(body['TransactItems'])
      .flatMap((item) => Object.values(item))
      .flatMap((operation) => text(record(operation)['TableName']) ?? []),
    ...[body, ...records(body['Statements']), ...records(body['TransactStatements'])].flatMap(tableOfStatement),
    ...[text(record(body['TableCreationParameters'])['TableName']) ?? []].flat(),
  ]);
  return names.size === 0 ? undefined : clean([...names].sort().join(', '));
}

function withIndex(table: string, index: string | undefined): string {
  return index === undefined ? table : `${table}/index/${index}`;
}

/** The table of a PartiQL statement, where it is surely one; nothing else of it. */
function tableOfStatement({ Statement: statement }: Record<string, unknown>): string | [] {
  if (typeof statement !== 'string' || statement.length > partiqlLimits.characters) return [];
  const { table, index } = classifyStatement(statement);
  return table === undefined ? [] : withIndex(table, index);
}

/** The stream of an iterator: its ARN goes before the rest. Source: DynamoDB Streams API reference, GetShardIterator. */
function streamOf(iterator: unknown): string | undefined {
  return typeof iterator === 'string' ? /^(arn:[^|]{1,512})\|/.exec(iterator)?.[1] : undefined;
}

function memberOf(body: unknown, names: readonly string[]): string | undefined {
  if (!isRecord(body)) return undefined;
  const found = names.map((name) => (Object.hasOwn(body, name) ? text(body[name]) : undefined));
  const name = found.find((value) => value !== undefined);
  return name && clean(name);
}

function formMember(call: ActionCall, names: readonly string[]): string | undefined {
  const forms = [Buffer.from(call.query, 'latin1'), ...(call.body instanceof Uint8Array ? [call.body] : [])];
  const found = names.flatMap((name) =>
    forms.flatMap((form) => (form.length > maxForm ? [] : formValues(form, name)) ?? []),
  );
  return found[0] && clean(found[0]);
}

function jsonBody({ body }: ActionCall): unknown {
  if (!(body instanceof Uint8Array)) return undefined;
  // DynamoDB takes spaces before a body, so they must not hide what is in it.
  if (body.length > maxWhole) return readShallowJson(body, depthOfNames);
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Text fit for a line of the audit log: no control characters, not without end. */
function clean(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const printable = name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '');
  return printable.length > maxName ? `${printable.slice(0, maxName)}…` : printable;
}
