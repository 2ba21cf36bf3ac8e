import {
  BatchGetItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  ListBackupsCommand,
  ListTablesCommand,
  PutItemCommand,
  paginateScan,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbRequest, sendRaw, signed } from '../testing/raw-request.ts';
import {
  assume,
  type Credentials,
  dynamoDbClient,
  engines,
  startTestSandbox,
  type TestSandbox,
} from '../testing/test-sandbox.ts';

const song = { Artist: { S: 'Acme Band' }, SongTitle: { S: 'Happy Day' } };
const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message:
    `User: arn:aws:sts::123456789000:assumed-role/role_for_alice/alice is not authorized to perform: ${action} on ` +
    `resource: arn:aws:dynamodb:us-east-1:123456789000:table/${resource} because no identity-based policy allows the ${action} action`,
});

describe.each(engines)('DynamoDB by %s', (engine) => {
  let sandbox: TestSandbox;
  let reader: Credentials;
  let writer: Credentials;
  beforeAll(async () => {
    sandbox = await startTestSandbox({ engine });
    reader = await assume(sandbox, 'role_for_alice');
    writer = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
  });
  afterAll(() => sandbox.remove());

  it('writes, reads, queries and pages', async () => {
    const client = dynamoDbClient(sandbox, writer);
    await client.send(
      new PutItemCommand({
        TableName: 'Music',
        Item: { ...song, Plays: { N: '12345678901234567890123456789012345678' } },
      }),
    );
    const { Item } = await client.send(new GetItemCommand({ TableName: 'Music', Key: song }));
    expect(Item).toEqual({ ...song, Plays: { N: '12345678901234567890123456789012345678' } });
    const { Count } = await client.send(
      new QueryCommand({
        TableName: 'Music',
        IndexName: 'Genre-Year-index',
        KeyConditionExpression: 'Genre = :genre',
        ExpressionAttributeValues: { ':genre': { S: 'Jazz' } },
      }),
    );
    expect(Count).toBeGreaterThan(20);
    const pages: number[] = [];
    for await (const page of paginateScan({ client, pageSize: 100 }, { TableName: 'Music' }))
      pages.push(page.Count ?? 0);
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.slice(0, 4)).toEqual([100, 100, 100, 100]);
  });

  it('has tables of its own in each region, and none where none were prepared', async () => {
    const tables = async (region: string) =>
      (await dynamoDbClient(sandbox, reader, region).send(new ListTablesCommand())).TableNames;
    expect(await tables('us-east-1')).toEqual(['Music']);
    expect(await tables('ca-central-1')).toEqual(['my-dynamodb-table']);
    expect(await tables('sa-east-1')).toEqual([]);
  });

  it('describes tables with ARNs of the account and region, and with the figures of prepared tables', async () => {
    const client = dynamoDbClient(sandbox, writer, 'ca-central-1');
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'my-dynamodb-table' }));
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:ca-central-1:123456789000:table/my-dynamodb-table');
    expect(Table?.ItemCount).toBe(12);
    expect(Table?.TableSizeBytes).toBeGreaterThan(800);
    const created = await client.send(
      new CreateTableCommand({
        TableName: 'made.here',
        AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(created.TableDescription?.TableArn).toBe('arn:aws:dynamodb:ca-central-1:123456789000:table/made.here');
    await expect(client.send(new DescribeTableCommand({ TableName: 'nowhere' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('sends a checksum that fits what it sends', async () => {
    const origin = sandbox.endpoints.dynamodb;
    const { crc32 } = await import('node:zlib');
    for (const request of [
      dynamoDbRequest('DescribeTable', { TableName: 'Music' }),
      dynamoDbRequest('Scan', { TableName: 'Music', Limit: 3 }),
    ]) {
      const reply = await sendRaw(origin, signed(origin, request, { service: 'dynamodb', keys: reader }));
      expect(reply.status).toBe(200);
      expect(reply.headers['x-amz-crc32']).toBe(String(crc32(reply.body)));
      expect(reply.headers['content-type']).toBe('application/x-amz-json-1.0');
    }
  });

  it('lets a role do what its policy says and no more', async () => {
    const client = dynamoDbClient(sandbox, reader);
    expect(
      (await client.send(new BatchGetItemCommand({ RequestItems: { Music: { Keys: [song] } } }))).Responses,
    ).toBeDefined();
    await client.send(new DescribeTimeToLiveCommand({ TableName: 'Music' }));
    await expect(client.send(new PutItemCommand({ TableName: 'Music', Item: song }))).rejects.toMatchObject(
      denied('dynamodb:PutItem', 'Music'),
    );
    await expect(client.send(new UpdateItemCommand({ TableName: 'Music', Key: song }))).rejects.toMatchObject(
      denied('dynamodb:UpdateItem', 'Music'),
    );
  });

  it('looks into transactions and PartiQL for what they do', async () => {
    const client = dynamoDbClient(sandbox, reader);
    const write = new TransactWriteItemsCommand({
      TransactItems: [
        { ConditionCheck: { TableName: 'Music', Key: song, ConditionExpression: 'attribute_exists(Artist)' } },
        { Delete: { TableName: 'Music', Key: song } },
      ],
    });
    await expect(client.send(write)).rejects.toMatchObject(denied('dynamodb:DeleteItem', 'Music'));
    const statement = "DELETE FROM \"Music\" WHERE Artist = 'Acme Band' AND SongTitle = 'Happy Day'";
    await expect(client.send(new ExecuteStatementCommand({ Statement: statement }))).rejects.toMatchObject(
      denied('dynamodb:PartiQLDelete', 'Music'),
    );
    await expect(
      client.send(new ExecuteStatementCommand({ Statement: `-- hidden\n${statement}` })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('says what is not in this sandbox', async () => {
    const client = dynamoDbClient(sandbox, writer);
    await expect(client.send(new ListBackupsCommand())).rejects.toMatchObject({
      name: 'UnknownOperationException',
      $metadata: { httpStatusCode: 400 },
      message: `ListBackups is not in this sandbox: its DynamoDB engine (${engine}) does not have it.`,
    });
    const read = client.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName: 'Music', Key: song } }] }),
    );
    if (engine === 'dynoxide') expect((await read).Responses).toHaveLength(1);
    else await expect(read).rejects.toThrow(/^TransactGetItems is not in this sandbox/);
  });

  it('refuses what is no request to it', async () => {
    const origin = sandbox.endpoints.dynamodb;
    const send = (request: ReturnType<typeof dynamoDbRequest>) =>
      sendRaw(origin, signed(origin, request, { service: 'dynamodb', keys: reader }));
    expect(await send(dynamoDbRequest('Nonsense!', {}))).toMatchObject({
      status: 400,
      body: expect.stringContaining('UnknownOperationException'),
    });
    expect(await send({ ...dynamoDbRequest('ListTables', {}), headers: [] })).toMatchObject({
      status: 400,
      body: expect.stringContaining('no X-Amz-Target'),
    });
    expect(await send({ ...dynamoDbRequest('ListTables', {}), body: 'nonsense' })).toMatchObject({
      status: 400,
      body: expect.stringContaining('SerializationException'),
    });
  });

  it('has had no faults', () => {
    expect(sandbox.faults).toEqual([]);
  });
});
