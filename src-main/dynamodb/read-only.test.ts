import * as sdk from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AwsReply } from '../../src-shared/contracts/aws-call.ts';
import type { HeldBack } from '../../src-shared/production/production.ts';
import { createDynamoDbClient } from './client.ts';
import { holdToReading } from './read-only.ts';
import type { ForwardCall } from './request-handler.ts';

let held: HeldBack | undefined;
let passed: string[];
const forward: ForwardCall = async (call): Promise<AwsReply> => {
  passed.push(call.headers.find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1] ?? call.service);
  return { status: 200, headers: [['content-type', 'application/x-amz-json-1.0']], body: Buffer.from('{}') };
};
const guarded = holdToReading(forward, () => held);

beforeEach(() => {
  held = 'service';
  passed = [];
});

/** A call as somebody would make it past the SDK. */
const raw = (target: string[], body: unknown, service = 'dynamodb') =>
  guarded({
    requestId: 'request-1',
    method: 'POST',
    path: '/',
    query: '',
    headers: target.map((one) => ['X-Amz-Target', one] as const),
    signedHeaders: [],
    service,
    region: 'us-east-1',
    host: 'dynamodb.us-east-1.amazonaws.com',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
const v = 'DynamoDB_20120810';

describe('a session that is held to reading', () => {
  it('lets through no operation of the SDK but those that read', async () => {
    const names = Object.keys(sdk)
      .filter((name) => /Command$/.test(name) && name !== '$Command')
      .map((name) => name.slice(0, -'Command'.length));
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      // Those of PartiQL go by their statements.
      const isReading = /^(?:Get|List|Describe|Query|Scan|Search|BatchGet|TransactGet)/.test(name);
      const outcome = await Promise.resolve()
        .then(() => raw([`${v}.${name}`], {}))
        .then(
          () => true,
          () => false,
        );
      if (!isReading) expect([name, outcome]).toEqual([name, false]);
    }
    expect(passed).toEqual(expect.arrayContaining([`${v}.GetItem`, `${v}.Query`, `${v}.Scan`, `${v}.DescribeTable`]));
  });

  it('goes by what is sent, whatever the window thinks', async () => {
    const client = await createDynamoDbClient(guarded, 'us-east-1');
    await client.send(new sdk.ScanCommand({ TableName: 'T' }));
    const put = new sdk.PutItemCommand({ TableName: 'T', Item: { pk: { S: 'a' } } });
    await expect(client.send(put)).rejects.toMatchObject({ code: 'access_denied', message: /read-only.*PutItem/ });
    held = 'production';
    await expect(client.send(put)).rejects.toMatchObject({ hint: /Allow writing/ });
    held = undefined;
    await client.send(put);
    expect(passed).toEqual([`${v}.Scan`, `${v}.PutItem`]);
  });

  it('reads PartiQL, and lets only what is surely a SELECT through', async () => {
    const client = await createDynamoDbClient(guarded, 'us-east-1');
    await client.send(new sdk.ExecuteStatementCommand({ Statement: 'SELECT * FROM "T"' }));
    for (const Statement of ['DELETE FROM "T"', 'SELECT * FROM "T"; DELETE FROM "T"', 'EXISTS(SELECT * FROM "T")']) {
      const one = client.send(new sdk.ExecuteStatementCommand({ Statement }));
      await expect(one).rejects.toMatchObject({ code: 'access_denied' });
      const Statements = [{ Statement: 'SELECT * FROM "T"' }, { Statement }];
      await expect(client.send(new sdk.BatchExecuteStatementCommand({ Statements }))).rejects.toThrow();
      const transaction = new sdk.ExecuteTransactionCommand({ TransactStatements: Statements });
      await expect(client.send(transaction)).rejects.toThrow();
    }
    expect(passed).toEqual([`${v}.ExecuteStatement`]);
  });

  it.each([
    [[]],
    [[`${v}.GetItem`, `${v}.PutItem`]],
    [['GetItem']],
    [[`X.GetItem`]],
    [[`${v}.getitem`]],
    [[`${v}.GetItem\n`]],
    [[`${v}.constructor`]],
  ])('refuses what names no operation, or several: %j', (targets) => expect(() => raw(targets, {})).toThrow(/read/));

  it('leaves other services to the app-service', async () => {
    await raw([], {}, 'monitoring');
    expect(passed).toEqual(['monitoring']);
  });
});
