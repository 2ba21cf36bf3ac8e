import { requireObject } from './read-object.ts';
import { receiveText } from './receive.ts';
import { emptyReply, type ObjectRequest, type S3Context, type S3Reply, xmlReply } from './request.ts';
import type { StoredObject } from './store/types.ts';
import { type Tags, tagsInXml } from './tags.ts';
import { element, leaf, xmlDocument } from './xml.ts';

/** GetObjectTagging. Source: Amazon S3 API Reference. */
export function getObjectTagging(request: ObjectRequest, context: S3Context): S3Reply {
  const { tags } = find(request, context);
  const set = tags.map(([key, value]) => element('Tag', leaf('Key', key), leaf('Value', value)));
  return xmlReply(xmlDocument('Tagging', element('TagSet', ...set)));
}

/** PutObjectTagging. Source: Amazon S3 API Reference. */
export async function putObjectTagging(request: ObjectRequest, context: S3Context): Promise<S3Reply> {
  const tags = tagsInXml(await receiveText(request));
  setTags(request, context, tags);
  return emptyReply(200);
}

/** DeleteObjectTagging. Source: Amazon S3 API Reference. */
export function deleteObjectTagging(request: ObjectRequest, context: S3Context): S3Reply {
  setTags(request, context, []);
  return emptyReply(204);
}

function setTags(request: ObjectRequest, context: S3Context, tags: Tags): void {
  context.store.objects.put(request.bucket.name, { ...find(request, context), tags });
}

function find(request: ObjectRequest, { store }: S3Context): StoredObject {
  return requireObject(request, store.objects.find(request.bucket.name, request.key));
}
