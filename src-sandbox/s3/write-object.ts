import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { readable } from './address.ts';
import { checksumHeaders } from './checksum-headers.ts';
import { checkWrite, conditionsIn } from './conditions.ts';
import { noSuchBucket } from './errors.ts';
import { checkKey, settingsIn } from './object-settings.ts';
import { receive } from './receive.ts';
import { emptyReply, type ObjectRequest, type S3Context, type S3Reply } from './request.ts';
import type { StagedBody } from './store/bodies.ts';
import type { Store } from './store/store.ts';
import type { Checksum, StoredObject } from './store/types.ts';

/** PutObject. Source: Amazon S3 API Reference. */
export async function putObject(request: ObjectRequest, { store, now }: S3Context): Promise<S3Reply> {
  checkKey(request.key);
  const settings = settingsIn(request);
  // Checked before the upload as well as after it: nobody should send a gigabyte to hear that it is not wanted.
  checkConditions(request, store);
  const { file, size, etag, checksum: sum } = await receive(request, store.bodies);
  const checksum: Checksum | undefined = sum && {
    algorithm: sum.algorithm.name,
    type: 'FULL_OBJECT',
    value: sum.value,
  };
  const object: StoredObject = {
    ...settings,
    key: request.key,
    size,
    etag,
    modified: wholeSeconds(now()),
    checksum,
    multipart: false,
    segments: [{ file, size }],
  };
  await commitObject(request, store, object, [{ file, size }]);
  return emptyReply(200, writtenHeaders(object));
}

/**
 * Makes staged files the bytes of an object that takes its place in the bucket.
 *
 * @param staged files of the object that the store does not have yet; when it comes to nothing, they go
 */
export async function commitObject(
  request: ObjectRequest,
  store: Store,
  object: StoredObject,
  staged: readonly StagedBody[],
): Promise<void> {
  for (const body of staged) await store.bodies.keep(body);
  let unneeded: string[];
  try {
    unneeded = store.atomically(() => {
      if (!store.buckets.find(request.bucket.name)) throw noSuchBucket(request.bucket.name);
      checkConditions(request, store);
      return store.objects.put(request.bucket.name, object);
    });
  } catch (error) {
    await store.bodies.remove(staged.map(({ file }) => file));
    throw error;
  }
  await store.bodies.remove(unneeded);
}

/** @throws S3Error when the object that is there is not what the request wants to find */
export function checkConditions(request: ObjectRequest, store: Store): void {
  const { ifMatch, ifNoneMatch } = conditionsIn(request.header);
  if (ifMatch === undefined && ifNoneMatch === undefined) return;
  const found = store.objects.find(request.bucket.name, request.key);
  checkWrite({ ifMatch, ifNoneMatch }, found, readable(request.key));
}

/** What an answer tells of an object that has been written. */
export function writtenHeaders({ etag, checksum }: Pick<StoredObject, 'etag' | 'checksum'>): Header[] {
  return [['ETag', `"${etag}"`], ['x-amz-server-side-encryption', 'AES256'], ...checksumHeaders(checksum)];
}

/** S3 keeps times in whole seconds. */
export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
