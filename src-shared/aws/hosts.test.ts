import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointHost, hostServes } from './endpoints.ts';
import { parseAwsHost } from './hosts.ts';
import { awsDnsSuffixes, partitionOfRegion, partitions } from './partitions.ts';

describe('AWS hosts', () => {
  it.each([
    ['dynamodb.us-east-1.amazonaws.com', ['dynamodb', 'us-east-1']],
    ['DynamoDB.US-East-1.amazonaws.com:443', ['dynamodb', 'us-east-1']],
    ['dynamodb.cn-north-1.amazonaws.com.cn', ['dynamodb', 'cn-north-1']],
    ['dynamodb.eu-west-1.api.aws', ['dynamodb', 'eu-west-1']],
    ['bucket.s3.amazonaws.com', ['bucket', 's3']],
  ])('%s is one', (host, labels) => {
    expect(parseAwsHost(host)?.labels).toEqual(labels);
  });

  it.each([
    'evil://s3.amazonaws.com',
    's3.amazonaws.com.evil.tld',
    'amazonaws.com',
    'evilamazonaws.com',
    's3.amazonaws.com.',
    's3.amazonaws.com:8443',
    's3.amazonaws.com:443:443',
    'user@s3.amazonaws.com',
    's3.amazonaws.com/path',
    's3.amazonaws.com#',
    's3..amazonaws.com',
    '.s3.amazonaws.com',
    's3.amazonaws.com\u0000',
    's3.amazonaws.com\r\nx',
    '[::1]:443',
    '127.0.0.1',
    'ѕ3.amazonaws.com',
    'x'.repeat(300),
    '',
  ])('%j is none', (host) => {
    expect(parseAwsHost(host)).toBeUndefined();
  });

  it('always end in one of the known suffixes', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...awsDnsSuffixes), fc.string(), (before, suffix, after) => {
        const parsed = parseAwsHost(`${before}.${suffix}${after}`);
        if (parsed) expect(parsed.host.endsWith(`.${parsed.suffix}`)).toBe(true);
      }),
    );
  });
});

describe('endpoints', () => {
  it('follow service, region and partition', () => {
    expect(endpointHost('dynamodb', 'us-east-1')).toBe('dynamodb.us-east-1.amazonaws.com');
    expect(endpointHost('dynamodb', 'cn-north-1')).toBe('dynamodb.cn-north-1.amazonaws.com.cn');
    expect(endpointHost('dynamodb', 'us-east-1', 'DynamoDBStreams_20120810.ListStreams')).toBe(
      'streams.dynamodb.us-east-1.amazonaws.com',
    );
    expect(endpointHost('ses', 'eu-west-1')).toBe('email.eu-west-1.amazonaws.com');
    expect(endpointHost('iam', 'eu-west-1')).toBe('iam.amazonaws.com');
    expect(endpointHost('dynamodb', 'nowhere')).toBeUndefined();
    expect(endpointHost('evil.tld/', 'us-east-1')).toBeUndefined();
  });

  it('serve the signing name that is theirs', () => {
    const serves = (host: string, service: string) => hostServes(parseAwsHost(host)?.labels ?? [], service);
    expect(serves('dynamodb.us-east-1.amazonaws.com', 'dynamodb')).toBe(true);
    expect(serves('dynamodb-fips.us-east-1.amazonaws.com', 'dynamodb')).toBe(true);
    expect(serves('streams.dynamodb.us-east-1.amazonaws.com', 'dynamodb')).toBe(true);
    expect(serves('123456789012.ddb.us-east-1.amazonaws.com', 'dynamodb')).toBe(true);
    expect(serves('vpce-0a1b-2c.dynamodb.us-east-1.vpce.amazonaws.com', 'dynamodb')).toBe(true);
    expect(serves('bucket.s3.eu-west-1.amazonaws.com', 's3')).toBe(true);
    expect(serves('s3.eu-west-1.amazonaws.com', 'dynamodb')).toBe(false);
    expect(serves('dynamodb.s3.eu-west-1.amazonaws.com', 'dynamodb')).toBe(false);
    expect(serves('dynamodb.us-east-1.amazonaws.com', 's3')).toBe(false);
    expect(serves('abc123.execute-api.us-east-1.amazonaws.com', 'execute-api')).toBe(false);
    expect(serves('dynamodb.x.elb.amazonaws.com', 'dynamodb')).toBe(false);
    expect(serves('ec2-1-2-3-4.compute-1.amazonaws.com', 'ec2')).toBe(false);
  });
});

describe('partitions', () => {
  it('know their own regions and nobody else’s', () => {
    for (const partition of partitions) {
      for (const region of [...partition.regions, partition.implicitRegion]) {
        expect(partitionOfRegion(region)?.id).toBe(partition.id);
      }
    }
    expect(partitionOfRegion('us-gov-west-1')?.id).toBe('aws-us-gov');
    expect(partitionOfRegion('mars-north-1')).toBeUndefined();
  });
});
