import { memoizeByObject } from '../memoize.ts';
import type { AwsHost } from './hosts.ts';
import { dnsSuffixesOf, partitions } from './partitions.ts';

/**
 * What kind of thing answers under one of S3's hosts. Source: the S3 rules of the SDKs' `endpoint-rule-set-1.json`,
 * and "Amazon S3 endpoints and quotas", AWS General Reference, for the older names.
 */
export type S3HostKind =
  | 'bucket'
  | 'access-point'
  | 'object-lambda'
  | 'outposts'
  | 'control'
  | 'express-zone'
  | 'express-control';

export interface S3Host {
  kind: S3HostKind;
  /** The bucket, access point or account before S3's own name; empty where requests name it in the path. */
  name: string;
}

/** The name that requests to each kind of host are signed with. */
const signingNames: Readonly<Record<S3HostKind, string>> = {
  bucket: 's3',
  'access-point': 's3',
  'object-lambda': 's3-object-lambda',
  outposts: 's3-outposts',
  control: 's3',
  'express-zone': 's3express',
  'express-control': 's3express',
};

/** S3's own label in its hosts, without the marks of FIPS. */
const kindByLabel: readonly (readonly [label: RegExp, kind: S3HostKind, needsRegion: boolean])[] = [
  [/^s3$/, 'bucket', false],
  [/^s3-accelerate$/, 'bucket', false],
  [/^s3-external-1$/, 'bucket', false],
  [/^s3-accesspoint$/, 'access-point', true],
  [/^s3-global$/, 'access-point', false],
  [/^s3-object-lambda$/, 'object-lambda', true],
  [/^s3-outposts$/, 'outposts', true],
  [/^s3-control$/, 'control', true],
  [/^s3express-control$/, 'express-control', true],
  // The id of an availability or local zone: use1-az4, usw2-lax1-az1.
  [/^s3express-[a-z0-9]+(?:-[a-z0-9]+)*-az\d{1,2}$/, 'express-zone', true],
];

const familyNames = new Set(['s3', 's3express', 's3-outposts', 's3-object-lambda']);

/** Whether requests signed with this name go to one of S3's hosts. */
export function isS3Name(signingName: string): boolean {
  return familyNames.has(signingName);
}

/** The name that requests to one of S3's hosts are signed with. */
export function s3SigningName({ kind }: S3Host): string {
  return signingNames[kind];
}

/**
 * Reads a host of S3: `bucket.s3.eu-west-1.amazonaws.com`, `s3-us-west-2.amazonaws.com`,
 * `bucket.vpce-….s3.us-east-1.vpce.amazonaws.com`, … Names of buckets may have dots in them, so everything is read
 * from the right.
 *
 * @returns undefined for a host that is not S3's; websites of buckets are not, since nothing is signed for them
 */
export const parseS3Host = memoizeByObject(({ labels, suffix }: AwsHost): S3Host | undefined => {
  const inPartition = partitions.filter((partition) => dnsSuffixesOf(partition).slice(0, 2).includes(suffix));
  const isRegion = (label: string) => inPartition.some((partition) => partition.regionPattern.test(label));
  if (labels.at(-1) === 'vpce') return parsePrivate(labels.slice(0, -1), isRegion);

  const rest = [...labels];
  const hasRegion = isRegion(rest.at(-1) ?? '') && rest.pop() !== undefined;
  if (rest.at(-1) === 'dualstack') rest.pop();
  const label = (rest.pop() ?? '').replace(/-fips(?=-|$)/, '');
  // s3-us-west-2, as it was written before 2019; the same with `fips` for the government's regions.
  const region = /^s3-(?:fips-)?(.+)$/.exec(label)?.[1];
  if (!hasRegion && region !== undefined && isRegion(region)) return named('bucket', rest);
  const found = kindByLabel.find(([pattern, , needsRegion]) => pattern.test(label) && (hasRegion || !needsRegion));
  return found && named(found[1], rest);
});

/** Interface endpoints in a VPC. Source: "AWS PrivateLink for Amazon S3", S3 User Guide. */
function parsePrivate(labels: readonly string[], isRegion: (label: string) => boolean): S3Host | undefined {
  const [region = '', label, endpoint = '', access, ...name] = [...labels].reverse();
  if (!isRegion(region) || label !== 's3' || !/^vpce-[a-z0-9-]+$/.test(endpoint)) return undefined;
  const kinds: Record<string, S3HostKind> = { bucket: 'bucket', accesspoint: 'access-point', control: 'control' };
  const kind = access === undefined ? 'bucket' : kinds[access];
  return kind && named(kind, name.reverse());
}

function named(kind: S3HostKind, labels: readonly string[]): S3Host {
  return { kind, name: labels.join('.') };
}
