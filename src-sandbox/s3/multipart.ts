import { randomBytes } from 'node:crypto';
import { readable } from './address.ts';
import type { ChecksumAlgorithm, ChecksumType } from './checksums/algorithms.ts';
import { findAlgorithm } from './checksums/algorithms.ts';
import { checksumTypesOf } from './checksums/of-parts.ts';
import { copyBytes, copySource } from './copy-object.ts';
import { declaredChecksum, requireAlgorithm } from './declared-checksum.ts';
import { invalidArgument, invalidRequest, noSuchUpload } from './errors.ts';
import { checkKey, settingsIn } from './object-settings.ts';
import { copySourceRange } from './ranges.ts';
import { receive } from './receive.ts';
import { emptyReply, type ObjectRequest, type S3Context, type S3Reply, xmlReply } from './request.ts';
import type { Store } from './store/store.ts';
import type { Checksum, Upload, UploadPart } from './store/types.ts';
import { wholeSeconds } from './write-object.ts';
import { leaf, xmlDocument, xmlTime } from './xml.ts';

/** Uploads in parts. Source: Amazon S3 User Guide, "Uploading and copying objects using multipart upload". */

const maxPartNumber = 10_000;

/** CreateMultipartUpload. */
export function createMultipartUpload(request: ObjectRequest, { store, now }: S3Context): S3Reply {
  checkKey(request.key);
  const settings = settingsIn(request);
  const checksum = checksumOfUpload(request);
  const upload: Upload = {
    ...settings,
    id: randomBytes(96).toString('base64url'),
    bucket: request.bucket.name,
    key: request.key,
    initiated: now(),
    initiator: request.signature?.key.principal.arn ?? '',
    checksum,
  };
  store.uploads.begin(upload);
  return xmlReply(
    xmlDocument(
      'InitiateMultipartUploadResult',
      leaf('Bucket', upload.bucket),
      leaf('Key', readable(upload.key)),
      leaf('UploadId', upload.id),
    ),
    [
      ['x-amz-server-side-encryption', 'AES256'],
      ...(checksum
        ? ([
            ['x-amz-checksum-algorithm', checksum.algorithm],
            ['x-amz-checksum-type', checksum.type],
          ] as const)
        : []),
    ],
  );
}

function checksumOfUpload({ header }: ObjectRequest): Pick<Checksum, 'algorithm' | 'type'> | undefined {
  const name = header('x-amz-checksum-algorithm');
  const asked = header('x-amz-checksum-type')?.toUpperCase();
  if (name === undefined) {
    if (asked === undefined) return undefined;
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
  }
  const algorithm = requireAlgorithm(name);
  const types = checksumTypesOf(algorithm);
  const type = asked === undefined ? types[0] : types.find((candidate) => candidate === asked);
  if (type) return { algorithm: algorithm.name, type };
  throw invalidRequest(`The ${asked} checksum type cannot be used with the ${name.toLowerCase()} checksum algorithm.`);
}

/** UploadPart. */
export async function uploadPart(request: ObjectRequest, { store, now }: S3Context): Promise<S3Reply> {
  const number = partNumberIn(request);
  const upload = requireUpload(request, store);
  const algorithm = findAlgorithm(upload.checksum?.algorithm ?? '');
  const declared = declaredChecksum(request)?.algorithm;
  if (algorithm && declared !== algorithm) {
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.name.toLowerCase()}, ` +
        `actual checksum Type: ${declared?.name.toLowerCase() ?? 'null'}`,
    );
  }
  const { file, size, etag, checksum } = await receive(request, store.bodies, algorithm);
  const part = { number, size, etag, modified: wholeSeconds(now()), file, checksum: algorithm && checksum?.value };
  await commitPart(request, store, part);
  return emptyReply(200, [
    ['ETag', `"${etag}"`],
    ['x-amz-server-side-encryption', 'AES256'],
    ...(checksum ? [[checksum.algorithm.header, checksum.value] as const] : []),
  ]);
}

/** UploadPartCopy. */
export async function uploadPartCopy(request: ObjectRequest, { store, now }: S3Context): Promise<S3Reply> {
  const number = partNumberIn(request);
  const upload = requireUpload(request, store);
  const { object } = copySource(request, store);
  const range = copySourceRange(request.header('x-amz-copy-source-range'), object.size);
  const algorithm = findAlgorithm(upload.checksum?.algorithm ?? '');
  const { file, size, etag, checksum } = await copyBytes(store, object, range, algorithm);
  const part = { number, size, etag, modified: wholeSeconds(now()), file, checksum };
  await commitPart(request, store, part);
  return xmlReply(
    xmlDocument(
      'CopyPartResult',
      leaf('LastModified', xmlTime(part.modified)),
      leaf('ETag', `"${etag}"`),
      algorithm ? leaf(`Checksum${algorithm.name}`, checksum) : '',
    ),
    [['x-amz-server-side-encryption', 'AES256']],
  );
}

/** Makes a staged file a part, unless the upload has ended meanwhile. */
async function commitPart(request: ObjectRequest, store: Store, part: UploadPart): Promise<void> {
  await store.bodies.keep(part);
  let unneeded: string[];
  try {
    unneeded = store.atomically(() => store.uploads.putPart(requireUpload(request, store).id, part));
  } catch (error) {
    await store.bodies.remove([part.file]);
    throw error;
  }
  await store.bodies.remove(unneeded);
}

/** AbortMultipartUpload. */
export async function abortMultipartUpload(request: ObjectRequest, { store }: S3Context): Promise<S3Reply> {
  const files = store.atomically(() => store.uploads.end(requireUpload(request, store).id));
  await store.bodies.remove(files);
  return emptyReply(204);
}

/** @throws S3Error `NoSuchUpload` */
export function requireUpload({ parameters, bucket, key }: ObjectRequest, store: Store): Upload {
  const upload = store.uploads.find(parameters.get('uploadId') ?? '', bucket.name, key);
  if (upload) return upload;
  throw noSuchUpload();
}

function partNumberIn({ parameters }: ObjectRequest): number {
  const text = parameters.get('partNumber') ?? '';
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= maxPartNumber) return number;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${maxPartNumber}, inclusive`,
    'partNumber',
    readable(text),
  );
}

/** The algorithm and type of an upload's checksum, ready to be used. */
export function algorithmOf({ checksum }: Upload): { algorithm: ChecksumAlgorithm; type: ChecksumType } | undefined {
  const algorithm = findAlgorithm(checksum?.algorithm ?? '');
  return checksum && algorithm && { algorithm, type: checksum.type };
}
