import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { readable } from './address.ts';
import { checksumHeaders } from './checksum-headers.ts';
import { checkRead, conditionsIn } from './conditions.ts';
import { accessDenied, invalidArgument, invalidRequest, noSuchKey, S3Error } from './errors.ts';
import { checkVersion } from './object-settings.ts';
import { type ByteRange, requestedRange } from './ranges.ts';
import { emptyReply, type ObjectRequest, type S3Context, type S3Reply } from './request.ts';
import type { Checksum, StoredObject } from './store/types.ts';

/** Query parameters that take the place of headers in an answer. */
const overrides: readonly (readonly [parameter: string, header: string])[] = [
  ['response-cache-control', 'Cache-Control'],
  ['response-content-disposition', 'Content-Disposition'],
  ['response-content-encoding', 'Content-Encoding'],
  ['response-content-language', 'Content-Language'],
  ['response-content-type', 'Content-Type'],
  ['response-expires', 'Expires'],
];

/** GetObject and HeadObject. Source: Amazon S3 API Reference. */
export function readObject(request: ObjectRequest, { store }: S3Context): S3Reply {
  checkVersion(request);
  const object = requireObject(request, store.objects.find(request.bucket.name, request.key));
  const headers = [...stateHeaders(object), ...servedHeaders(request, object)];
  if (checkRead(conditionsIn(request.header), object) === 'not modified') return emptyReply(304, stateHeaders(object));

  const part = requestedPart(request, object);
  const range = part?.range ?? requestedRange(request.header('range'), object.size);
  if (part) headers.push(...part.headers);
  // Checksums are given to those who ask, and only where they are of just what is sent.
  if (request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED') {
    headers.push(...checksumHeaders(part ? part.checksum : range ? undefined : object.checksum));
  }
  const { first, last } = range ?? { first: 0, last: object.size - 1 };
  headers.push(['Content-Length', String(last - first + 1)]);
  const isPartial = range !== undefined && last >= first;
  if (isPartial) headers.push(['Content-Range', `bytes ${first}-${last}/${object.size}`]);
  const status = isPartial ? 206 : 200;
  if (request.method === 'HEAD' || last < first) return emptyReply(status, headers);
  return { status, headers, body: store.bodies.read(object.segments, { first, last }) };
}

/** The object; who may not list the bucket is not told that there is none. */
export function requireObject(request: ObjectRequest, object: StoredObject | undefined): StoredObject {
  if (object) return object;
  const denial = request.access.denial('s3:ListBucket', request.bucket);
  throw denial === undefined ? noSuchKey(readable(request.key)) : accessDenied(denial);
}

function stateHeaders({ etag, modified }: StoredObject): Header[] {
  return [
    ['ETag', `"${etag}"`],
    ['Last-Modified', new Date(modified).toUTCString()],
  ];
}

function servedHeaders(request: ObjectRequest, object: StoredObject): Header[] {
  const replaced = new Map(
    overrides.flatMap(([parameter, header]) => {
      const value = request.parameters.get(parameter);
      return value === undefined ? [] : [[header, value] as const];
    }),
  );
  if (replaced.size > 0 && !request.signature) {
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
  }
  for (const [header, value] of replaced) {
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value))
      throw invalidArgument('Header value cannot be represented.', header, '');
  }
  const { storageClass, tags } = object;
  return [
    ['Accept-Ranges', 'bytes'],
    ['x-amz-server-side-encryption', 'AES256'],
    ...object.headers.filter(([name]) => !replaced.has(name)),
    ...replaced,
    ...(storageClass === 'STANDARD' ? [] : [['x-amz-storage-class', storageClass] as const]),
    ...(tags.length === 0 ? [] : [['x-amz-tagging-count', String(tags.length)] as const]),
  ];
}

/** One part of an object that was uploaded in parts, if that is what is asked for. */
function requestedPart(
  { parameters, header }: ObjectRequest,
  { multipart, segments, size, checksum }: StoredObject,
): { range: ByteRange; headers: Header[]; checksum: Checksum | undefined } | undefined {
  const text = parameters.get('partNumber');
  if (text === undefined) return undefined;
  if (header('range') !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1) {
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      readable(text),
    );
  }
  if (number > Math.max(1, segments.length) || (!multipart && number > 1)) {
    throw new S3Error(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable', [
      ['PartNumberRequested', text],
      ['ActualPartCount', String(Math.max(1, segments.length))],
    ]);
  }
  if (!multipart) return { range: { first: 0, last: size - 1 }, headers: [], checksum };
  const before = segments.slice(0, number - 1).reduce((sum, segment) => sum + segment.size, 0);
  const segment = segments[number - 1];
  const range = { first: before, last: before + (segment?.size ?? 0) - 1 };
  const ofPart = checksum && segment?.checksum !== undefined ? { ...checksum, value: segment.checksum } : undefined;
  return { range, headers: [['x-amz-mp-parts-count', String(segments.length)]], checksum: ofPart };
}
