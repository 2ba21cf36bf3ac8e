import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionCall } from './action.ts';
import { resourceOf } from './resource.ts';

const call = (more: Partial<ActionCall>): ActionCall => ({
  service: 'dynamodb',
  host: `${more.service ?? 'dynamodb'}.us-east-1.amazonaws.com`,
  method: 'POST',
  path: '/',
  query: '',
  headers: [],
  body: null,
  ...more,
});
const json = (service: string, body: unknown) => call({ service, body: Buffer.from(JSON.stringify(body)) });
const s3 = (path: string, query = '', host = 's3.us-east-1.amazonaws.com') =>
  call({ service: 's3', host, path, query });

describe('the resource of a call', () => {
  it.each([
    [json('dynamodb', { TableName: 'Music', Key: { Artist: { S: 'secret' } } }), 'Music'],
    [
      json('dynamodb', { Key: { TableName: { S: 'x' } }, TableName: 'Music', IndexName: 'ByYear' }),
      'Music/index/ByYear',
    ],
    [json('dynamodb', { RequestItems: { Orders: {}, Music: {} } }), 'Music, Orders'],
    [
      json('dynamodb', { TransactItems: [{ Put: { TableName: 'A', Item: {} } }, { Update: { TableName: 'B' } }] }),
      'A, B',
    ],
    [json('dynamodb', {}), undefined],
    [json('dynamodb', { Statement: `DELETE FROM "Music" WHERE "Artist" = 'secret'` }), 'Music'],
    [json('dynamodb', { Statement: 'SELECT * FROM "Music"."ByYear" WHERE Year = ?' }), 'Music/index/ByYear'],
    [
      json('dynamodb', {
        Statements: [{ Statement: `INSERT INTO B VALUE {'a': 'secret'}` }, { Statement: 'SELECT * FROM "A"' }],
      }),
      'A, B',
    ],
    [json('dynamodb', { TransactStatements: [{ Statement: `UPDATE "A" SET x = 'secret' WHERE k = 1` }] }), 'A'],
    [json('dynamodb', { Statement: `EXPLODE "Music" 'secret'` }), undefined],
    [
      json('dynamodb', { ShardIterator: 'arn:aws:dynamodb:us-east-1:1:table/Music/stream/2026|1|AAAA' }),
      'arn:aws:dynamodb:us-east-1:1:table/Music/stream/2026',
    ],
    [json('dynamodb', { ShardIterator: 'opaque' }), undefined],
    [json('dynamodb', { TargetTableName: 'Restored', BackupArn: 'arn:aws:dynamodb:x' }), 'Restored'],
    [json('dynamodb', { S3BucketSource: {}, TableCreationParameters: { TableName: 'Imported' } }), 'Imported'],
    [call({ body: Buffer.from(' \n{"TableName":"Music"}') }), 'Music'],
    [s3('/bucket'), 'bucket'],
    [s3('/bucket/'), 'bucket'],
    [s3('/bucket/photos/2024/secret.jpg'), 'bucket/photos/2024/'],
    [s3('/bucket/secret.jpg'), 'bucket'],
    [s3('/bucket', 'list-type=2&prefix=photos%2F2024%2Fse'), 'bucket/photos/2024/'],
    [s3('/secret.jpg', '', 'bucket.s3.eu-west-1.amazonaws.com'), 'bucket'],
    [s3('/v20180820/jobs', '', '123456789012.s3-control.us-east-1.amazonaws.com'), undefined],
    [s3('/'), undefined],
    [call({ service: 'lambda', path: '/2015-03-31/functions/mine/invocations' }), 'mine'],
    [call({ service: 'lambda', path: '/2015-03-31/event-source-mappings/' }), undefined],
    [
      json('sqs', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q', MessageBody: 'secret' }),
      'https://sqs.us-east-1.amazonaws.com/1/q',
    ],
    [
      call({ service: 'sqs', body: Buffer.from('Action=SendMessage&QueueUrl=https%3A%2F%2Fq&MessageBody=secret') }),
      'https://q',
    ],
    [
      call({ service: 'sns', body: Buffer.from('Action=Publish&Message=secret&TopicArn=arn%3Aaws%3Asns') }),
      'arn:aws:sns',
    ],
    [json('secretsmanager', { SecretId: 'db/password', SecretString: 'secret' }), 'db/password'],
    [json('kms', { KeyId: 'alias/mine', Plaintext: 'secret' }), 'alias/mine'],
    [json('states', { stateMachineArn: 'arn:aws:states:x', input: 'secret' }), 'arn:aws:states:x'],
    [call({ service: 'iam', body: Buffer.from('Action=CreateAccessKey&UserName=eve&Version=2010-05-08') }), 'eve'],
    [call({ service: 'ec2', body: Buffer.from('Action=StopInstances&InstanceId.1=i-1&InstanceId.2=i-2') }), 'i-1'],
    [json('brand-new', { Name: 'x' }), undefined],
  ])('%j', (request, resource) => {
    expect(resourceOf(request)).toBe(resource);
  });

  it('is a name that fits on a line', () => {
    const name = resourceOf(json('dynamodb', { TableName: `a\n\u0007b${'x'.repeat(5_000)}` })) ?? '';
    expect(name).toMatch(/^abx+…$/);
    expect(name.length).toBeLessThan(520);
  });

  it('is found in large bodies as well: whoever writes much, or fills up a request, is no exception', () => {
    const padding = { Big: 'x'.repeat(2_000_000) };
    const item = { Item: { a: { S: 'y'.repeat(390_000) } } };
    expect(resourceOf(json('dynamodb', { ...padding, TableName: 'Music' }))).toBe('Music');
    expect(resourceOf(json('kms', { ...padding, KeyId: 'alias/mine' }))).toBe('alias/mine');
    const writes = Array.from({ length: 25 }, () => ({ PutRequest: item }));
    expect(resourceOf(json('dynamodb', { RequestItems: { Music: writes, Orders: writes } }))).toBe('Music, Orders');
    const transacted = [{ Put: { ...item, TableName: 'A' } }, { Delete: { Key: padding, TableName: 'B' } }];
    expect(resourceOf(json('dynamodb', { TransactItems: transacted }))).toBe('A, B');
  });

  it('is not told of what is no JSON', () => {
    expect(resourceOf(call({ body: Buffer.from('{"TableName":') }))).toBeUndefined();
    expect(resourceOf(call({ body: Buffer.from('["TableName"]') }))).toBeUndefined();
    expect(resourceOf(call({ body: Buffer.from(`{"TableName":${' '.repeat(50_000)}`) }))).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    const services = fc.constantFrom('s3', 'lambda', 'dynamodb', 'sns', '__proto__');
    fc.assert(
      fc.property(
        services,
        fc.string(),
        fc.string(),
        fc.oneof(fc.json(), fc.string()),
        (service, path, query, body) => {
          const resource = resourceOf(call({ service, path, query, body: Buffer.from(body) }));
          expect(resource === undefined || !/[\r\n]/.test(resource)).toBe(true);
        },
      ),
    );
  });
});
