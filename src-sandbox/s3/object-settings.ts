import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { readable } from './address.ts';
import { invalidArgument, notImplemented, S3Error } from './errors.ts';
import type { BucketRequest, S3Request } from './request.ts';
import type { Bucket, ObjectSettings } from './store/types.ts';
import { tagsInHeader } from './tags.ts';

/** Content headers that are kept with an object and given back with it. */
const contentHeaders = [
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Type',
  'Expires',
  'x-amz-website-redirect-location',
];
const metadataPrefix = 'x-amz-meta-';
const maxMetadataBytes = 2048;
const usualContentType = 'binary/octet-stream';

/** Classes whose objects can be read at once; those of the archives would first have to be restored. */
const storageClasses = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]);

/** What a request says of the object that it writes. */
export function settingsIn(request: BucketRequest): ObjectSettings {
  refuseUnsupported(request);
  return {
    headers: [...contentHeadersIn(request), ...metadataIn(request)],
    storageClass: storageClassIn(request),
    tags: tagsInHeader(request.header('x-amz-tagging')),
  };
}

/** The storage class that a request asks for. */
export function storageClassIn({ header, bucket }: BucketRequest): string {
  const asked = header('x-amz-storage-class');
  if (bucket.kind === 'directory') return usualStorageClass(bucket);
  if (asked === undefined || storageClasses.has(asked)) return asked ?? 'STANDARD';
  if (['GLACIER', 'DEEP_ARCHIVE', 'OUTPOSTS'].includes(asked)) throw notImplemented(`The storage class ${asked}`);
  throw new S3Error(400, 'InvalidStorageClass', 'The storage class you specified is not valid');
}

export function usualStorageClass({ kind }: Bucket): string {
  return kind === 'directory' ? 'EXPRESS_ONEZONE' : 'STANDARD';
}

function contentHeadersIn({ header }: S3Request): Header[] {
  const kept: Header[] = [];
  for (const name of contentHeaders) {
    let value = header(name.toLowerCase());
    if (name === 'Content-Encoding') value = withoutTransferCoding(value);
    if (name === 'Content-Type') value = value || usualContentType;
    if (value !== undefined && value !== '') kept.push([name, value]);
  }
  return kept;
}

/** `aws-chunked` is how the body came, not what it is. */
function withoutTransferCoding(contentEncoding: string | undefined): string | undefined {
  const codings = contentEncoding?.split(',').map((coding) => coding.trim());
  return codings?.filter((coding) => coding !== '' && coding.toLowerCase() !== 'aws-chunked').join(',');
}

function metadataIn({ headers }: S3Request): Header[] {
  const metadata = new Map<string, string>();
  for (const [rawName, value] of headers) {
    const name = rawName.toLowerCase();
    if (!name.startsWith(metadataPrefix)) continue;
    const earlier = metadata.get(name);
    metadata.set(name, earlier === undefined ? value.trim() : `${earlier},${value.trim()}`);
  }
  let bytes = 0;
  for (const [name, value] of metadata) bytes += name.length - metadataPrefix.length + value.length;
  if (bytes > maxMetadataBytes) {
    throw new S3Error(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', [
      ['Size', String(bytes)],
      ['MaxSizeAllowed', String(maxMetadataBytes)],
    ]);
  }
  return [...metadata];
}

/** What would be taken for done if it were passed over in silence. */
export function refuseUnsupported({ headers, header }: S3Request): void {
  for (const [rawName, value] of headers) {
    const name = rawName.toLowerCase();
    if (name.includes('server-side-encryption-customer-')) throw notImplemented('Encryption with keys of the customer');
    if (name.startsWith('x-amz-object-lock-')) {
      throw new S3Error(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration');
    }
    if (name.startsWith('x-amz-grant-')) throw aclNotSupported();
    if (name === 'x-amz-server-side-encryption' && value.trim() !== 'AES256') {
      throw notImplemented(`Encryption with ${value.trim()}`);
    }
  }
  const acl = header('x-amz-acl');
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') throw aclNotSupported();
}

function aclNotSupported(): S3Error {
  return new S3Error(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

const maxKeyBytes = 1024;

/** @throws S3Error `KeyTooLongError` */
export function checkKey(key: string): void {
  if (key.length <= maxKeyBytes) return;
  throw new S3Error(400, 'KeyTooLongError', 'Your key is too long', [
    ['Size', String(key.length)],
    ['MaxSizeAllowed', String(maxKeyBytes)],
  ]);
}

/** The sandbox keeps one version of each object, whose id is `null`. */
export function checkVersion({ parameters }: S3Request): void {
  const version = parameters.get('versionId');
  if (version === undefined || version === 'null') return;
  throw invalidArgument('Invalid version id specified', 'versionId', readable(version));
}
