import type {
  AttributeDefinition,
  CreateTableCommandInput,
  DynamoDBClient,
  GlobalSecondaryIndex,
  ProvisionedThroughput,
  UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type {
  Billing,
  IndexDefinition,
  TableChange,
  TableDefinition,
  TableExtras,
} from '../../src-shared/contracts/table-management.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { definitionProblems } from '../../src-shared/tables/definition.ts';
import { toDynamoDbError } from './client.ts';

type Sdk = typeof import('@aws-sdk/client-dynamodb');

/** What DescribeTable does not say; each part is asked for alone, and may be refused alone. */
export async function readExtras(
  client: DynamoDBClient,
  sdk: Sdk,
  table: string,
  arn: string | undefined,
): Promise<TableExtras> {
  const [timeToLive, pointInTime, tags] = await Promise.all([
    asked(async () => {
      const answer = await client.send(new sdk.DescribeTimeToLiveCommand({ TableName: table }));
      const { TimeToLiveStatus: status = 'DISABLED', AttributeName: attribute } = answer.TimeToLiveDescription ?? {};
      return { status, ...(attribute !== undefined && { attribute }) };
    }),
    asked(async () => {
      const answer = await client.send(new sdk.DescribeContinuousBackupsCommand({ TableName: table }));
      const found = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
      const earliest = found?.EarliestRestorableDateTime?.getTime();
      const latest = found?.LatestRestorableDateTime?.getTime();
      return {
        status: found?.PointInTimeRecoveryStatus ?? 'DISABLED',
        ...(found?.RecoveryPeriodInDays !== undefined && { days: found.RecoveryPeriodInDays }),
        ...(earliest !== undefined && { earliest }),
        ...(latest !== undefined && { latest }),
      };
    }),
    asked(() => allTags(client, sdk, arn)),
  ]);
  return { timeToLive, pointInTime, tags };
}

async function allTags(client: DynamoDBClient, sdk: Sdk, arn: string | undefined) {
  if (arn === undefined) throw new RolegateError('aws', 'DynamoDB did not say the ARN of the table.');
  const tags: { key: string; value: string }[] = [];
  let next: string | undefined;
  do {
    const answer = await client.send(
      new sdk.ListTagsOfResourceCommand({ ResourceArn: arn, ...(next !== undefined && { NextToken: next }) }),
    );
    for (const { Key: key = '', Value: value = '' } of answer.Tags ?? []) tags.push({ key, value });
    next = answer.NextToken;
  } while (next !== undefined);
  return tags.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function asked<Value>(ask: () => Promise<Value>) {
  try {
    return { value: await ask() };
  } catch (error) {
    return { error: toDynamoDbError(error).toData() };
  }
}

/** Makes a table. @throws RolegateError `bad_input` for what DynamoDB would refuse */
export async function createTable(client: DynamoDBClient, sdk: Sdk, definition: TableDefinition): Promise<void> {
  const [problem] = definitionProblems(definition);
  if (problem) throw new RolegateError('bad_input', problem.message);
  await client.send(new sdk.CreateTableCommand(createInput(definition)));
}

/** CreateTable's input for a definition. Pure. */
export function createInput({ indexes, ...table }: TableDefinition): CreateTableCommandInput {
  const global = indexes.filter(({ kind }) => kind === 'GSI');
  const local = indexes.filter(({ kind }) => kind === 'LSI');
  return {
    TableName: table.name,
    KeySchema: table.key.map(({ name, role }) => ({ AttributeName: name, KeyType: role })),
    AttributeDefinitions: attributeDefinitions([...table.key, ...indexes.flatMap((index) => index.key)]),
    ...billingInput(table.billing),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global.map((index) => indexInput(index, table.billing)) }),
    ...(local.length > 0 && {
      LocalSecondaryIndexes: local.map((index) => indexInput(index, { mode: 'on-demand' })),
    }),
    ...(table.stream !== undefined && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
    }),
    ...(table.tableClass !== undefined && { TableClass: table.tableClass }),
    ...(table.deletionProtection && { DeletionProtectionEnabled: true }),
    ...(table.tags.length > 0 && { Tags: table.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  };
}

function attributeDefinitions(key: TableDefinition['key']): AttributeDefinition[] {
  const types = new Map(key.map(({ name, type }) => [name, type]));
  return Array.from(types, ([name, type]) => ({ AttributeName: name, AttributeType: type }));
}

function indexInput(
  { name, key, projection, projectedAttributes }: IndexDefinition,
  mode: Billing,
): GlobalSecondaryIndex {
  const throughput = throughputOf(mode);
  return {
    IndexName: name,
    KeySchema: key.map((part) => ({ AttributeName: part.name, KeyType: part.role })),
    Projection: {
      ProjectionType: projection,
      ...(projection === 'INCLUDE' && { NonKeyAttributes: projectedAttributes }),
    },
    ...(throughput && { ProvisionedThroughput: throughput }),
  };
}

function billingInput(mode: Billing): Pick<CreateTableCommandInput, 'BillingMode' | 'ProvisionedThroughput'> {
  const throughput = throughputOf(mode);
  return throughput
    ? { BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput }
    : { BillingMode: 'PAY_PER_REQUEST' };
}

function throughputOf(mode: Billing): ProvisionedThroughput | undefined {
  if (mode.mode === 'on-demand') return undefined;
  return { ReadCapacityUnits: mode.read, WriteCapacityUnits: mode.write };
}

/** Makes one change of a table. */
export async function changeTable(
  client: DynamoDBClient,
  sdk: Sdk,
  table: string,
  arn: string | undefined,
  change: TableChange,
): Promise<void> {
  const update = (input: Omit<UpdateTableCommandInput, 'TableName'>) =>
    client.send(new sdk.UpdateTableCommand({ TableName: table, ...input }));
  switch (change.kind) {
    case 'billing':
      await update(billingInput(change.billing));
      return;
    case 'deletionProtection':
      await update({ DeletionProtectionEnabled: change.on });
      return;
    case 'tableClass':
      await update({ TableClass: change.tableClass });
      return;
    case 'stream':
      await update({
        StreamSpecification: change.view
          ? { StreamEnabled: true, StreamViewType: change.view }
          : { StreamEnabled: false },
      });
      return;
    case 'createIndex':
      await update({
        AttributeDefinitions: attributeDefinitions(change.index.key),
        GlobalSecondaryIndexUpdates: [{ Create: indexInput(change.index, change.billing) as never }],
      });
      return;
    case 'deleteIndex':
      await update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: change.name } }] });
      return;
    case 'timeToLive':
      await client.send(
        new sdk.UpdateTimeToLiveCommand({
          TableName: table,
          TimeToLiveSpecification: { Enabled: change.on, AttributeName: change.attribute },
        }),
      );
      return;
    case 'pointInTime':
      await client.send(
        new sdk.UpdateContinuousBackupsCommand({
          TableName: table,
          PointInTimeRecoverySpecification: {
            PointInTimeRecoveryEnabled: change.on,
            ...(change.days !== undefined && { RecoveryPeriodInDays: change.days }),
          },
        }),
      );
      return;
    case 'tags':
      await changeTags(client, sdk, arn, change);
  }
}

async function changeTags(
  client: DynamoDBClient,
  sdk: Sdk,
  arn: string | undefined,
  { set, remove }: Extract<TableChange, { kind: 'tags' }>,
): Promise<void> {
  if (arn === undefined) throw new RolegateError('aws', 'DynamoDB did not say the ARN of the table.');
  if (remove.length > 0) await client.send(new sdk.UntagResourceCommand({ ResourceArn: arn, TagKeys: remove }));
  if (set.length === 0) return;
  const tags = set.map(({ key, value }) => ({ Key: key, Value: value }));
  await client.send(new sdk.TagResourceCommand({ ResourceArn: arn, Tags: tags }));
}
