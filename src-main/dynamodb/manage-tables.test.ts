import { describe, expect, it } from 'vitest';
import type { AwsReply } from '../../src-shared/contracts/aws-call.ts';
import type { TableChange, TableDefinition } from '../../src-shared/contracts/table-management.ts';
import { createDynamoDbClient } from './client.ts';
import { changeTable, createInput } from './manage-tables.ts';

/** What a change of the table `T` is sent as: the operation, and the input without the table's name. */
async function sent(change: TableChange): Promise<[string | undefined, unknown]> {
  let seen: [string | undefined, unknown] = [undefined, undefined];
  const client = await createDynamoDbClient(async ({ headers, body }): Promise<AwsReply> => {
    const { TableName, ...input } = JSON.parse(Buffer.from(body as Uint8Array).toString()) as { TableName: string };
    expect(TableName).toBe('T');
    seen = [headers.find(([name]) => name === 'x-amz-target')?.[1].split('.')[1], input];
    return { status: 200, headers: [['content-type', 'application/x-amz-json-1.0']], body: Buffer.from('{}') };
  }, 'us-east-1');
  await changeTable(client, await import('@aws-sdk/client-dynamodb'), 'T', undefined, change);
  return seen;
}

describe('a change of a table', () => {
  it('is one request that changes that and nothing else', async () => {
    expect(await sent({ kind: 'billing', billing: { mode: 'on-demand' } })).toEqual([
      'UpdateTable',
      { BillingMode: 'PAY_PER_REQUEST' },
    ]);
    expect(await sent({ kind: 'deletionProtection', on: true })).toEqual([
      'UpdateTable',
      { DeletionProtectionEnabled: true },
    ]);
    expect(await sent({ kind: 'tableClass', tableClass: 'STANDARD_INFREQUENT_ACCESS' })).toEqual([
      'UpdateTable',
      { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    ]);
    expect(await sent({ kind: 'stream' })).toEqual(['UpdateTable', { StreamSpecification: { StreamEnabled: false } }]);
    expect(await sent({ kind: 'timeToLive', attribute: 'expires', on: true })).toEqual([
      'UpdateTimeToLive',
      { TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } },
    ]);
    expect(await sent({ kind: 'pointInTime', on: true, days: 7 })).toEqual([
      'UpdateContinuousBackups',
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 } },
    ]);
    expect(await sent({ kind: 'pointInTime', on: false })).toEqual([
      'UpdateContinuousBackups',
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
    ]);
  });
});

describe('a new table', () => {
  it('is of the class that was chosen, and says nothing of it otherwise', () => {
    const definition: TableDefinition = {
      name: 'T',
      key: [{ name: 'pk', type: 'S', role: 'HASH' }],
      indexes: [],
      billing: { mode: 'on-demand' },
      deletionProtection: false,
      tags: [],
    };
    expect(createInput(definition)).not.toHaveProperty('TableClass');
    const kept = createInput({ ...definition, tableClass: 'STANDARD_INFREQUENT_ACCESS' });
    expect(kept.TableClass).toBe('STANDARD_INFREQUENT_ACCESS');
  });
});
