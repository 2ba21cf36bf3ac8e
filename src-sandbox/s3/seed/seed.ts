import { createHash } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { wireText } from '../address.ts';
import { findAlgorithm } from '../checksums/algorithms.ts';
import { openStore, type Store } from '../store/store.ts';
import { type SeedBucket, type SeedObject, seedBuckets } from './buckets.ts';

/** Opens the store in a folder; where there is none yet, one is made with what a sandbox begins with. */
export async function openSeededStore(folder: string): Promise<Store> {
  if (!(await exists(folder))) {
    // Made elsewhere first: a store that is there is whole.
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    const store = await openStore(partial);
    for (const bucket of seedBuckets) await fill(store, bucket);
    store.close();
    await rename(partial, folder);
  }
  return openStore(folder);
}

async function fill(store: Store, { name, region, publicRead, created, objects }: SeedBucket): Promise<void> {
  store.buckets.create({ name, region, kind: 'general', publicRead, created });
  for (const object of objects()) await write(store, name, object);
}

/** Writes an object as S3 writes one that comes without a checksum: it makes a CRC-64 of its own. */
async function write(store: Store, bucket: string, { key, text, contentType, modified, metadata }: SeedObject) {
  const md5 = createHash('md5');
  const crc = findAlgorithm('CRC64NVME')?.create();
  const staged = await store.bodies.stage(onlyOne(Buffer.from(text)), crc ? [md5, crc] : [md5]);
  await store.bodies.keep(staged);
  const named = Object.entries(metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value] as const);
  store.objects.put(bucket, {
    key: wireText(key),
    size: staged.size,
    etag: md5.digest('hex'),
    modified,
    storageClass: 'STANDARD',
    headers: [['Content-Type', contentType], ...named],
    tags: [],
    multipart: false,
    segments: [staged],
    checksum: {
      algorithm: 'CRC64NVME',
      type: 'FULL_OBJECT',
      value: Buffer.from((await crc?.digest()) ?? []).toString('base64'),
    },
  });
}

async function* onlyOne(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
