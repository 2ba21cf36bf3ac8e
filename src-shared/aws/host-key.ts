import { memoizeByObject } from '../memoize.ts';
import type { AwsHost } from './hosts.ts';
import { dnsSuffixesOf, type Partition, partitions } from './partitions.ts';

/** A host name without what varies from region to region and from variant to variant of the same endpoint. */
export interface HostKey {
  /**
   * Labels before the suffix, with `{}` for the region and without the marks of FIPS and dual-stack endpoints:
   * `data-ats.iot.{}` for `data-ats.iot-fips.us-east-1.amazonaws.com`. What is under `on.aws` ends in `on`.
   */
  key: string;
  /** Whether it is the name of an interface endpoint in somebody's VPC (PrivateLink), which leads to the same service. */
  isPrivate: boolean;
}

/**
 * A host's key, by which the services' data know it. `scripts/aws_services/hosts.py` makes the same of the hosts in
 * the models. Source of the PrivateLink names: "Access an AWS service using an interface VPC endpoint", AWS PrivateLink.
 *
 * @returns undefined for names that no service of AWS has: a region of another partition, a service that a customer
 *   offers through PrivateLink
 */
export const hostKey = memoizeByObject(({ labels, suffix }: AwsHost): HostKey | undefined => {
  const inPartition = partitions.filter((partition) => dnsSuffixesOf(partition).includes(suffix));
  const isPrivate = labels.at(-1) === 'vpce';
  const named = isPrivate ? labels.slice(1, -1) : [...labels];
  if (isPrivate && !(labels[0]?.startsWith('vpce-') && named.at(-1) !== undefined)) return undefined;
  if (named.some((label) => label.startsWith('vpce-'))) return undefined;
  const at = named.findLastIndex((label) => inPartition.some((partition) => partition.regionPattern.test(label)));
  if (at >= 0) named[at] = '{}';
  else if (isPrivate || named.some(isRegion)) return undefined;
  const plain = named
    .filter((label) => label !== 'fips' && label !== 'dualstack')
    .map((label) => (label.endsWith('-fips') ? label.slice(0, -'-fips'.length) : label));
  if (inPartition.every((partition) => partition.resourceDnsSuffix === suffix)) plain.push('on');
  return { key: plain.join('.'), isPrivate };
});

function isRegion(label: string): boolean {
  return partitions.some((partition: Partition) => partition.regionPattern.test(label));
}

/** Whether a key fits a pattern, in which `*` is any one label and `#` is an account number. */
export function fitsPattern(key: string, pattern: string): boolean {
  const labels = key.split('.');
  const wanted = pattern.split('.');
  if (labels.length !== wanted.length) return false;
  return wanted.every((want, index) => {
    const label = labels[index] ?? '';
    if (want === '*') return label !== '{}';
    return want === '#' ? /^\d{12}$/.test(label) : label === want;
  });
}
