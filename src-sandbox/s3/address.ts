import { isUtf8 } from 'node:buffer';
import { type AwsHost, parseAwsHost } from '../../src-shared/aws/hosts.ts';
import { partitionOfRegion } from '../../src-shared/aws/partitions.ts';
import { parseS3Host, type S3HostKind } from '../../src-shared/aws/s3-hosts.ts';
import { decodeText } from '../../src-shared/sigv4/encoding.ts';

/** Where a request to S3 is addressed to, before anything is known of what is there. */
export interface S3Address {
  /** The bucket in the host name (virtual-hosted style); undefined when the path begins with it. */
  hostBucket: string | undefined;
  /** The region in the host name, if it has one. */
  region: string | undefined;
}

/** What a request to S3 is about: the account, a bucket, or an object in it. */
export interface S3Target {
  bucket: string | undefined;
  /** Wire text: one character for each byte of its UTF-8. */
  key: string | undefined;
}

/**
 * Takes the `Host` of a request for S3's. Any host that is not AWS's is taken for an address of this sandbox (a
 * loopback address, or the name of a custom endpoint), where the path begins with the bucket; `<bucket>.localhost`
 * works as well.
 *
 * @returns undefined for an AWS host that is not S3's, or under which S3 has no buckets (S3 Control, access points, …)
 */
export function addressOf(host: string): S3Address | undefined {
  const aws = parseAwsHost(host);
  if (!aws) {
    const hostBucket = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/i.exec(host)?.[1];
    return { hostBucket: hostBucket === 's3' ? undefined : hostBucket, region: undefined };
  }
  const found = parseS3Host(aws);
  if (!found || !kindsWithBuckets.has(found.kind)) return undefined;
  return { hostBucket: found.name === '' ? undefined : found.name, region: regionIn(aws) };
}

const kindsWithBuckets: ReadonlySet<S3HostKind> = new Set(['bucket', 'express-zone', 'express-control']);

/** The region in an S3 host: its last label, the one before `vpce`, or the end of the old `s3-us-west-2`. */
function regionIn({ labels }: AwsHost): string | undefined {
  const label = (labels.at(-1) === 'vpce' ? labels.at(-2) : labels.at(-1)) ?? '';
  return [label, label.replace(/^s3-(?:fips-)?/, '')].find((text) => partitionOfRegion(text));
}

/**
 * The bucket and key that a path names.
 *
 * @param path as sent; keys are taken byte by byte, so `//`, `..` and `%2F` stay what they are
 * @returns undefined when the key is not UTF-8
 */
export function targetOf({ hostBucket }: S3Address, path: string): S3Target | undefined {
  const rest = path.startsWith('/') ? path.slice(1) : path;
  const slash = hostBucket === undefined ? rest.indexOf('/') : -1;
  const bucket = hostBucket ?? decodeText(slash < 0 ? rest : rest.slice(0, slash));
  const key = decodeText(hostBucket !== undefined ? rest : slash < 0 ? '' : rest.slice(slash + 1));
  if (!isUtf8Text(key)) return undefined;
  return { bucket: bucket === '' ? undefined : bucket, key: key === '' ? undefined : key };
}

/** Whether wire text is UTF-8. */
export function isUtf8Text(wire: string): boolean {
  return isUtf8(Buffer.from(wire, 'latin1'));
}

/** Wire text as a person reads it. */
export function readable(wire: string): string {
  return Buffer.from(wire, 'latin1').toString();
}

/** Text as it goes over the wire: one character for each byte of its UTF-8. */
export function wireText(text: string): string {
  return Buffer.from(text).toString('latin1');
}
