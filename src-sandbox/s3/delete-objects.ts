import { readable, wireText } from './address.ts';
import { checkWrite, conditionsIn } from './conditions.ts';
import { invalidRequest } from './errors.ts';
import { checkVersion } from './object-settings.ts';
import { receiveText } from './receive.ts';
import {
  type BucketRequest,
  emptyReply,
  type ObjectRequest,
  type S3Context,
  type S3Reply,
  xmlReply,
} from './request.ts';
import { element, leaf, xmlDocument } from './xml.ts';
import { childText, malformedXml, readXml } from './xml-reader.ts';

const maxKeys = 1000;

/** DeleteObject: that there is no such object is no error. Source: Amazon S3 API Reference. */
export async function deleteObject(request: ObjectRequest, { store }: S3Context): Promise<S3Reply> {
  checkVersion(request);
  const unneeded = store.atomically(() => {
    const { ifMatch } = conditionsIn(request.header);
    checkWrite({ ifMatch }, store.objects.find(request.bucket.name, request.key), readable(request.key));
    return store.objects.delete(request.bucket.name, request.key);
  });
  await store.bodies.remove(unneeded);
  return emptyReply(204);
}

/** DeleteObjects: up to 1,000 at once, each allowed or refused by itself. Source: Amazon S3 API Reference. */
export async function deleteObjects(request: BucketRequest, { store }: S3Context): Promise<S3Reply> {
  const isChecked = request.headers.some(([name]) => /^(?:content-md5$|x-amz-checksum-|x-amz-trailer$)/i.test(name));
  if (!isChecked) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  const root = readXml(await receiveText(request), 'Delete');
  const wanted = root.children.filter(({ name }) => name === 'Object');
  const isQuiet = childText(root, 'Quiet')?.trim() === 'true';
  if (wanted.length === 0 || wanted.length > maxKeys) throw malformedXml();
  const results: string[] = [];
  const unneeded: string[] = [];
  for (const one of wanted) {
    const key = childText(one, 'Key');
    if (key === undefined || key === '') throw malformedXml();
    const problem = problemOf(request, key, childText(one, 'VersionId'));
    if (problem) results.push(element('Error', leaf('Key', key), problem));
    else {
      unneeded.push(...store.objects.delete(request.bucket.name, wireText(key)));
      if (!isQuiet) results.push(element('Deleted', leaf('Key', key)));
    }
  }
  await store.bodies.remove(unneeded);
  return xmlReply(xmlDocument('DeleteResult', ...results));
}

function problemOf({ access, bucket }: BucketRequest, key: string, version: string | undefined): string | undefined {
  const denial = access.denial('s3:DeleteObject', bucket, wireText(key));
  if (denial !== undefined) return leaf('Code', 'AccessDenied') + leaf('Message', denial);
  if (version === undefined || version === 'null') return undefined;
  return (
    leaf('VersionId', version) +
    leaf('Code', 'NoSuchVersion') +
    leaf('Message', 'The specified version does not exist.')
  );
}
