import type {
  AttributeDefinition,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  LocalSecondaryIndexDescription,
  TableDescription,
  VectorIndexDescription,
} from '@aws-sdk/client-dynamodb';
import type { KeyAttribute, TableDetails, TableIndex, VectorIndex } from '../../src-shared/contracts/tables.ts';

/** DescribeTable's answer as the window shows it. Pure. */
export function toTableDetails(table: TableDescription): TableDetails {
  const types = table.AttributeDefinitions ?? [];
  const throughput = table.ProvisionedThroughput;
  const provisioned = (throughput?.ReadCapacityUnits ?? 0) > 0;
  return withoutUndefined({
    name: table.TableName ?? '',
    arn: table.TableArn,
    status: table.TableStatus ?? 'UNKNOWN',
    key: toKey(table.KeySchema, types),
    indexes: [
      ...(table.LocalSecondaryIndexes ?? []).map((index) => toIndex('LSI', index, types)),
      ...(table.GlobalSecondaryIndexes ?? []).map((index) => toIndex('GSI', index, types)),
    ],
    itemCount: table.ItemCount ?? 0,
    sizeBytes: table.TableSizeBytes ?? 0,
    billing: table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST' || !provisioned ? 'on-demand' : 'provisioned',
    throughput: provisioned
      ? { read: throughput?.ReadCapacityUnits ?? 0, write: throughput?.WriteCapacityUnits ?? 0 }
      : undefined,
    createdAt: table.CreationDateTime?.getTime(),
    streamView: table.StreamSpecification?.StreamEnabled ? table.StreamSpecification.StreamViewType : undefined,
    deletionProtection: table.DeletionProtectionEnabled ?? false,
    streamArn: table.StreamSpecification?.StreamEnabled ? table.LatestStreamArn : undefined,
    tableClass: table.TableClassSummary?.TableClass,
    mostThroughput: toUnits(
      table.OnDemandThroughput?.MaxReadRequestUnits,
      table.OnDemandThroughput?.MaxWriteRequestUnits,
    ),
    warmThroughput: toUnits(table.WarmThroughput?.ReadUnitsPerSecond, table.WarmThroughput?.WriteUnitsPerSecond),
    replicas: table.Replicas?.map(({ RegionName: region = '?', ReplicaStatus: status = 'UNKNOWN' }) => ({
      region,
      status,
    })),
    replicaConsistency: table.MultiRegionConsistency,
    encryptionKeyArn: table.SSEDescription?.KMSMasterKeyArn,
    vectorIndexes: table.VectorIndexes?.map(toVectorIndex),
  });
}

/** Units of both kinds; -1 is AWS's word for "no limit". */
function toUnits(read: number | undefined, write: number | undefined) {
  if ((read === undefined || read < 0) && (write === undefined || write < 0)) return undefined;
  return { read: read ?? -1, write: write ?? -1 };
}

function toVectorIndex(index: VectorIndexDescription): VectorIndex {
  return withoutUndefined({
    name: index.IndexName ?? '',
    attribute: index.VectorAttribute?.AttributeName ?? '',
    dimensions: index.Dimensions,
    distance: index.DistanceFunction,
    projection: index.Projection?.ProjectionType ?? 'ALL',
    status: index.IndexStatus,
    sizeBytes: index.IndexSizeBytes,
  });
}

function toIndex(
  kind: 'GSI' | 'LSI',
  index: GlobalSecondaryIndexDescription & LocalSecondaryIndexDescription,
  types: readonly AttributeDefinition[],
): TableIndex {
  return withoutUndefined({
    name: index.IndexName ?? '',
    kind,
    key: toKey(index.KeySchema, types),
    projection: index.Projection?.ProjectionType ?? 'ALL',
    projectedAttributes: index.Projection?.NonKeyAttributes ?? [],
    status: index.IndexStatus,
    itemCount: index.ItemCount,
    sizeBytes: index.IndexSizeBytes,
  });
}

/** A key's attributes in AWS's order, with the types that the table declares for them. */
function toKey(schema: readonly KeySchemaElement[] = [], types: readonly AttributeDefinition[]): KeyAttribute[] {
  return schema.map(({ AttributeName: name = '', KeyType: role = 'HASH' }) => {
    const type = types.find((definition) => definition.AttributeName === name)?.AttributeType;
    return { name, type: type ?? '?', role };
  });
}

type Defined<Shape> = { [Key in keyof Shape]: Exclude<Shape[Key], undefined> };

function withoutUndefined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Defined<Shape>;
}
