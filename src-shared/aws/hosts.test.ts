import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAwsHost } from './hosts.ts';
import { awsDnsSuffixes, dnsSuffixesOf, partitionById, partitionOfRegion, partitions } from './partitions.ts';

describe('AWS hosts', () => {
  it.each([
    ['dynamodb.us-east-1.amazonaws.com', ['dynamodb', 'us-east-1']],
    ['DynamoDB.US-East-1.amazonaws.com:443', ['dynamodb', 'us-east-1']],
    ['dynamodb.cn-north-1.amazonaws.com.cn', ['dynamodb', 'cn-north-1']],
    ['dynamodb.eu-west-1.api.aws', ['dynamodb', 'eu-west-1']],
    ['bucket.s3.amazonaws.com', ['bucket', 's3']],
    ['abc.lambda-url.eu-west-1.on.aws', ['abc', 'lambda-url', 'eu-west-1']],
    ['abc.lambda-url.cn-north-1.on.amazonwebservices.com.cn', ['abc', 'lambda-url', 'cn-north-1']],
    ['abc.lambda-url.eusc-de-east-1.on.amazonwebservices.eu', ['abc', 'lambda-url', 'eusc-de-east-1']],
  ])('%s is one', (host, labels) => {
    expect(parseAwsHost(host)?.labels).toEqual(labels);
  });

  it.each(partitions.flatMap((partition) => dnsSuffixesOf(partition).map((suffix) => [partition.id, suffix] as const)))(
    '%s has hosts under %s',
    (id, suffix) => {
      const region = partitionById(id)?.regions[0];
      expect(parseAwsHost(`sts.${region}.${suffix}`)).toEqual({
        host: `sts.${region}.${suffix}`,
        suffix,
        labels: ['sts', region],
      });
      expect(parseAwsHost(`sts.${region}.${suffix}.evil.tld`)).toBeUndefined();
      expect(parseAwsHost(`sts.${region}.evil${suffix}`)).toBeUndefined();
      expect(parseAwsHost(suffix)).toBeUndefined();
    },
  );

  it.each([
    'evil://s3.amazonaws.com',
    's3.amazonaws.com.evil.tld',
    'amazonaws.com',
    'evilamazonaws.com',
    'on.aws',
    'evilon.aws',
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

describe('partitions', () => {
  it('know their own regions and nobody else’s', () => {
    for (const partition of partitions) {
      for (const region of [...partition.regions, partition.implicitRegion]) {
        expect(partitionOfRegion(region)?.id).toBe(partition.id);
        expect(partition.regionNames[region]).toBeTruthy();
      }
    }
    expect(partitionOfRegion('us-gov-west-1')?.id).toBe('aws-us-gov');
    expect(partitionOfRegion('mars-north-1')).toBeUndefined();
    expect(partitionOfRegion('us-east-1\n')).toBeUndefined();
  });

  it('list the regions near the implicit one first', () => {
    expect(partitionById('aws')?.regions.slice(0, 5)).toEqual([
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
      'af-south-1',
    ]);
  });

  it('have a sign-in host where AWS has one for the public', () => {
    expect(partitions.filter(({ signinHost }) => signinHost).map(({ id }) => id)).toEqual([
      'aws',
      'aws-cn',
      'aws-eusc',
      'aws-us-gov',
    ]);
  });
});
