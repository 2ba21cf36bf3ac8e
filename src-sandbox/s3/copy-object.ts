import { createHash } from 'node:crypto';
import { decodeText } from '../../src-shared/sigv4/encoding.ts';
import { isUtf8Text, readable } from './address.ts';
import { checksumElements } from './checksum-headers.ts';
import type { ChecksumAlgorithm } from './checksums/algorithms.ts';
import { findAlgorithm } from './checksums/algorithms.ts';
import { checkCopySource, conditionsIn } from './conditions.ts';
import { requireAlgorithm } from './declared-checksum.ts';
import { invalidArgument, invalidRequest, noSuchBucket, notImplemented, S3Error } from './errors.ts';
import { checkKey, refuseUnsupported, settingsIn, storageClassIn } from './object-settings.ts';
import type { ByteRange } from './ranges.ts';
import { requireObject } from './read-object.ts';
import { type ObjectRequest, type S3Context, type S3Reply, xmlReply } from './request.ts';
import type { StagedBody } from './store/bodies.ts';
import type { Store } from './store/store.ts';
import type { Bucket, ObjectSettings, StoredObject } from './store/types.ts';
import { tagsInHeader } from './tags.ts';
import { commitObject, wholeSeconds } from './write-object.ts';
import { leaf, xmlDocument, xmlTime } from './xml.ts';

/** The most bytes that one CopyObject copies. */
const maxBytes = 5 * 1024 ** 3;

/** What is copied from. */
export interface CopySource {
  bucket: Bucket;
  object: StoredObject;
}

/** Bytes that have been copied, and what they come to. */
export interface CopiedBody extends StagedBody {
  etag: string;
  checksum?: string | undefined;
}

/** CopyObject. Source: Amazon S3 API Reference. */
export async function copyObject(request: ObjectRequest, { store, now }: S3Context): Promise<S3Reply> {
  checkKey(request.key);
  const { bucket, object } = copySource(request, store);
  if (object.size > maxBytes) {
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${maxBytes}`,
    );
  }
  const settings = copiedSettings(request, bucket, object);
  const asked = request.header('x-amz-checksum-algorithm');
  const algorithm = asked === undefined ? findAlgorithm(object.checksum?.algorithm ?? '') : requireAlgorithm(asked);
  const copied = await copyBytes(store, object, undefined, algorithm);
  const copy: StoredObject = {
    ...settings,
    key: request.key,
    size: copied.size,
    etag: copied.etag,
    modified: wholeSeconds(now()),
    multipart: false,
    segments: [{ file: copied.file, size: copied.size }],
    checksum:
      algorithm && copied.checksum !== undefined
        ? { algorithm: algorithm.name, type: 'FULL_OBJECT', value: copied.checksum }
        : undefined,
  };
  await commitObject(request, store, copy, [copied]);
  return xmlReply(
    xmlDocument(
      'CopyObjectResult',
      leaf('LastModified', xmlTime(copy.modified)),
      leaf('ETag', `"${copy.etag}"`),
      checksumElements(copy.checksum),
    ),
    [['x-amz-server-side-encryption', 'AES256']],
  );
}

/**
 * What the `x-amz-copy-source` header names, if the caller may read it and its conditions hold.
 *
 * @throws S3Error
 */
export function copySource(request: ObjectRequest, store: Store): CopySource {
  const header = request.header('x-amz-copy-source') ?? '';
  const [path = '', version] = header.split('?versionId=');
  const source = decodeText(path).replace(/^\//, '');
  const slash = source.indexOf('/');
  if (source.startsWith('arn:')) throw notImplemented('A copy source that is an access point');
  if (slash < 1 || slash === source.length - 1 || !isUtf8Text(source)) {
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      header,
    );
  }
  if (version !== undefined && version !== 'null') {
    throw invalidArgument('Invalid version id specified', 'x-amz-copy-source', header);
  }
  const [name, key] = [source.slice(0, slash), source.slice(slash + 1)];
  const bucket = store.buckets.find(name);
  if (!bucket) throw noSuchBucket(readable(name));
  request.access.require('s3:GetObject', bucket, key);
  const object = requireObject({ ...request, bucket, key }, store.objects.find(name, key));
  checkCopySource(conditionsIn(request.header, 'x-amz-copy-source-'), object);
  return { bucket, object };
}

/** What the copy has of its source, and what the request says instead. */
function copiedSettings(request: ObjectRequest, from: Bucket, source: StoredObject): ObjectSettings {
  refuseUnsupported(request);
  const replaces = directive(request, 'x-amz-metadata-directive');
  const replacesTags = directive(request, 'x-amz-tagging-directive');
  const isItself = from.name === request.bucket.name && source.key === request.key;
  const changesClass = request.header('x-amz-storage-class') !== undefined;
  const changes = replaces || replacesTags || changesClass || request.header('x-amz-checksum-algorithm') !== undefined;
  if (isItself && !changes) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
        'metadata, storage class, website redirect location or encryption attributes.',
    );
  }
  return {
    headers: replaces ? settingsIn(request).headers : source.headers,
    tags: replacesTags ? tagsInHeader(request.header('x-amz-tagging')) : source.tags,
    storageClass: storageClassIn(request),
  };
}

function directive({ header }: ObjectRequest, name: string): boolean {
  const value = header(name) ?? 'COPY';
  if (value === 'COPY' || value === 'REPLACE') return value === 'REPLACE';
  throw new S3Error(400, 'InvalidArgument', `Unknown ${name.includes('tagging') ? 'tagging' : 'metadata'} directive.`, [
    ['ArgumentName', name],
    ['ArgumentValue', value],
  ]);
}

/**
 * Copies an object's bytes, or a stretch of them, into a staged file. Where nothing has to be computed anew, the copy
 * is a second name for the same bytes.
 */
export async function copyBytes(
  { bodies }: Store,
  object: StoredObject,
  range: ByteRange | undefined,
  algorithm: ChecksumAlgorithm | undefined,
): Promise<CopiedBody> {
  const { segments, size, multipart, etag, checksum } = object;
  const [only] = segments;
  const isWhole = range === undefined || (range.first === 0 && range.last === size - 1);
  const isKnown = !algorithm || (checksum?.algorithm === algorithm.name && checksum.type === 'FULL_OBJECT');
  if (isWhole && isKnown && !multipart && only && segments.length === 1) {
    return { ...(await bodies.stageCopy(only)), etag, checksum: algorithm && checksum?.value };
  }
  const md5 = createHash('md5');
  const sum = algorithm?.create();
  const source = size === 0 ? [] : bodies.read(segments, range ?? { first: 0, last: size - 1 });
  const staged = await bodies.stage(asIterable(source), sum ? [md5, sum] : [md5]);
  return {
    ...staged,
    etag: md5.digest('hex'),
    checksum: sum && Buffer.from(await sum.digest()).toString('base64'),
  };
}

async function* asIterable(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
}
