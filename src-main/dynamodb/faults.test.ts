import { describe, expect, it } from 'vitest';
import type { AwsReply } from '../../src-shared/contracts/aws-call.ts';
import type { StagedChange } from '../../src-shared/contracts/staging.ts';
import { wholeTable } from '../../src-shared/reading/whole-table.ts';
import { createDynamoDbClient, toDynamoDbError } from './client.ts';
import { commitChanges } from './commit.ts';
import { readPage } from './read-page.ts';

type Answer = { status?: number; body: string } | Error;

/** A DynamoDB that answers from a list, and remembers what it was asked. */
async function scripted(...answers: Answer[]) {
  const asked: string[] = [];
  const client = await createDynamoDbClient(async (call): Promise<AwsReply> => {
    asked.push(Buffer.from(call.body as Uint8Array).toString());
    const answer = answers.shift() ?? { body: '{}' };
    if (answer instanceof Error) throw answer;
    const headers: [string, string][] = [['content-type', 'application/x-amz-json-1.0']];
    return { status: answer.status ?? 200, headers, body: Buffer.from(answer.body) } as AwsReply;
  }, 'us-east-1');
  return { client, asked };
}

const never = new AbortController().signal;
const throttled: Answer = {
  status: 400,
  body: '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"slow down","ThrottlingReasons":[{"reason":"TableReadProvisionedThroughputExceeded","resource":"arn:aws:dynamodb:us-east-1:123456789012:table/T"}]}',
};
const page: Answer = { body: '{"Items":[{"__proto__":{"S":"kept"}}],"Count":1,"ScannedCount":3}' };

describe('reading while things go wrong', () => {
  it('says how often it had to ask again, and why', async () => {
    const { client, asked } = await scripted(throttled, page);
    expect(await readPage(client, { table: 'T', request: wholeTable() }, never)).toEqual({
      items: ['{"__proto__":{"S":"kept"}}'],
      count: 1,
      scannedCount: 3,
      retries: 1,
      throttling: ['TableReadProvisionedThroughputExceeded'],
    });
    expect(asked).toEqual(Array(2).fill('{"TableName":"T","ReturnConsumedCapacity":"TOTAL"}'));
  });

  it('gives up in words when it goes on', async () => {
    const { client } = await scripted(throttled, throttled, throttled);
    const error = await readPage(client, { table: 'T', request: wholeTable() }, never).catch(toDynamoDbError);
    expect(error).toMatchObject({ code: 'limit', retryable: true, awsCode: 'ProvisionedThroughputExceededException' });
  });

  it('says when the credentials have expired in the middle of a scan, and goes on from there after a new login', async () => {
    const first: Answer = {
      body: '{"Items":[{"id":{"S":"a"}}],"Count":1,"ScannedCount":1,"LastEvaluatedKey":{"id":{"S":"a"}}}',
    };
    const expired: Answer = { status: 400, body: '{"__type":"ExpiredTokenException","message":"The token expired"}' };
    const { client, asked } = await scripted(first, expired, page);
    const { lastEvaluatedKey: startKey } = await readPage(client, { table: 'T', request: wholeTable() }, never);
    const next = { table: 'T', request: wholeTable(), startKey };
    expect(await readPage(client, next, never).catch(toDynamoDbError)).toMatchObject({
      code: 'session_expired',
      awsCode: 'ExpiredTokenException',
      message: expect.stringContaining('expired'),
    });
    expect(await readPage(client, next, never)).toMatchObject({ items: ['{"__proto__":{"S":"kept"}}'] });
    expect(asked.slice(1).map((body) => JSON.parse(body).ExclusiveStartKey)).toEqual(Array(2).fill({ id: { S: 'a' } }));
  });

  it('says that DynamoDB could not be asked when the connection drops', async () => {
    const { client } = await scripted(new Error('socket hang up'));
    const error = await readPage(client, { table: 'T', request: wholeTable() }, never).catch(toDynamoDbError);
    expect(error).toMatchObject({ code: 'unavailable' });
  });
});

describe('committing while things go wrong', () => {
  const insert = (id: string): StagedChange => ({
    kind: 'insert',
    id,
    item: `{"id":{"S":"${id}"},"__proto__":{"S":"x"}}`,
  });
  const commit = (client: Awaited<ReturnType<typeof scripted>>['client'], changes: StagedChange[]) =>
    commitChanges(client, 'T', ['id'], changes, 'together');

  it('tells which of several failed, why, and what was held up by it', async () => {
    const { client, asked } = await scripted({
      status: 400,
      body: '{"__type":"TransactionCanceledException","Message":"cancelled","CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Item":{"id":{"S":"b"},"__proto__":{"S":"theirs"}}},{"Code":"ValidationError","Message":"Item size has exceeded the maximum allowed size"}]}',
    });
    expect(await commit(client, ['a', 'b', 'c'].map(insert))).toMatchObject([
      { kind: 'held', id: 'a' },
      { kind: 'conflict', id: 'b', current: '{"id":{"S":"b"},"__proto__":{"S":"theirs"}}' },
      { kind: 'failed', id: 'c', error: { message: 'Item size has exceeded the maximum allowed size' } },
    ]);
    const sent = JSON.parse(asked[0] ?? '') as { TransactItems: unknown[]; ClientRequestToken: string };
    expect(sent.TransactItems).toHaveLength(3);
    expect(asked[0]).toContain('"__proto__":{"S":"x"}');
    expect(sent.ClientRequestToken).toMatch(/^.{36}$/);
  });

  it('takes an edit for done that an attempt of its own has written already', async () => {
    const mine = '{"id":{"S":"a"},"n":{"N":"2"}}';
    const { client } = await scripted(
      { status: 500, body: '{"__type":"InternalServerError"}' },
      {
        status: 400,
        body: `{"__type":"ConditionalCheckFailedException","message":"no","Item":${mine}}`,
      },
    );
    const change: StagedChange = { kind: 'edit', id: 'e', base: '{"id":{"S":"a"},"n":{"N":"1"}}', item: mine };
    expect(await commit(client, [change])).toEqual([{ kind: 'done', id: 'e' }]);
  });

  it('keeps everything when the role may not write', async () => {
    const { client } = await scripted({ status: 400, body: '{"__type":"AccessDeniedException","Message":"not you"}' });
    expect(await commit(client, [insert('a')])).toMatchObject([{ kind: 'failed', error: { code: 'access_denied' } }]);
  });
});
