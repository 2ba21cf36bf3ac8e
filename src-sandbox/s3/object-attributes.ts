import { checksumElements } from './checksum-headers.ts';
import { invalidArgument } from './errors.ts';
import { requireObject } from './read-object.ts';
import { type ObjectRequest, type S3Context, type S3Reply, xmlReply } from './request.ts';
import type { StoredObject } from './store/types.ts';
import { element, leaf, xmlDocument } from './xml.ts';

const maxParts = 1000;

/** What GetObjectAttributes can be asked for, in the order in which it answers. */
const attributes: Readonly<Record<string, (object: StoredObject, request: ObjectRequest) => string>> = {
  ETag: ({ etag }) => leaf('ETag', etag),
  Checksum: ({ checksum }) => (checksum ? element('Checksum', checksumElements(checksum)) : ''),
  ObjectParts: objectParts,
  StorageClass: ({ storageClass }) => leaf('StorageClass', storageClass),
  ObjectSize: ({ size }) => leaf('ObjectSize', size),
};

/** GetObjectAttributes. Source: Amazon S3 API Reference. */
export function getObjectAttributes(request: ObjectRequest, { store }: S3Context): S3Reply {
  const wanted = (request.header('x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  if (!wanted.every((name) => Object.hasOwn(attributes, name))) {
    throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', wanted.join(','));
  }
  const object = requireObject(request, store.objects.find(request.bucket.name, request.key));
  const inner = Object.entries(attributes).map(([name, write]) =>
    wanted.includes(name) ? write(object, request) : '',
  );
  return xmlReply(xmlDocument('GetObjectAttributesResponse', ...inner), [
    ['Last-Modified', new Date(object.modified).toUTCString()],
  ]);
}

function objectParts({ multipart, segments, checksum }: StoredObject, { header }: ObjectRequest): string {
  if (!multipart) return '';
  const after = Number(header('x-amz-part-number-marker') ?? 0) || 0;
  const size = Math.min(Number(header('x-amz-max-parts') ?? maxParts) || maxParts, maxParts);
  const numbered = segments.map((segment, index) => ({ ...segment, number: index + 1 }));
  const rest = numbered.filter(({ number }) => number > after);
  const parts = rest.slice(0, size);
  return element(
    'ObjectParts',
    leaf('PartsCount', segments.length),
    leaf('PartNumberMarker', after),
    leaf('NextPartNumberMarker', parts.at(-1)?.number ?? 0),
    leaf('MaxParts', size),
    leaf('IsTruncated', rest.length > parts.length),
    // Without a checksum, S3 tells no more of the parts than how many there are.
    ...(checksum
      ? parts.map((part) =>
          element(
            'Part',
            leaf('PartNumber', part.number),
            leaf('Size', part.size),
            leaf(`Checksum${checksum.algorithm}`, part.checksum),
          ),
        )
      : []),
  );
}
