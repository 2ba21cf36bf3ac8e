import { type Partition, partitionOfRegion } from './partitions.ts';

/**
 * Endpoint prefixes that differ from the signing name. Source: AWS General Reference, "Service endpoints and quotas".
 */
const endpointPrefixes: Readonly<Record<string, string>> = {
  ses: 'email',
  'aws-marketplace': 'metering.marketplace',
  memorydb: 'memory-db',
  ecr: 'api.ecr',
  sagemaker: 'api.sagemaker',
  pricing: 'api.pricing',
  iotdata: 'data-ats.iot',
  mobiletargeting: 'pinpoint',
};

/** Services with one endpoint for a whole partition. */
const globalServices = new Set(['iam', 'cloudfront', 'route53', 'organizations']);

/** Services whose host differs by what the request's `X-Amz-Target` names, under one signing name. */
const prefixByTarget: Readonly<Record<string, readonly (readonly [targetPrefix: string, endpointPrefix: string])[]>> = {
  dynamodb: [['DynamoDBStreams_', 'streams.dynamodb']],
};

/**
 * The public endpoint of a service in a region, for requests that do not name one themselves (endpoint mode).
 *
 * @param service signing name of the credential scope
 * @param target value of the request's `X-Amz-Target`, which tells apart services that share a signing name
 * @returns undefined when the region belongs to no partition we know
 */
export function endpointHost(service: string, region: string, target?: string): string | undefined {
  const partition = partitionOfRegion(region);
  if (!partition || !/^[a-z0-9][a-z0-9.-]*$/i.test(service)) return undefined;
  return `${endpointLabels(service, region, target, partition)}.${partition.dnsSuffix}`;
}

function endpointLabels(service: string, region: string, target: string | undefined, partition: Partition): string {
  if (globalServices.has(service)) return partition.id === 'aws' ? service : `${service}.${partition.implicitRegion}`;
  const byTarget = prefixByTarget[service]?.find(([prefix]) => target?.startsWith(prefix))?.[1];
  return `${byTarget ?? endpointPrefixes[service] ?? service.toLowerCase()}.${region}`;
}

/** Hosts that an AWS customer, not AWS, answers on: a signature and a token must not reach a stranger. */
const tenantLabels = new Set(['execute-api', 'es', 'aoss', 'appsync-api', 'lambda-url', 'on']);
/** Names of machines and load balancers, never of an API. */
const machineLabels = new Set(['compute', 'compute-1', 'elb', 'rds', 'cache', 'redshift']);

/** What may stand before an endpoint's own name: a VPC endpoint's id, or the account of an account-based endpoint. */
const privatePrefix = /^(?:vpce-[a-z0-9-]+|\d{12})\./;

/**
 * Whether a request signed for `service` may go to this AWS host: a host that AWS runs for a service takes that
 * service's signing name only, and hosts that anyone can own are no destination at all.
 *
 * @param labels the host's labels before AWS's suffix, as `parseAwsHost` gives them
 */
export function hostServes(labels: readonly string[], service: string): boolean {
  if (labels.some((label) => tenantLabels.has(label) || (machineLabels.has(label) && label !== service))) return false;
  const isS3Host = labels.some((label) => /^s3(?:$|-|express-)/.test(label));
  if (service === 's3' || isS3Host) return isS3Host && service.startsWith('s3');
  const host = labels.join('.').replace(privatePrefix, '');
  return namesOf(service).some(
    (name) => host === name || host.startsWith(`${name}.`) || host.startsWith(`${name}-fips.`),
  );
}

function namesOf(service: string): string[] {
  const own = endpointPrefixes[service] ?? service.toLowerCase();
  const byTarget = prefixByTarget[service]?.map(([, prefix]) => prefix) ?? [];
  return service === 'dynamodb' ? [own, 'ddb', ...byTarget] : [own, ...byTarget];
}
