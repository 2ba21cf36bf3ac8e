import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privateBucket, publicBucket, s3Client } from '../testing/s3-client.ts';
import { assume, startTestSandbox, stsClient, type TestSandbox } from '../testing/test-sandbox.ts';
import { seedBuckets } from './seed/buckets.ts';

/** What S3 keeps on disk, for how long, and what it leaves there. */

const Bucket = 'kept-here';
let sandbox: TestSandbox;
let s3: S3Client;
const start = async () => s3Client(sandbox, await assume(sandbox, 'ExampleTeleportDynamoDBRole'));
const folder = () => join(sandbox.stateDir, 'data', 's3');
beforeAll(async () => {
  sandbox = await startTestSandbox();
  s3 = await start();
});
afterAll(() => sandbox.remove());

async function textOf(bucket: string, Key: string): Promise<string | undefined> {
  return (await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString();
}

async function bodies(): Promise<number> {
  expect(await readdir(join(folder(), 'incoming'))).toEqual([]);
  return (await readdir(join(folder(), 'bodies'))).length;
}

describe('S3', () => {
  it('writes nothing before it is first asked for, and begins with its buckets then', async () => {
    await stsClient(sandbox).send(new GetCallerIdentityCommand());
    expect(existsSync(folder())).toBe(false);
    const { Buckets } = await s3.send(new ListBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toEqual([publicBucket, privateBucket]);
    expect(existsSync(folder())).toBe(true);
    if (process.platform === 'win32') return;
    for (const path of [folder(), join(folder(), 'index.db'), join(folder(), 'bodies')]) {
      expect((await stat(path)).mode & 0o077).toBe(0);
    }
  });

  it('keeps what was written through a restart, uploads in parts too', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'é/kept', Body: 'kept', Metadata: { a: 'b' } }));
    await s3.send(new DeleteObjectCommand({ Bucket: privateBucket, Key: 'README.txt' }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'begun' }));
    await s3.send(new UploadPartCommand({ Bucket, Key: 'begun', UploadId, PartNumber: 1, Body: 'x' }));
    sandbox = await sandbox.restart();
    s3 = await start();
    expect(await textOf(Bucket, 'é/kept')).toBe('kept');
    await expect(textOf(privateBucket, 'README.txt')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await s3.send(new UploadPartCommand({ Bucket, Key: 'begun', UploadId, PartNumber: 2, Body: 'y' }));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'begun', UploadId }));
  });

  it('leaves no bytes behind that belong to nothing', async () => {
    const before = await bodies();
    const put = (Body: string) => s3.send(new PutObjectCommand({ Bucket, Key: 'passing', Body }));
    for (const text of ['1', '2', '3']) await put(text);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'passing' }));
    const conflict = { Bucket, Key: 'é/kept', Body: 'x', IfNoneMatch: '*' };
    await expect(s3.send(new PutObjectCommand(conflict))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const wrong = { Bucket, Key: 'wrong', Body: 'x', ChecksumSHA256: Buffer.alloc(32).toString('base64') };
    await expect(s3.send(new PutObjectCommand(wrong))).rejects.toMatchObject({ name: 'BadDigest' });
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'p' }));
    for (const Body of ['a', 'b']) {
      await s3.send(new UploadPartCommand({ Bucket, Key: 'p', UploadId, PartNumber: 1, Body }));
    }
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'p', UploadId }));
    expect(await bodies()).toBe(before);
  });

  it('removes what was being read once it has been read', async () => {
    const body = randomBytes(32_000_000);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'read', Body: body }));
    const before = await bodies();
    const reading = await s3.send(new GetObjectCommand({ Bucket, Key: 'read' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'read' }));
    expect(await bodies()).toBe(before);
    expect((await reading.Body?.transformToByteArray())?.length).toBe(body.length);
    await expect.poll(bodies).toBe(before - 1);
  });

  it('takes an upload that a bucket’s end overtakes for one to no bucket', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'short-lived' }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: 'short-lived', Key: 'x' }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'short-lived' }));
    const late = new UploadPartCommand({ Bucket: 'short-lived', Key: 'x', UploadId, PartNumber: 1, Body: 'x' });
    await expect(s3.send(late)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('is as at the beginning after a reset, while running', async () => {
    const requests = Array.from({ length: 5 }, (_, index) =>
      s3
        .send(new PutObjectCommand({ Bucket, Key: `meanwhile-${index}`, Body: 'x' }))
        .catch((error: Error) => error.name),
    );
    await sandbox.reset();
    // Each of them was done, came too late, or was told to try again; none was lost in between.
    for (const outcome of await Promise.all(requests)) {
      if (typeof outcome === 'string') expect(['NoSuchBucket', 'ServiceUnavailable']).toContain(outcome);
    }
    const { Buckets } = await s3.send(new ListBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toEqual([publicBucket, privateBucket]);
    expect(await textOf(privateBucket, 'README.txt')).toContain('Records of the shop');
    expect(existsSync(`${folder()}.old`)).toBe(false);
  });

  it('can be reset before it has ever been used', async () => {
    const fresh = await startTestSandbox();
    try {
      await fresh.reset();
      expect(existsSync(join(fresh.stateDir, 'data', 's3'))).toBe(false);
    } finally {
      await fresh.remove();
    }
  });
});

describe('the first buckets', () => {
  it('are small, text, and the same every time', () => {
    for (const { objects } of seedBuckets) {
      expect(objects()).toEqual(objects());
      const all = objects();
      expect(all.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(200_000);
      for (const { text } of all) expect(text).not.toMatch(/[^\t\r\n\u0020-\uffff]/);
    }
  });

  it('are there with types, metadata and checksums', async () => {
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: privateBucket, Prefix: 'notes/' }));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual([
      'notes/50% off? (draft) + ideas.txt',
      'notes/Réunion d’été — Montréal.txt',
      'notes/日本のお客様.txt',
    ]);
    const Key = 'exports/orders/2026-10.csv';
    const found = await s3.send(new GetObjectCommand({ Bucket: privateBucket, Key, ChecksumMode: 'ENABLED' }));
    expect(found).toMatchObject({
      ContentType: 'text/csv; charset=utf-8',
      Metadata: { rows: '240', source: 'table Orders' },
      ChecksumCRC64NVME: expect.any(String),
      LastModified: new Date('2026-11-01T06:00:00Z'),
    });
    expect((await found.Body?.transformToString())?.split('\r\n')).toHaveLength(242);
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
