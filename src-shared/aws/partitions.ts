import { memoize } from '../memoize.ts';
import generated from './data/partitions.generated.json' with { type: 'json' };

/**
 * AWS partitions: which regions, host suffixes and sign-in hosts belong together.
 * Source: the public SDKs' `partitions.json` (`data/partitions.generated.json`); sign-in and console hosts from the
 * documentation of each partition, suffixes of resources from "Lambda function URLs" and from the Public Suffix List.
 */
export interface Partition {
  /** The second field of an ARN: `aws`, `aws-cn`, … */
  id: string;
  /** DNS suffix of regional endpoints (`dynamodb.us-east-1.<dnsSuffix>`). */
  dnsSuffix: string;
  /** DNS suffix of dual-stack endpoints. */
  dualStackDnsSuffix: string;
  /** DNS suffix of resources that have a host of their own (function URLs), where the partition has one for them. */
  resourceDnsSuffix?: string;
  /** Matches the partition's region names. */
  regionPattern: RegExp;
  /** The region whose endpoints serve global services (IAM, STS legacy) and which we assume when none is named. */
  implicitRegion: string;
  /** Where federated sign-in URLs are made and opened; absent where the partition offers none publicly. */
  signinHost?: string;
  /** Where the console lives. */
  consoleHost?: string;
  /** The regions, those near the implicit one first. */
  regions: readonly string[];
  /** What people call a region: `Europe (Ireland)`. */
  regionNames: Readonly<Record<string, string>>;
}

type Hosts = Pick<Partition, 'resourceDnsSuffix' | 'signinHost' | 'consoleHost'>;

/** What no SDK's data says. */
const hostsByPartition: Readonly<Record<string, Hosts>> = {
  aws: {
    resourceDnsSuffix: 'on.aws',
    signinHost: 'signin.aws.amazon.com',
    consoleHost: 'console.aws.amazon.com',
  },
  'aws-cn': {
    resourceDnsSuffix: 'on.amazonwebservices.com.cn',
    signinHost: 'signin.amazonaws.cn',
    consoleHost: 'console.amazonaws.cn',
  },
  'aws-us-gov': {
    resourceDnsSuffix: 'on.aws',
    signinHost: 'signin.amazonaws-us-gov.com',
    consoleHost: 'console.amazonaws-us-gov.com',
  },
  'aws-eusc': {
    resourceDnsSuffix: 'on.amazonwebservices.eu',
    signinHost: 'signin.amazonaws-eusc.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
  },
};

export const partitions: readonly Partition[] = Object.entries(generated.partitions).map(([id, partition]) => ({
  ...partition,
  ...hostsByPartition[id],
  id,
  regionPattern: new RegExp(partition.regionPattern),
  regions: nearestFirst(Object.keys(partition.regions), partition.implicitRegion),
  regionNames: partition.regions,
}));

function nearestFirst(regions: readonly string[], implicitRegion: string): string[] {
  const area = implicitRegion.slice(0, implicitRegion.indexOf('-') + 1);
  const isFar = (region: string) => Number(!region.startsWith(area));
  return [...regions].sort((a, b) => isFar(a) - isFar(b) || (a < b ? -1 : 1));
}

/** The partition with this id, or undefined. */
export function partitionById(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/** The partition that a region name belongs to (`us-gov-west-1` → `aws-us-gov`), or undefined for no region. */
export function partitionOfRegion(region: string): Partition | undefined {
  return findPartition(region).partition;
}

const findPartition = memoize((region) => ({
  partition: partitions.find((partition) => partition.regionPattern.test(region)),
}));

/** The DNS suffixes of a partition's hosts. */
export function dnsSuffixesOf(partition: Partition): string[] {
  const { dnsSuffix, dualStackDnsSuffix, resourceDnsSuffix } = partition;
  return [dnsSuffix, dualStackDnsSuffix, ...(resourceDnsSuffix === undefined ? [] : [resourceDnsSuffix])];
}

/** Every DNS suffix that AWS endpoints end in, each once. */
export const awsDnsSuffixes: readonly string[] = [...new Set(partitions.flatMap(dnsSuffixesOf))];
