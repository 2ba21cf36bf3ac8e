import { Readable } from 'node:stream';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { serviceById } from '../../src-shared/aws/services.ts';
import { installedBotocores } from '../../src-shared/aws/testing/botocore.ts';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { type ActionCall, actionOf } from './action.ts';
import { loadOperations } from './operations.ts';

beforeAll(loadOperations);

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
const form: Header = ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'];
const json: Header = ['Content-Type', 'application/x-amz-json-1.0'];
const rpc = (service: string, target: string) => call({ service, headers: [['X-Amz-Target', target], json] });
const query = (service: string, body: string) => call({ service, headers: [form], body: Buffer.from(body) });
const rest = (service: string, method: string, path: string, query = '') => call({ service, method, path, query });

describe('the action of a call', () => {
  it.each([
    [rpc('dynamodb', 'DynamoDB_20120810.GetItem'), 'dynamodb:GetItem'],
    [rpc('kms', 'TrentService.Decrypt'), 'kms:Decrypt'],
    [query('sts', 'Action=AssumeRole&Version=2011-06-15'), 'sts:AssumeRole'],
    [query('ec2', 'Action=DescribeInstances&Version=2016-11-15'), 'ec2:DescribeInstances'],
    [query('sqs', 'Action=SendMessage&QueueUrl=x'), 'sqs:SendMessage'],
    [call({ service: 'sts', method: 'GET', query: 'Action=GetCallerIdentity&Version=1' }), 'sts:GetCallerIdentity'],
    [
      call({
        service: 'monitoring',
        path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
        headers: [['smithy-protocol', 'rpc-v2-cbor']],
      }),
      'cloudwatch:PutMetricData',
    ],
    [rest('lambda', 'POST', '/2015-03-31/functions/mine/invocations'), 'lambda:InvokeFunction'],
    [rest('lambda', 'GET', '/2015-03-31/functions/'), 'lambda:ListFunctions'],
    [rest('lambda', 'GET', '/2018-10-31/layers', 'find=LayerVersion&Arn=x'), 'lambda:GetLayerVersionByArn'],
    [{ ...rest('route53', 'GET', '/2013-04-01/hostedzone'), host: 'route53.amazonaws.com' }, 'route53:ListHostedZones'],
    [{ ...rest('apigateway', 'GET', '/v2/apis'), host: 'apigateway.eu-west-1.amazonaws.com' }, 'apigateway:GetApis'],
    [
      { ...rest('ses', 'GET', '/v2/email/identities'), host: 'email.eu-west-1.amazonaws.com' },
      'ses:ListEmailIdentities',
    ],
    [{ ...query('ses', 'Action=ListIdentities'), host: 'email.eu-west-1.amazonaws.com' }, 'ses:ListIdentities'],
    [{ ...rest('execute-api', 'GET', '/things'), host: 'iot.us-east-1.amazonaws.com' }, 'iot:ListThings'],
    [{ ...rest('iotdata', 'POST', '/topics/a'), host: 'data-ats.iot.us-east-1.amazonaws.com' }, 'iot:Publish'],
    [
      { ...rest('geo-maps', 'GET', '/v2/styles/Standard/descriptor'), host: 'maps.geo.us-east-1.amazonaws.com' },
      'geo-maps:GetStyleDescriptor',
    ],
    [rpc('brand-new', 'Target_2030.DoIt'), 'brand-new:DoIt'],
    [query('brand-new', 'Action=DoIt'), 'brand-new:DoIt'],
  ])('%j is %s', (request, action) => {
    expect(actionOf(request)).toBe(action);
  });

  it.each([
    ['GET', '/', '', 's3:ListBuckets'],
    ['GET', '/bucket', '', 's3:ListObjects'],
    ['GET', '/bucket/', 'list-type=2&prefix=a', 's3:ListObjectsV2'],
    ['HEAD', '/bucket', '', 's3:HeadBucket'],
    ['GET', '/bucket', 'acl', 's3:GetBucketAcl'],
    ['GET', '/bucket', 'uploads', 's3:ListMultipartUploads'],
    ['GET', '/bucket', 'location', 's3:GetBucketLocation'],
    ['PUT', '/bucket', '', 's3:CreateBucket'],
    ['POST', '/bucket', 'delete', 's3:DeleteObjects'],
    ['GET', '/bucket/a/b/c', '', 's3:GetObject'],
    ['GET', '/bucket/key', 'versionId=1&response-content-type=x', 's3:GetObject'],
    ['GET', '/bucket/key', 'partNumber=2', 's3:GetObject'],
    ['GET', '/bucket/key', 'tagging', 's3:GetObjectTagging'],
    ['GET', '/bucket/key', 'uploadId=u', 's3:ListParts'],
    ['HEAD', '/bucket/key', '', 's3:HeadObject'],
    ['PUT', '/bucket/key', '', 's3:PutObject'],
    ['PUT', '/bucket/key', 'partNumber=1&uploadId=u', 's3:UploadPart'],
    ['POST', '/bucket/key', 'uploads', 's3:CreateMultipartUpload'],
    ['POST', '/bucket/key', 'uploadId=u', 's3:CompleteMultipartUpload'],
    ['DELETE', '/bucket/key', 'uploadId=u', 's3:AbortMultipartUpload'],
    ['DELETE', '/bucket/key', '', 's3:DeleteObject'],
    ['GET', '/bucket', 'analytics&id=1', 's3:GetBucketAnalyticsConfiguration'],
    ['GET', '/bucket', 'analytics', 's3:ListBucketAnalyticsConfigurations'],
    ['GET', '/bucket/key', 'Action=ListBuckets', 's3:GetObject'],
    ['DELETE', '/bucket', 'acl', undefined],
    ['GET', '/bucket/key', 'acl&tagging', undefined],
  ])('S3: %s %s?%s is %s', (method, path, query, action) => {
    expect(actionOf(rest('s3', method, path, query))).toBe(action);
    const [, bucket, ...key] = path.split('/');
    if (bucket === '') return;
    const virtual = { ...rest('s3', method, `/${key.join('/')}`, query), host: `${bucket}.s3.eu-west-1.amazonaws.com` };
    expect(actionOf(virtual)).toBe(action);
  });

  it('S3: copies are told by their header, and other kinds of S3 by their host', () => {
    const copy = { ...rest('s3', 'PUT', '/bucket/key'), headers: [['x-amz-copy-source', '/a/b']] as Header[] };
    expect(actionOf(copy)).toBe('s3:CopyObject');
    expect(actionOf({ ...copy, query: 'partNumber=1&uploadId=u' })).toBe('s3:UploadPartCopy');
    const at = (host: string, service: string, method: string, path: string, query = '') =>
      actionOf({ ...rest(service, method, path, query), host: `${host}.us-west-2.amazonaws.com` });
    expect(at('123456789012.s3-control', 's3', 'GET', '/v20180820/jobs')).toBe('s3:ListJobs');
    expect(at('s3', 's3', 'GET', '/v20180820/jobs')).toBe('s3:GetObject');
    expect(at('s3express-control', 's3express', 'GET', '/')).toBe('s3express:ListDirectoryBuckets');
    expect(at('b--usw2-az1--x-s3.s3express-usw2-az1', 's3express', 'GET', '/', 'session')).toBe(
      's3express:CreateSession',
    );
    expect(at('s3-outposts', 's3-outposts', 'GET', '/S3Outposts/ListEndpoints')).toBe('s3-outposts:ListEndpoints');
    expect(at('route.s3-object-lambda', 's3-object-lambda', 'POST', '/WriteGetObjectResponse')).toBe(
      's3-object-lambda:WriteGetObjectResponse',
    );
  });

  it.each([
    ['abc.execute-api.us-east-1.amazonaws.com', 'execute-api', 'execute-api:Invoke'],
    ['abc.lambda-url.us-east-1.on.aws', 'lambda', 'lambda:InvokeFunctionUrl'],
    ['search-x.us-east-1.es.amazonaws.com', 'es', 'es:ESHttpPost'],
    ['x.us-east-1.aoss.amazonaws.com', 'aoss', 'aoss:APIAccessAll'],
    ['x.appsync-api.us-east-1.amazonaws.com', 'appsync', 'appsync:GraphQL'],
  ])('what is asked of %s is the customer’s affair: %s', (host, service, action) => {
    expect(actionOf({ ...rest(service, 'POST', '/2015-03-31/functions/'), host })).toBe(action);
  });

  it('is not what a request pretends beside what AWS reads', () => {
    const pretended: Header = ['X-Amz-Target', 'Any.DescribeThing'];
    expect(actionOf({ ...query('iam', 'Action=CreateUser'), headers: [form, pretended] })).toBeUndefined();
    expect(actionOf({ ...query('iam', 'Action=CreateUser'), headers: [json, pretended] })).toBeUndefined();
    expect(actionOf({ ...query('iam', 'Action=CreateUser'), query: 'Action=ListUsers' })).toBeUndefined();
    expect(actionOf(query('iam', 'Action=ListUsers&%41ction=CreateUser'))).toBeUndefined();
    expect(
      actionOf({ ...rest('lambda', 'DELETE', '/2015-03-31/functions/f'), query: 'Action=List', headers: [pretended] }),
    ).toBe('lambda:DeleteFunction');
    expect(actionOf({ ...rest('lambda', 'PUT', '/nothing/known'), headers: [pretended] })).toBeUndefined();
    const unread = Readable.from(['Action=CreateUser']);
    expect(
      actionOf(call({ service: 'iam', query: 'Action=ListUsers', headers: [form], body: unread })),
    ).toBeUndefined();
    unread.destroy();
  });

  it('is not told where what tells it comes twice', () => {
    const targets = ['GetItem', 'PutItem'].map((name): Header => ['X-Amz-Target', `DynamoDB_20120810.${name}`]);
    expect(actionOf(call({ headers: [json, ...targets] }))).toBeUndefined();
    expect(
      actionOf(call({ headers: [json, ['x-amz-target', 'A.GetItem'], ['X-AMZ-TARGET', 'A.GetItem']] })),
    ).toBeUndefined();
    expect(actionOf({ ...query('sts', 'Action=GetCallerIdentity'), headers: [json, form] })).toBeUndefined();
  });

  it('is undefined where it cannot be told', () => {
    expect(actionOf(call({ service: 'sts' }))).toBeUndefined();
    expect(actionOf(query('sts', 'Action=<script>'))).toBeUndefined();
    expect(actionOf(rpc('dynamodb', ''))).toBeUndefined();
    expect(actionOf(rpc('dynamodb', `A.${'x'.repeat(200)}`))).toBeUndefined();
    expect(actionOf(rest('lambda', 'GET', '/'))).toBeUndefined();
    expect(actionOf(rpc('', 'A.Do'))).toBeUndefined();
    expect(actionOf(rpc('evil:*', 'A.Do'))).toBeUndefined();
    expect(actionOf(call({ service: '__proto__', host: 'not a host' }))).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    const services = fc.constantFrom(
      's3',
      'sts',
      'lambda',
      'dynamodb',
      'es',
      'monitoring',
      '__proto__',
      'constructor',
      '',
    );
    const hosts = fc.constantFrom('', 'x', 's3.amazonaws.com', 'a.b.s3.us-east-1.amazonaws.com', 'iam.amazonaws.com');
    const text = fc.string({ unit: 'binary' });
    const header = fc.tuple(fc.constantFrom('x-amz-target', 'smithy-protocol', 'user-agent', 'content-type'), text);
    fc.assert(
      fc.property(
        services,
        hosts,
        text,
        text,
        text,
        fc.array(header),
        fc.uint8Array(),
        (service, host, method, path, query, headers, body) => {
          const action = actionOf({ service, host, method, path, query, headers, body });
          expect(action === undefined || /^[\w-]+:[A-Za-z0-9]+$/.test(action)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const newest = installedBotocores().find(({ is }) => is === 'same');

describe.skipIf(!newest)('every operation, as botocore sends it', () => {
  it('has its own name as its action', async () => {
    const wrong: string[] = [];
    for (const [id, { signingName, requests }] of Object.entries((await newest?.operations()) ?? {})) {
      for (const [operation, { body, target, ...request }] of Object.entries(requests)) {
        const headers: Header[] = [...request.headers, ['User-Agent', `api/${id}#1`]];
        const [host = ''] = (target ?? 's3-control.us-east-1.amazonaws.com').replace('{}', 'x').split('/');
        const isOfResource = serviceById(id)?.proxyOnly === 'resource';
        const call = { ...request, headers, service: signingName, host: isOfResource ? `x.${host}` : host };
        const action = actionOf({ ...call, body: Buffer.from(body, 'base64') });
        const isInvoke = id === 'lambda' && operation.startsWith('Invoke') && action === 'lambda:InvokeFunction';
        if (action?.split(':')[1] !== operation && !isInvoke) wrong.push(`${id} ${operation}: ${action}`);
      }
    }
    // What customers' own APIs do is not ours to name; S3 has older names of the same requests, and one operation
    // that only the signing name of directory buckets tells apart.
    expect(wrong).toEqual([
      'apigatewaymanagementapi DeleteConnection: execute-api:Invoke',
      'apigatewaymanagementapi GetConnection: execute-api:Invoke',
      'apigatewaymanagementapi PostToConnection: execute-api:Invoke',
      's3 GetBucketLifecycle: s3:GetBucketLifecycleConfiguration',
      's3 GetBucketNotification: s3:GetBucketNotificationConfiguration',
      's3 ListDirectoryBuckets: s3:ListBuckets',
      's3 PutBucketLifecycle: s3:PutBucketLifecycleConfiguration',
      's3 PutBucketNotification: s3:PutBucketNotificationConfiguration',
    ]);
  }, 120_000);
});
