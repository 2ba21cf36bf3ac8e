import { isUtf8 } from 'node:buffer';
import { parseAwsHost } from '../../src-shared/aws/hosts.ts';
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
 * S3's own host names, after the bucket: `s3.us-east-1`, `s3`, `s3.dualstack.us-east-1`, `s3-fips.us-east-1`, the old
 * `s3-us-west-2`, and S3 Express's `s3express-use1-az4.us-east-1` and `s3express-control.us-east-1`.
 * Source: AWS General Reference, "Amazon Simple Storage Service endpoints and quotas".
 */
const s3Labels = new RegExp(
  '^(?:(?<bucket>.+)\\.)?' +
    '(?:s3(?:-fips)?(?:\\.dualstack)?(?:[.-](?<region>[a-z]{2}(?:-[a-z]+)+-\\d))?' +
    '|s3-accelerate(?:\\.dualstack)?' +
    '|s3express(?:-fips)?-(?:control|[a-z0-9]+-az\\d+)(?:\\.dualstack)?\\.(?<expressRegion>[a-z]{2}(?:-[a-z]+)+-\\d))$',
);
/** A PrivateLink name: `bucket.vpce-0a1b-2c3d.s3.us-east-1.vpce`; the bucket, where there is one, has this before it. */
const privateLabels =
  /^(?:(?<bucket>.+?)\.)??(?:bucket\.)?vpce-[a-z0-9-]+\.s3\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.vpce$/;
/** Other services of the S3 family, which have hosts of their own. */
const relatives =
  /(?:^|\.)(?:s3-control|s3-accesspoint|s3-object-lambda|s3-outposts|s3-website|s3tables|s3vectors)(?:[.-]|$)/;

/**
 * Takes the `Host` of a request for S3's. Any host that is not AWS's is taken for an address of this sandbox (a
 * loopback address, or the name of a custom endpoint), where the path begins with the bucket; `<bucket>.localhost`
 * works as well.
 *
 * @returns undefined for an AWS host that is not S3's
 */
export function addressOf(host: string): S3Address | undefined {
  const aws = parseAwsHost(host);
  if (!aws) {
    const hostBucket = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/i.exec(host)?.[1];
    return { hostBucket: hostBucket === 's3' ? undefined : hostBucket, region: undefined };
  }
  const labels = aws.labels.join('.');
  if (relatives.test(labels)) return undefined;
  const groups = (privateLabels.exec(labels) ?? s3Labels.exec(labels))?.groups;
  if (!groups) return undefined;
  return { hostBucket: groups['bucket'], region: groups['region'] ?? groups['expressRegion'] };
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
