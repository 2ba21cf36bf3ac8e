import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { endpointHost } from './endpoints.ts';
import { hostServes } from './host-services.ts';
import { parseAwsHost } from './hosts.ts';
import { partitions } from './partitions.ts';
import type { RestRequest } from './path-index.ts';
import { servicesThatNeedTheProxy } from './proxy-only.ts';
import { allServices } from './services.ts';

const request = (method: string, path: string, headers: Header[] = [], query = ''): RestRequest => ({
  method,
  path,
  query,
  headers,
});
const rpc = (target: string) => request('POST', '/', [['X-Amz-Target', target]]);
const cbor = (path: string) => request('POST', path, [['smithy-protocol', 'rpc-v2-cbor']]);

function hostOf(signingName: string, region: string, details?: RestRequest): string {
  const endpoint = endpointHost(signingName, region, details);
  return endpoint.ok ? endpoint.host : endpoint.reason;
}

describe('endpoints', () => {
  it.each([
    ['dynamodb', 'us-east-1', 'dynamodb.us-east-1.amazonaws.com'],
    ['dynamodb', 'cn-north-1', 'dynamodb.cn-north-1.amazonaws.com.cn'],
    ['dynamodb', 'us-gov-west-1', 'dynamodb.us-gov-west-1.amazonaws.com'],
    ['dynamodb', 'us-iso-east-1', 'dynamodb.us-iso-east-1.c2s.ic.gov'],
    ['dynamodb', 'eusc-de-east-1', 'dynamodb.eusc-de-east-1.amazonaws.eu'],
    ['ses', 'eu-west-1', 'email.eu-west-1.amazonaws.com'],
    ['memorydb', 'eu-west-1', 'memory-db.eu-west-1.amazonaws.com'],
    ['ecr', 'eu-west-1', 'api.ecr.eu-west-1.amazonaws.com'],
    ['IoTSecuredTunneling', 'eu-west-1', 'api.tunneling.iot.eu-west-1.amazonaws.com'],
    ['mobiletargeting', 'eu-west-1', 'pinpoint.eu-west-1.amazonaws.com'],
    ['iotdata', 'eu-west-1', 'data-ats.iot.eu-west-1.amazonaws.com'],
    ['transcribe', 'cn-north-1', 'cn.transcribe.cn-north-1.amazonaws.com.cn'],
    ['bcm-dashboards', 'us-west-2', 'bcm-dashboards.us-east-1.api.aws'],
    ['brand-new-service', 'eu-west-1', 'brand-new-service.eu-west-1.amazonaws.com'],
  ])('of %s in %s is %s', (signingName, region, host) => {
    expect(hostOf(signingName, region)).toBe(host);
  });

  it.each([
    ['iam', 'eu-west-1', 'iam.amazonaws.com', 'us-east-1'],
    ['iam', 'us-gov-east-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
    ['iam', 'cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['route53', 'ap-south-1', 'route53.amazonaws.com', 'us-east-1'],
    ['cloudfront', 'eu-west-1', 'cloudfront.amazonaws.com', 'us-east-1'],
    ['organizations', 'eu-west-1', 'organizations.us-east-1.amazonaws.com', 'us-east-1'],
    ['shield', 'eu-west-1', 'shield.us-east-1.amazonaws.com', 'us-east-1'],
    ['waf', 'eu-west-1', 'waf.amazonaws.com', 'us-east-1'],
    ['budgets', 'eu-west-1', 'budgets.amazonaws.com', 'us-east-1'],
    ['ce', 'eu-west-1', 'ce.us-east-1.amazonaws.com', 'us-east-1'],
    ['support', 'eu-west-1', 'support.us-east-1.amazonaws.com', 'us-east-1'],
    ['networkmanager', 'eu-west-1', 'networkmanager.us-west-2.amazonaws.com', 'us-west-2'],
    ['savingsplans', 'eu-west-1', 'savingsplans.amazonaws.com', 'us-east-1'],
    ['globalaccelerator', 'us-west-2', 'globalaccelerator.us-west-2.amazonaws.com', 'us-west-2'],
    ['sts', 'aws-global', 'sts.us-east-1.amazonaws.com', 'us-east-1'],
  ])('of %s, asked for in %s, is %s and signed for %s', (signingName, asked, host, region) => {
    expect(endpointHost(signingName, asked)).toEqual({ ok: true, host, region });
  });

  it.each([
    ['dynamodb', rpc('DynamoDBStreams_20120810.ListStreams'), 'streams.dynamodb'],
    ['dynamodb', rpc('DynamoDB_20120810.ListTables'), 'dynamodb'],
    ['states', rpc('AWSStepFunctions.StartExecution'), 'states'],
    ['states', rpc('AWSStepFunctions.StartSyncExecution'), 'sync-states'],
    ['aws-marketplace', rpc('AWSMPMeteringService.MeterUsage'), 'metering.marketplace'],
    ['aws-marketplace', cbor('/service/AWSMPEntitlementService/operation/GetEntitlements'), 'entitlement.marketplace'],
    ['aws-marketplace', request('POST', '/ListEntities'), 'catalog.marketplace'],
    ['sagemaker', rpc('SageMaker.ListModels'), 'api.sagemaker'],
    ['sagemaker', request('POST', '/endpoints/mine/invocations'), 'runtime.sagemaker'],
    ['bedrock', request('GET', '/foundation-models'), 'bedrock'],
    ['bedrock', request('POST', '/model/anthropic.claude-v2%3A1/converse'), 'bedrock-runtime'],
    ['bedrock', request('POST', '/knowledgebases/KB/retrieve'), 'bedrock-agent-runtime'],
    ['lex', request('GET', '/bots/name/aliases/'), 'models.lex'],
    ['lex', request('POST', '/bots/b/botAliases/a/botLocales/en_US/sessions/s/text'), 'runtime-v2-lex'],
    ['geo', request('POST', '/tracking/v0/trackers/t/positions'), 'tracking.geo'],
    ['geo', request('GET', '/tracking/v0/trackers/t'), 'cp.tracking.geo'],
    ['deadline', request('GET', '/2023-10-12/farms'), 'management.deadline'],
    ['execute-api', request('POST', '/participant/connection'), 'participant.connect'],
    ['execute-api', request('GET', '/things'), 'iot'],
    ['ivs', request('POST', '/CreateStage'), 'ivsrealtime'],
    ['logs', rpc('Logs_20140328.StartLiveTail'), 'stream-logs'],
  ])('of %s follows the request %j', (signingName, details, prefix) => {
    expect(hostOf(signingName, 'eu-west-1', details)).toBe(`${prefix}.eu-west-1.amazonaws.com`);
  });

  it('follow the user agent where method and path are the same', () => {
    const tags = (agent: string) => request('GET', '/tags', [['User-Agent', agent]]);
    expect(hostOf('chime', 'us-east-1', tags('aws-sdk-js/3.1 ua/2.1 api/chime-sdk-voice#3.1'))).toContain(
      'voice-chime.',
    );
    expect(hostOf('chime', 'us-east-1', tags('aws-cli/2.15 md/command#chime-sdk-meetings.list-tags'))).toContain(
      'meetings-chime.',
    );
    const lex = request('GET', '/nothing/known', [['x-amz-user-agent', 'aws-sdk-rust/1.3 api/lexruntimev2/1.2']]);
    expect(hostOf('lex', 'us-east-1', lex)).toBe('runtime-v2-lex.us-east-1.amazonaws.com');
  });

  it('of S3 are the regional ones, with the bucket in the path', () => {
    expect(hostOf('s3', 'us-east-1', request('GET', '/bucket/key'))).toBe('s3.us-east-1.amazonaws.com');
    expect(hostOf('s3', 'cn-north-1', request('GET', '/'))).toBe('s3.cn-north-1.amazonaws.com.cn');
    const control = request('GET', '/v20180820/jobs', [['x-amz-account-id', '123456789012']]);
    expect(hostOf('s3', 'us-east-1', control)).toBe('proxy_only');
    expect(hostOf('s3', 'us-east-1', request('GET', '/v20180820/key-in-a-bucket-of-that-name'))).toContain('s3.');
    const zonal = 'bucket--usw2-az1--x-s3';
    expect(hostOf('s3express', 'us-west-2', request('GET', '/'))).toBe('s3express-control.us-west-2.amazonaws.com');
    expect(hostOf('s3express', 'us-west-2', request('PUT', `/${zonal}`))).toContain('s3express-control.');
    expect(hostOf('s3express', 'us-west-2', request('GET', `/${zonal}`, [], 'policy'))).toContain('s3express-control.');
    expect(hostOf('s3express', 'us-west-2', request('GET', `/${zonal}`, [], 'list-type=2'))).toBe('proxy_only');
    expect(hostOf('s3express', 'us-west-2', request('GET', `/${zonal}`, [], 'session'))).toBe('proxy_only');
    expect(hostOf('s3express', 'us-west-2', request('PUT', `/${zonal}/key`))).toBe('proxy_only');
    expect(hostOf('s3-object-lambda', 'us-west-2', request('GET', '/x'))).toBe('proxy_only');
    expect(hostOf('s3-outposts', 'us-west-2', request('GET', '/S3Outposts/ListEndpoints'))).toContain('s3-outposts.');
    expect(hostOf('s3-outposts', 'us-west-2', request('GET', '/key'))).toBe('proxy_only');
  });

  it('that only the proxy can reach say so in a sentence', () => {
    const endpoint = endpointHost('timestream', 'eu-west-1', rpc('Timestream_20181101.Query'));
    expect(endpoint).toMatchObject({ ok: false, reason: 'proxy_only' });
    expect(endpoint.ok || endpoint.message).toContain('HTTPS proxy');
    expect(hostOf('neptune-graph', 'us-east-1', request('GET', '/graphs'))).toContain('neptune-graph.');
    expect(hostOf('neptune-graph', 'us-east-1', request('GET', '/summary'))).toBe('proxy_only');
    expect(hostOf('kinesisvideo', 'us-east-1', request('POST', '/getMedia'))).toBe('proxy_only');
    const all = servicesThatNeedTheProxy();
    expect(all.map(({ service }) => service)).toEqual(expect.arrayContaining(['s3', 's3control', 'timestream-query']));
    for (const { why } of all) expect(why).toMatch(/^\S.*\S$/);
  });

  it.each(['nowhere', '', 'us-east-1.evil.tld', 'us-east-1\n', 'aws-mars-global', '__proto__'])(
    'in %j are none',
    (region) => {
      expect(endpointHost('dynamodb', region)).toMatchObject({ ok: false, reason: 'unknown_region' });
    },
  );

  it.each(['evil.tld/', '', 'a.b', '-', '*', 'a b', 's3\n', '🙂'])('of %j are none', (signingName) => {
    expect(endpointHost(signingName, 'us-east-1')).toMatchObject({ ok: false, reason: 'bad_service_name' });
  });

  it('are AWS hosts that take the signing name, whatever is asked', () => {
    const names = [...allServices()].map(({ signingName }) => signingName);
    const regions = partitions.flatMap((partition) => partition.regions);
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...names), fc.stringMatching(/^[a-z0-9-]{1,20}$/)),
        fc.constantFrom(...regions),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
        fc.oneof(fc.webPath(), fc.string()),
        fc.string(),
        fc.string(),
        (name, region, method, path, target, agent) => {
          const headers: Header[] = [
            ['X-Amz-Target', target],
            ['User-Agent', `api/${agent}`],
          ];
          const endpoint = endpointHost(name, region, { method, path: `/${path}`, query: '', headers });
          if (!endpoint.ok) return;
          const host = parseAwsHost(endpoint.host);
          expect(host?.host).toBe(endpoint.host);
          if (names.includes(name)) expect(host && hostServes(host, name)).toBe(true);
        },
      ),
    );
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'of a service called %s are nothing special',
    (name) => {
      expect(['bad_service_name', `${name.toLowerCase()}.eu-west-1.amazonaws.com`]).toContain(
        hostOf(name, 'eu-west-1'),
      );
    },
  );
});
