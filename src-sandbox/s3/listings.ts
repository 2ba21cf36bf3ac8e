import { encodePath } from '../../src-shared/sigv4/encoding.ts';
import { readable } from './address.ts';
import { invalidArgument } from './errors.ts';
import { type Listing, listPage } from './listing.ts';
import { ownerId } from './owner.ts';
import {
  type BucketRequest,
  numberParameter,
  type S3Context,
  type S3Reply,
  type S3Request,
  textParameter,
  xmlReply,
} from './request.ts';
import type { ObjectSummary } from './store/types.ts';
import { element, leaf, xmlDocument, xmlTime } from './xml.ts';

/** The most entries of a page. */
export const maxEntries = 1000;

/** How names stand in a listing: as they are, or percent-encoded for `encoding-type=url`. */
export interface NameWriter {
  type: string | undefined;
  write(wire: string): string;
}

/** @throws S3Error when the encoding asked for is none */
export function nameWriter({ parameters }: S3Request): NameWriter {
  const type = parameters.get('encoding-type');
  if (type === undefined) return { type, write: readable };
  // As S3 does it: slashes stay, and a space is a plus.
  if (type === 'url') return { type, write: (wire) => encodePath(wire).replaceAll('%20', '+') };
  throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', readable(type));
}

/** ListObjects, the first version. Source: Amazon S3 API Reference. */
export function listObjects(request: BucketRequest, context: S3Context): S3Reply {
  const marker = textParameter(request, 'marker');
  const { listing, names, delimiter, common } = list(request, context, marker);
  const isRolledUp = listing.truncated && delimiter !== '';
  return xmlReply(
    xmlDocument(
      'ListBucketResult',
      ...common,
      element('Marker', names.write(marker)),
      isRolledUp ? leaf('NextMarker', names.write(listing.last)) : '',
      ...contents(listing, names, true),
    ),
  );
}

/** ListObjectsV2. Source: Amazon S3 API Reference. */
export function listObjectsV2(request: BucketRequest, context: S3Context): S3Reply {
  const { parameters } = request;
  const token = parameters.get('continuation-token');
  const startAfter = textParameter(request, 'start-after');
  const { listing, names, common } = list(request, context, token === undefined ? startAfter : placeOf(token));
  return xmlReply(
    xmlDocument(
      'ListBucketResult',
      ...common,
      leaf('ContinuationToken', token),
      leaf('NextContinuationToken', listing.truncated ? tokenOf(listing.last) : undefined),
      parameters.has('start-after') ? leaf('StartAfter', names.write(startAfter)) : '',
      leaf('KeyCount', listing.entries.length + listing.prefixes.length),
      ...contents(listing, names, parameters.get('fetch-owner') === 'true'),
    ),
  );
}

function list(request: BucketRequest, { store }: S3Context, after: string) {
  const prefix = textParameter(request, 'prefix');
  const delimiter = textParameter(request, 'delimiter');
  const size = numberParameter(request, 'max-keys', maxEntries, maxEntries);
  const names = nameWriter(request);
  const listing = listPage((from, limit) => store.objects.from(request.bucket.name, from, limit), {
    prefix,
    delimiter,
    after,
    maxEntries: size,
  });
  const common = [
    leaf('Name', request.bucket.name),
    leaf('Prefix', names.write(prefix)),
    delimiter === '' ? '' : leaf('Delimiter', names.write(delimiter)),
    leaf('MaxKeys', size),
    leaf('EncodingType', names.type),
    leaf('IsTruncated', listing.truncated),
  ];
  return { listing, names, delimiter, common };
}

function contents({ entries, prefixes }: Listing<ObjectSummary>, names: NameWriter, withOwner: boolean): string[] {
  return [
    ...entries.map(({ key, modified, etag, size, storageClass, checksum }) =>
      element(
        'Contents',
        leaf('Key', names.write(key)),
        leaf('LastModified', xmlTime(modified)),
        leaf('ETag', `"${etag}"`),
        leaf('ChecksumAlgorithm', checksum?.algorithm),
        leaf('ChecksumType', checksum?.type),
        leaf('Size', size),
        withOwner ? element('Owner', leaf('ID', ownerId)) : '',
        leaf('StorageClass', storageClass),
      ),
    ),
    ...prefixes.map((prefix) => element('CommonPrefixes', leaf('Prefix', names.write(prefix)))),
  ];
}

/** Where a listing goes on, as an opaque token. */
function tokenOf(wire: string): string {
  return `1${Buffer.from(wire, 'latin1').toString('base64url')}`;
}

function placeOf(token: string): string {
  const bytes = Buffer.from(token.slice(1), 'base64url');
  if (tokenOf(bytes.toString('latin1')) === token && bytes.length > 0) return bytes.toString('latin1');
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', readable(token));
}
