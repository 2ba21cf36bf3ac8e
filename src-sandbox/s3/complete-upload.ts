import { createHash } from 'node:crypto';
import { readable } from './address.ts';
import { checksumElements } from './checksum-headers.ts';
import { checksumOfParts } from './checksums/of-parts.ts';
import { badDigest } from './declared-checksum.ts';
import { invalidRequest, noSuchBucket, S3Error } from './errors.ts';
import { algorithmOf, requireUpload } from './multipart.ts';
import { receiveText } from './receive.ts';
import { type ObjectRequest, type S3Context, type S3Reply, xmlReply } from './request.ts';
import type { Checksum, StoredObject, Upload, UploadPart } from './store/types.ts';
import { checkConditions, wholeSeconds } from './write-object.ts';
import { leaf, xmlDocument } from './xml.ts';
import { childText, malformedXml, readXml } from './xml-reader.ts';

/** The least that every part but the last must have, in bytes. */
const minPartBytes = 5 * 1024 ** 2;
const maxParts = 10_000;

/** A part as the request lists it. */
interface ListedPart {
  number: number;
  etag: string;
  /** By algorithm, as its element is called: `ChecksumCRC32`. */
  checksums: ReadonlyMap<string, string>;
}

/**
 * CompleteMultipartUpload: the parts that are listed become an object, as they are; no byte is moved.
 * Source: Amazon S3 API Reference.
 */
export async function completeMultipartUpload(request: ObjectRequest, { store, now }: S3Context): Promise<S3Reply> {
  const upload = requireUpload(request, store);
  const listed = listedParts(await receiveText(request, 'not its own'));
  const parts = chosenParts(listed, store.uploads.parts(upload.id), upload);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const checksum = await checksumOf(upload, parts, request);
  const announced = request.header('x-amz-mp-object-size');
  if (announced !== undefined && announced !== String(size)) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${announced} does not match what was computed: ${size}`,
    );
  }
  const object: StoredObject = {
    headers: upload.headers,
    tags: upload.tags,
    storageClass: upload.storageClass,
    key: upload.key,
    size,
    etag: etagOf(parts),
    modified: wholeSeconds(now()),
    multipart: true,
    segments: parts.map(({ file, size: partSize, checksum: sum }) => ({ file, size: partSize, checksum: sum })),
    checksum,
  };
  const unneeded = store.atomically(() => {
    if (!store.buckets.find(request.bucket.name)) throw noSuchBucket(request.bucket.name);
    requireUpload(request, store);
    checkConditions(request, store);
    // A part that was uploaded again meanwhile is not the one that was listed.
    const uploaded = new Set(store.uploads.end(upload.id));
    for (const { file, number, etag } of parts) if (!uploaded.delete(file)) throw invalidPart(upload, number, etag);
    return [...uploaded, ...store.objects.put(request.bucket.name, object)];
  });
  await store.bodies.remove(unneeded);
  const host = request.header('host') ?? '';
  return xmlReply(
    xmlDocument(
      'CompleteMultipartUploadResult',
      leaf('Location', `http://${host}${request.request.path}`),
      leaf('Bucket', request.bucket.name),
      leaf('Key', readable(object.key)),
      leaf('ETag', `"${object.etag}"`),
      checksumElements(checksum),
    ),
    [['x-amz-server-side-encryption', 'AES256']],
  );
}

function listedParts(body: Buffer): ListedPart[] {
  const root = readXml(body, 'CompleteMultipartUpload');
  const parts = root.children
    .filter(({ name }) => name === 'Part')
    .map((part) => ({
      number: Number(childText(part, 'PartNumber')),
      etag: (childText(part, 'ETag') ?? '').trim().replace(/^"|"$/g, ''),
      checksums: new Map(
        part.children.filter(({ name }) => name.startsWith('Checksum')).map(({ name, text }) => [name, text.trim()]),
      ),
    }));
  if (parts.length === 0 || parts.length > maxParts) throw malformedXml();
  if (parts.some(({ number, etag }) => !Number.isInteger(number) || etag === '')) throw malformedXml();
  return parts;
}

function chosenParts(listed: readonly ListedPart[], uploaded: readonly UploadPart[], upload: Upload): UploadPart[] {
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  let previous = 0;
  const chosen = listed.map(({ number, etag, checksums }) => {
    if (number <= previous) {
      throw new S3Error(
        400,
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    previous = number;
    const part = byNumber.get(number);
    const given = checksums.get(`Checksum${upload.checksum?.algorithm}`);
    if (!part || part.etag !== etag || (given !== undefined && given !== part.checksum))
      throw invalidPart(upload, number, etag);
    return part;
  });
  for (const part of chosen.slice(0, -1)) if (part.size < minPartBytes) throw tooSmall(part);
  return chosen;
}

/** The object's checksum, which the request may say as well. */
async function checksumOf(
  upload: Upload,
  parts: readonly UploadPart[],
  { header }: ObjectRequest,
): Promise<Checksum | undefined> {
  const how = algorithmOf(upload);
  if (!how) return undefined;
  const { algorithm, type } = how;
  const givenType = header('x-amz-checksum-type')?.toUpperCase();
  if (givenType !== undefined && givenType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const value = await checksumOfParts(
    algorithm,
    type,
    parts.map(({ size, checksum = '' }) => ({ size, checksum })),
  );
  const given = header(algorithm.header);
  if (given !== undefined && given !== value) throw badDigest(algorithm.name);
  return { algorithm: algorithm.name, type, value };
}

function etagOf(parts: readonly UploadPart[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function invalidPart({ id }: Upload, number: number, etag: string): S3Error {
  return new S3Error(
    400,
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    [
      ['UploadId', id],
      ['PartNumber', String(number)],
      ['ETag', etag],
    ],
  );
}

function tooSmall({ number, size, etag }: UploadPart): S3Error {
  return new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', [
    ['ProposedSize', String(size)],
    ['MinSizeAllowed', String(minPartBytes)],
    ['PartNumber', String(number)],
    ['ETag', etag],
  ]);
}
