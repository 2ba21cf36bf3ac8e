import { readable } from './address.ts';
import { invalidArgument } from './errors.ts';
import { commonPrefix } from './listing.ts';
import { maxEntries, nameWriter } from './listings.ts';
import { requireUpload } from './multipart.ts';
import { ownerId } from './owner.ts';
import {
  type BucketRequest,
  numberParameter,
  type ObjectRequest,
  type S3Context,
  type S3Reply,
  textParameter,
  xmlReply,
} from './request.ts';
import type { Upload } from './store/types.ts';
import { element, leaf, xmlDocument, xmlTime } from './xml.ts';

/** What a listing of uploads asks for; wire text. */
export interface UploadListingRequest {
  prefix: string;
  delimiter: string;
  /** Uploads to keys after this one and, if there is an upload marker, those to it that come after that upload. */
  keyMarker: string;
  uploadMarker: string;
  size: number;
}

/** A page of uploads. The last of it, as markers of the next page. */
export interface UploadListing {
  uploads: Upload[];
  prefixes: string[];
  next: { key: string; upload: string } | undefined;
}

/**
 * One page of uploads. They are few, so they are looked through in memory.
 *
 * @param all in the order of keys and time
 */
export function pageOfUploads(all: readonly Upload[], request: UploadListingRequest): UploadListing {
  const { prefix, delimiter, keyMarker, uploadMarker, size } = request;
  const page: UploadListing = { uploads: [], prefixes: [], next: undefined };
  const marked = all.findIndex(({ key, id }) => key === keyMarker && id === uploadMarker);
  let last = { key: '', upload: '' };
  for (const [index, upload] of all.entries()) {
    const isAfter = upload.key > keyMarker || (upload.key === keyMarker && marked >= 0 && index > marked);
    const common = commonPrefix(upload.key, prefix, delimiter);
    const isListed = common !== undefined && (common === keyMarker || common === page.prefixes.at(-1));
    if (!upload.key.startsWith(prefix) || !isAfter || isListed) continue;
    if (page.uploads.length + page.prefixes.length === size) {
      if (size > 0) page.next = last;
      break;
    }
    if (common === undefined) page.uploads.push(upload);
    else page.prefixes.push(common);
    last = common === undefined ? { key: upload.key, upload: upload.id } : { key: common, upload: '' };
  }
  return page;
}

/** ListMultipartUploads. Source: Amazon S3 API Reference. */
export function listMultipartUploads(request: BucketRequest, { store }: S3Context): S3Reply {
  const names = nameWriter(request);
  const asked: UploadListingRequest = {
    prefix: textParameter(request, 'prefix'),
    delimiter: textParameter(request, 'delimiter'),
    keyMarker: textParameter(request, 'key-marker'),
    uploadMarker: request.parameters.get('upload-id-marker') ?? '',
    size: numberParameter(request, 'max-uploads', maxEntries, maxEntries),
  };
  const { uploads, prefixes, next } = pageOfUploads(store.uploads.ofBucket(request.bucket.name), asked);
  return xmlReply(
    xmlDocument(
      'ListMultipartUploadsResult',
      leaf('Bucket', request.bucket.name),
      leaf('KeyMarker', names.write(asked.keyMarker)),
      leaf('UploadIdMarker', asked.uploadMarker),
      leaf('NextKeyMarker', next && names.write(next.key)),
      leaf('NextUploadIdMarker', next?.upload),
      leaf('Prefix', names.write(asked.prefix)),
      asked.delimiter === '' ? '' : leaf('Delimiter', names.write(asked.delimiter)),
      leaf('EncodingType', names.type),
      leaf('MaxUploads', asked.size),
      leaf('IsTruncated', next !== undefined),
      ...uploads.map((upload) =>
        element(
          'Upload',
          leaf('Key', names.write(upload.key)),
          leaf('UploadId', upload.id),
          initiator(upload),
          element('Owner', leaf('ID', ownerId)),
          leaf('StorageClass', upload.storageClass),
          leaf('Initiated', xmlTime(upload.initiated)),
          leaf('ChecksumAlgorithm', upload.checksum?.algorithm),
          leaf('ChecksumType', upload.checksum?.type),
        ),
      ),
      ...prefixes.map((prefix) => element('CommonPrefixes', leaf('Prefix', names.write(prefix)))),
    ),
  );
}

/** ListParts. Source: Amazon S3 API Reference. */
export function listParts(request: ObjectRequest, { store }: S3Context): S3Reply {
  const upload = requireUpload(request, store);
  const size = numberParameter(request, 'max-parts', maxEntries, maxEntries);
  const marker = request.parameters.get('part-number-marker') ?? '0';
  if (!/^\d{1,5}$/.test(marker)) {
    throw invalidArgument('Argument part-number-marker must be an integer', 'part-number-marker', readable(marker));
  }
  const found = store.uploads.parts(upload.id, Number(marker), size + 1);
  const parts = found.slice(0, size);
  const isTruncated = size > 0 && found.length > size;
  return xmlReply(
    xmlDocument(
      'ListPartsResult',
      leaf('Bucket', upload.bucket),
      leaf('Key', readable(upload.key)),
      leaf('UploadId', upload.id),
      leaf('PartNumberMarker', marker),
      leaf('NextPartNumberMarker', parts.at(-1)?.number),
      leaf('MaxParts', size),
      leaf('IsTruncated', isTruncated),
      ...parts.map(({ number, modified, etag, size: bytes, checksum }) =>
        element(
          'Part',
          leaf('PartNumber', number),
          leaf('LastModified', xmlTime(modified)),
          leaf('ETag', `"${etag}"`),
          leaf('Size', bytes),
          leaf(`Checksum${upload.checksum?.algorithm}`, checksum),
        ),
      ),
      initiator(upload),
      element('Owner', leaf('ID', ownerId)),
      leaf('StorageClass', upload.storageClass),
      leaf('ChecksumAlgorithm', upload.checksum?.algorithm),
      leaf('ChecksumType', upload.checksum?.type),
    ),
  );
}

function initiator({ initiator: arn }: Upload): string {
  return element('Initiator', leaf('ID', arn), leaf('DisplayName', arn.slice(arn.lastIndexOf('/') + 1)));
}
