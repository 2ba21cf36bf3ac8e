import { describe, expect, it } from 'vitest';
import { tableDetails } from '../../src-shared/contracts/tables.ts';
import { toTableDetails } from './table-details.ts';

describe('a table’s details', () => {
  it('have everything that DescribeTable says of an unusual table', () => {
    const details = toTableDetails({
      TableName: 'Docs',
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'a', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'four-by-four',
          KeySchema: [
            { AttributeName: 'a', KeyType: 'HASH' },
            { AttributeName: 'b', KeyType: 'HASH' },
            { AttributeName: 'c', KeyType: 'RANGE' },
          ],
        },
      ],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      OnDemandThroughput: { MaxReadRequestUnits: 500, MaxWriteRequestUnits: -1 },
      WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      LatestStreamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/Docs/stream/1',
      Replicas: [{ RegionName: 'us-east-1', ReplicaStatus: 'CREATING' }],
      MultiRegionConsistency: 'EVENTUAL',
      SSEDescription: { KMSMasterKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k' },
      VectorIndexes: [
        {
          IndexName: 'by-meaning',
          VectorAttribute: { AttributeName: 'embedding' },
          Dimensions: 1024,
          DistanceFunction: 'COSINE',
          Projection: { ProjectionType: 'KEYS_ONLY' },
          IndexStatus: 'ACTIVE',
          IndexSizeBytes: 4096,
        },
      ],
    });
    expect(tableDetails.parse(details)).toMatchObject({
      mostThroughput: { read: 500, write: -1 },
      warmThroughput: { read: 12_000, write: 4000 },
      streamView: 'KEYS_ONLY',
      streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/Docs/stream/1',
      replicas: [{ region: 'us-east-1', status: 'CREATING' }],
      replicaConsistency: 'EVENTUAL',
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/k',
      vectorIndexes: [{ name: 'by-meaning', attribute: 'embedding', dimensions: 1024, distance: 'COSINE' }],
    });
    expect(details.indexes[0]?.key.map(({ name, type, role }) => `${role} ${name} ${type}`)).toEqual([
      'HASH a N',
      'HASH b ?',
      'RANGE c ?',
    ]);
  });

  it('leave out what a plain table does not have', () => {
    const details = toTableDetails({ TableName: 'Plain', OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    expect(Object.keys(tableDetails.parse(details)).sort()).toEqual(
      ['billing', 'deletionProtection', 'indexes', 'itemCount', 'key', 'name', 'sizeBytes', 'status'].sort(),
    );
  });
});
