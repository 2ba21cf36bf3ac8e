import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostServes } from './host-services.ts';
import { parseAwsHost } from './hosts.ts';
import { awsDnsSuffixes, partitions } from './partitions.ts';
import { parseS3Host } from './s3-hosts.ts';
import { allServices } from './services.ts';
import { tenantService } from './tenants.ts';

const serves = (host: string, name: string) => {
  const parsed = parseAwsHost(host);
  return parsed !== undefined && hostServes(parsed, name);
};
const names = [...new Set([...allServices()].map(({ signingName }) => signingName))];
const takers = (host: string) => names.filter((name) => serves(host, name));

describe('a host that AWS runs takes its own signing name only', () => {
  it.each([
    ['dynamodb.us-east-1.amazonaws.com', 'dynamodb'],
    ['dynamodb.us-east-1.api.aws', 'dynamodb'],
    ['dynamodb-fips.us-east-1.amazonaws.com', 'dynamodb'],
    ['streams.dynamodb.us-east-1.amazonaws.com', 'dynamodb'],
    ['123456789012.ddb.us-east-1.amazonaws.com', 'dynamodb'],
    ['vpce-0a1b-2c.dynamodb.us-east-1.vpce.amazonaws.com', 'dynamodb'],
    ['vpce-0a1b-2c-us-east-1a.api.ecr.us-east-1.vpce.amazonaws.com', 'ecr'],
    ['sts.amazonaws.com', 'sts'],
    ['sts.us-east-1.amazonaws.com', 'sts'],
    ['sts.us-gov-west-1.amazonaws.com', 'sts'],
    ['iam.amazonaws.com', 'iam'],
    ['iam.us-gov.amazonaws.com', 'iam'],
    ['iam.global.api.aws', 'iam'],
    ['queue.amazonaws.com', 'sqs'],
    ['us-east-1.queue.amazonaws.com', 'sqs'],
    ['sqs.us-east-1.amazonaws.com', 'sqs'],
    ['email.us-east-1.amazonaws.com', 'ses'],
    ['email.amazonaws.com', 'ses'],
    ['monitoring.amazonaws.com', 'monitoring'],
    ['us-east-1.elasticmapreduce.amazonaws.com', 'elasticmapreduce'],
    ['runtime-fips.lex.us-east-1.amazonaws.com', 'lex'],
    ['fips.batch.us-east-1.amazonaws.com', 'batch'],
    ['data.iot-fips.us-east-1.amazonaws.com', 'iotdata'],
    ['query-cell1.timestream.us-east-1.amazonaws.com', 'timestream'],
    ['s-1a2b3c4d.kinesisvideo.us-east-1.amazonaws.com', 'kinesisvideo'],
    ['abcdef.data.mediastore.us-east-1.amazonaws.com', 'mediastore'],
    ['123456789012.data-kinesis.us-east-1.amazonaws.com', 'kinesis'],
    ['sync-states.us-east-1.amazonaws.com', 'states'],
    ['g-12345.us-east-1.neptune-graph.amazonaws.com', 'neptune-graph'],
    ['transcribestreaming.us-east-1.amazonaws.com', 'transcribe'],
    ['aps-workspaces.us-east-1.amazonaws.com', 'aps'],
    ['rds.us-east-1.amazonaws.com', 'rds'],
    ['dynamodb.cn-north-1.amazonaws.com.cn', 'dynamodb'],
    ['s3.amazonaws.com', 's3'],
    ['s3.eu-west-1.amazonaws.com', 's3'],
    ['s3-us-west-2.amazonaws.com', 's3'],
    ['s3-fips-us-gov-west-1.amazonaws.com', 's3'],
    ['s3.dualstack.eu-west-1.amazonaws.com', 's3'],
    ['s3-fips.dualstack.us-east-1.amazonaws.com', 's3'],
    ['bucket.s3.eu-west-1.amazonaws.com', 's3'],
    ['my.dotted.bucket.s3.amazonaws.com', 's3'],
    ['dynamodb.us-east-1.s3.amazonaws.com', 's3'],
    ['bucket.s3-accelerate.amazonaws.com', 's3'],
    ['bucket.s3-accelerate.dualstack.amazonaws.com', 's3'],
    ['point-123456789012.s3-accesspoint.eu-west-1.amazonaws.com', 's3'],
    ['123456789012.s3-control.eu-west-1.amazonaws.com', 's3'],
    ['bucket.bucket.vpce-1a2b-3c.s3.us-east-1.vpce.amazonaws.com', 's3'],
    ['123456789012.control.vpce-1a2b-3c.s3.us-east-1.vpce.amazonaws.com', 's3'],
    ['bucket--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com', 's3express'],
    ['s3express-control.us-west-2.amazonaws.com', 's3express'],
    ['point-1.s3-object-lambda.us-west-2.amazonaws.com', 's3-object-lambda'],
    ['point-1.op-01.s3-outposts.us-west-2.amazonaws.com', 's3-outposts'],
  ])('%s: %s', (host, name) => {
    expect(serves(host, name)).toBe(true);
    const family = ['s3express', 's3-object-lambda'];
    for (const other of [...names, ...family])
      if (other !== name && other !== 'timestream') expect([other, serves(host, other)]).toEqual([other, false]);
  });

  it('and a name of an older SDK, where there is one', () => {
    expect(takers('iot.us-east-1.amazonaws.com').sort()).toEqual(['execute-api', 'iot']);
    expect(serves('oidc.us-east-1.amazonaws.com', 'awsssooidc')).toBe(true);
  });

  it('and so does that of a service which is newer than the data', () => {
    expect(serves('aws-mcp.us-east-1.api.aws', 'aws-mcp')).toBe(true);
    expect(serves('aws-mcp.us-east-1.api.aws', 'dynamodb')).toBe(false);
    expect(serves('other.us-east-1.api.aws', 'aws-mcp')).toBe(false);
    expect(serves('appstream2.us-east-1.amazonaws.com', 'appstream2')).toBe(false);
    expect(serves('x.elb.us-east-1.amazonaws.com', 'elb')).toBe(false);
    expect(serves('elb.us-east-1.amazonaws.com', 'elb')).toBe(false);
  });
});

describe('no signature goes to', () => {
  it.each([
    ['a machine', 'ec2-1-2-3-4.compute-1.amazonaws.com'],
    ['a machine', 'ec2-1-2-3-4.eu-west-1.compute.amazonaws.com'],
    ['a load balancer', 'mine-123.us-east-1.elb.amazonaws.com'],
    ['a load balancer', 'mine-123.elb.us-east-1.amazonaws.com'],
    ['a load balancer', 'dynamodb.elb.us-east-1.amazonaws.com'],
    ['a database', 'mine.abc123.us-east-1.rds.amazonaws.com'],
    ['a cache', 'mine.abc.0001.use1.cache.amazonaws.com'],
    ['a warehouse', 'mine.abc.us-east-1.redshift.amazonaws.com'],
    ['a website in a bucket', 'bucket.s3-website-us-east-1.amazonaws.com'],
    ['a website in a bucket', 'bucket.s3-website.eu-central-1.amazonaws.com'],
    ['a registry', '123456789012.dkr.ecr.us-east-1.amazonaws.com'],
    ['somebody’s service', 'vpce-0a-1b.vpce-svc-0c.us-east-1.vpce.amazonaws.com'],
    ['a region of another partition', 'dynamodb.us-east-1.amazonaws.com.cn'],
    ['a region of another partition', 's3.cn-north-1.amazonaws.com'],
    ['a region of another partition', 'bucket.s3-accesspoint.cn-north-1.amazonaws.com'],
    ['a label too many', 'evil.dynamodb.us-east-1.amazonaws.com'],
    ['what looks like an account', '12345678901.ddb.us-east-1.amazonaws.com'],
    ['a bucket’s zone that is none', 'x.s3express-evil.us-west-2.amazonaws.com'],
    ['an endpoint that is none', 'evil.s3.us-east-1.vpce.amazonaws.com'],
    ['an API without a name', 'execute-api.us-east-1.amazonaws.com'],
  ])('%s: %s', (_, host) => {
    expect(takers(host)).toEqual([]);
  });

  it('what a customer answers on, unless the role allows it', () => {
    const tenants = [
      ['abc123.execute-api.us-east-1.amazonaws.com', 'execute-api'],
      ['abc123.execute-api.us-east-1.api.aws', 'execute-api'],
      ['vpce-1a-2b.execute-api.us-east-1.vpce.amazonaws.com', 'execute-api'],
      ['abc123.lambda-url.us-east-1.on.aws', 'lambda'],
      ['search-mine-abc.us-east-1.es.amazonaws.com', 'es'],
      ['search-mine-abc.aos.us-east-1.on.aws', 'es'],
      ['abc.us-east-1.aoss.amazonaws.com', 'aoss'],
      ['abc.appsync-api.us-east-1.amazonaws.com', 'appsync'],
      ['svc-1.7d67968.vpc-lattice-svcs.us-east-1.on.aws', 'vpc-lattice-svcs'],
      ['a1b2c3-ats.iot.us-east-1.amazonaws.com', 'iotdata'],
      ['a1b2c3-ats.iot.us-east-1.amazonaws.com', 'iotdevicegateway'],
      ['search-mine-abc.us-east-1.cloudsearch.amazonaws.com', 'cloudsearch'],
      ['g-123.grafana-workspace.us-east-1.amazonaws.com', 'grafana'],
      ['gw-1.gateway.bedrock-agentcore.us-east-1.amazonaws.com', 'bedrock-agentcore'],
    ] as const;
    for (const [host, name] of tenants) {
      const parsed = parseAwsHost(host);
      expect(parsed && tenantService(parsed)?.signingNames).toContain(name);
      expect([host, takers(host)]).toEqual([host, []]);
    }
  });

  it('and AWS’s own hosts are no customer’s', () => {
    for (const host of ['data-ats.iot.us-east-1.amazonaws.com', 'greengrass-ats.iot.us-gov-west-1.amazonaws.com']) {
      const parsed = parseAwsHost(host);
      expect(parsed && tenantService(parsed)).toBeUndefined();
    }
  });
});

describe('hosts made up to deceive', () => {
  const label = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,15}$/).filter((text) => !/fips$|^dualstack$/.test(text));
  const suffix = fc.constantFrom(...awsDnsSuffixes);
  const region = fc.constantFrom(...partitions.flatMap((partition) => partition.regions));

  it('have at most one service, and never a customer’s beside it', () => {
    const some = fc.constantFrom(
      's3',
      'es',
      'elb',
      'compute',
      'vpce',
      'vpce-1',
      'execute-api',
      'dynamodb',
      'iot',
      'fips',
      'on',
      'sts',
    );
    const part = fc.oneof(label, region, some);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), suffix, (labels, end) => {
        const host = `${labels.join('.')}.${end}`;
        const found = takers(host);
        // IoT's older name is execute-api's, and DynamoDB's two services share one.
        const isAlias = found.length === 2 && found.includes('execute-api') && found.includes('iot');
        expect([host, found, isAlias || found.length <= 1]).toEqual([host, found, true]);
        const parsed = parseAwsHost(host);
        if (parsed && tenantService(parsed)) expect(found).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('are not taken for another when something is put before or behind', () => {
    const known = ['dynamodb', 'sts', 'iam', 'lambda', 'kms', 'secretsmanager'];
    fc.assert(
      fc.property(fc.constantFrom(...known), region, label, suffix, (name, where, extra, end) => {
        expect(serves(`${name}.${where}.${end}.${extra}.com`, name)).toBe(false);
        expect(serves(`${extra}.${name}.${where}.${end}`, name)).toBe(false);
        expect(serves(`${name}${extra}.${where}.${end}`, name)).toBe(false);
      }),
    );
  });

  it('are read as S3’s only where S3’s own label stands', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 4 }), (labels) => {
        const parsed = parseAwsHost([...labels, 'amazonaws.com'].join('.'));
        const s3 = parsed && parseS3Host(parsed);
        if (s3) expect(labels.some((one) => one.startsWith('s3'))).toBe(true);
      }),
    );
  });
});
