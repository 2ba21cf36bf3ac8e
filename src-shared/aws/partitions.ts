/**
 * AWS partitions: which regions, host suffixes and sign-in hosts belong together.
 * Source: AWS General Reference "AWS service endpoints" and the public SDKs' `partitions.json`.
 */
export interface Partition {
  /** The second field of an ARN: `aws`, `aws-cn`, … */
  id: string;
  /** DNS suffix of regional endpoints (`dynamodb.us-east-1.<dnsSuffix>`). */
  dnsSuffix: string;
  /** DNS suffix of dual-stack endpoints, where the partition has one of its own. */
  dualStackDnsSuffix?: string;
  /** Matches the partition's region names. */
  regionPattern: RegExp;
  /** The region whose endpoints serve global services (IAM, STS legacy) and which we assume when none is named. */
  implicitRegion: string;
  /** Where federated sign-in URLs are made and opened; absent where the partition offers none publicly. */
  signinHost?: string;
  /** Where the console lives. */
  consoleHost?: string;
  regions: readonly string[];
}

const awsRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
] as const;

export const partitions: readonly Partition[] = [
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    regionPattern: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    implicitRegion: 'us-east-1',
    signinHost: 'signin.aws.amazon.com',
    consoleHost: 'console.aws.amazon.com',
    regions: awsRegions,
  },
  {
    id: 'aws-cn',
    dnsSuffix: 'amazonaws.com.cn',
    dualStackDnsSuffix: 'api.amazonwebservices.com.cn',
    regionPattern: /^cn-\w+-\d+$/,
    implicitRegion: 'cn-northwest-1',
    signinHost: 'signin.amazonaws.cn',
    consoleHost: 'console.amazonaws.cn',
    regions: ['cn-north-1', 'cn-northwest-1'],
  },
  {
    id: 'aws-us-gov',
    dnsSuffix: 'amazonaws.com',
    dualStackDnsSuffix: 'api.aws',
    regionPattern: /^us-gov-\w+-\d+$/,
    implicitRegion: 'us-gov-west-1',
    signinHost: 'signin.amazonaws-us-gov.com',
    consoleHost: 'console.amazonaws-us-gov.com',
    regions: ['us-gov-east-1', 'us-gov-west-1'],
  },
  {
    id: 'aws-iso',
    dnsSuffix: 'c2s.ic.gov',
    dualStackDnsSuffix: 'api.aws.ic.gov',
    regionPattern: /^us-iso-\w+-\d+$/,
    implicitRegion: 'us-iso-east-1',
    regions: ['us-iso-east-1', 'us-iso-west-1'],
  },
  {
    id: 'aws-iso-b',
    dnsSuffix: 'sc2s.sgov.gov',
    dualStackDnsSuffix: 'api.aws.scloud',
    regionPattern: /^us-isob-\w+-\d+$/,
    implicitRegion: 'us-isob-east-1',
    regions: ['us-isob-east-1', 'us-isob-west-1'],
  },
  {
    id: 'aws-iso-e',
    dnsSuffix: 'cloud.adc-e.uk',
    dualStackDnsSuffix: 'api.cloud-aws.adc-e.uk',
    regionPattern: /^eu-isoe-\w+-\d+$/,
    implicitRegion: 'eu-isoe-west-1',
    regions: ['eu-isoe-west-1'],
  },
  {
    id: 'aws-iso-f',
    dnsSuffix: 'csp.hci.ic.gov',
    dualStackDnsSuffix: 'api.aws.hci.ic.gov',
    regionPattern: /^us-isof-\w+-\d+$/,
    implicitRegion: 'us-isof-south-1',
    regions: ['us-isof-east-1', 'us-isof-south-1'],
  },
  {
    id: 'aws-eusc',
    dnsSuffix: 'amazonaws.eu',
    dualStackDnsSuffix: 'api.amazonwebservices.eu',
    regionPattern: /^eusc-(de)-\w+-\d+$/,
    implicitRegion: 'eusc-de-east-1',
    signinHost: 'signin.amazonaws-eusc.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
    regions: ['eusc-de-east-1'],
  },
];

/** The partition with this id, or undefined. */
export function partitionById(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/** The partition that a region name belongs to (`us-gov-west-1` → `aws-us-gov`), or undefined for no region. */
export function partitionOfRegion(region: string): Partition | undefined {
  return partitions.find((partition) => partition.regionPattern.test(region));
}

/** Every DNS suffix that AWS endpoints end in, each once. */
export const awsDnsSuffixes: readonly string[] = [
  ...new Set(
    partitions.flatMap((partition) =>
      partition.dualStackDnsSuffix ? [partition.dnsSuffix, partition.dualStackDnsSuffix] : [partition.dnsSuffix],
    ),
  ),
];
