import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Client } from '../testing/s3-client.ts';
import { assume, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

/** Uploads in parts, by AWS's own client and uploader. */

const Bucket = 'multipart-test';
const mebibyte = 1024 * 1024;
const partSize = 5 * mebibyte;
let sandbox: TestSandbox;
let s3: S3Client;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  s3 = s3Client(sandbox, await assume(sandbox, 'ExampleTeleportDynamoDBRole'));
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => sandbox.remove());

async function begin(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  return (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId ?? '';
}

async function part(Key: string, UploadId: string, PartNumber: number, Body: Uint8Array) {
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { ETag, PartNumber };
}

const complete = (
  Key: string,
  UploadId: string,
  Parts: { ETag?: string | undefined; PartNumber: number }[],
  more = {},
) => s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));

async function bytesOf(Key: string, more = {}): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe('an upload in parts', () => {
  it('by the uploader, from a stream of unknown length, becomes one object', async () => {
    const bytes = randomBytes(2 * partSize + 12_345);
    const pieces = Array.from({ length: 9 }, (_, index) =>
      bytes.subarray((index * bytes.length) / 9, ((index + 1) * bytes.length) / 9),
    );
    const params = { Bucket, Key: 'uploaded', Body: Readable.from(pieces), Metadata: { a: 'b' }, ContentType: 'x/y' };
    await new Upload({ client: s3, params, partSize }).done();
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'uploaded' }));
    expect(head).toMatchObject({ ContentLength: bytes.length, Metadata: { a: 'b' }, ContentType: 'x/y' });
    expect(head.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect((await bytesOf('uploaded')).equals(bytes)).toBe(true);
    const Range = `bytes=${partSize - 10}-${2 * partSize + 9}`;
    expect((await bytesOf('uploaded', { Range })).equals(bytes.subarray(partSize - 10, 2 * partSize + 10))).toBe(true);
    const second = await s3.send(new GetObjectCommand({ Bucket, Key: 'uploaded', PartNumber: 2 }));
    expect(second).toMatchObject({ PartsCount: 3, ContentLength: partSize, $metadata: { httpStatusCode: 206 } });
    await second.Body?.transformToByteArray();
    await expect(bytesOf('uploaded', { PartNumber: 4 })).rejects.toMatchObject({ name: 'InvalidPartNumber' });
  });

  it('takes parts in any order, the last of each number', async () => {
    const [a, b] = [randomBytes(partSize), Buffer.from('end')];
    const id = await begin('ordered');
    const last = await part('ordered', id, 7, b);
    await part('ordered', id, 2, randomBytes(100));
    const first = await part('ordered', id, 2, a);
    await part('ordered', id, 9, Buffer.from('not listed'));
    await complete('ordered', id, [first, last]);
    expect((await bytesOf('ordered')).equals(Buffer.concat([a, b]))).toBe(true);
    await expect(complete('ordered', id, [first, last])).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('can be listed while it lasts, and be given up', async () => {
    const [first, second] = [await begin('listed/1'), await begin('listed/1')];
    await begin('listed/2/3');
    for (const number of [1, 2, 3]) await part('listed/1', first, number, Buffer.from('x'));
    const input = { Bucket, Prefix: 'listed/' };
    const uploads = await s3.send(new ListMultipartUploadsCommand({ ...input, Delimiter: '2/' }));
    expect(uploads.Uploads?.map(({ UploadId }) => UploadId)).toEqual([first, second]);
    expect(uploads.CommonPrefixes).toEqual([{ Prefix: 'listed/2/' }]);
    const page = await s3.send(new ListMultipartUploadsCommand({ ...input, MaxUploads: 1 }));
    expect(page).toMatchObject({ IsTruncated: true, NextKeyMarker: 'listed/1', NextUploadIdMarker: first });
    const next = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    const rest = await s3.send(new ListMultipartUploadsCommand({ ...input, ...next }));
    expect(rest.Uploads?.map(({ Key }) => Key)).toEqual(['listed/1', 'listed/2/3']);

    const parts = await s3.send(new ListPartsCommand({ Bucket, Key: 'listed/1', UploadId: first, MaxParts: 2 }));
    expect(parts).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', Parts: [{ Size: 1 }, { Size: 1 }] });
    for (const UploadId of [first, second]) {
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'listed/1', UploadId }));
    }
    const gone = new ListPartsCommand({ Bucket, Key: 'listed/1', UploadId: first });
    await expect(s3.send(gone)).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(part('listed/1', first, 1, Buffer.from('x'))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('has to be completed with parts that are there, in order, and long enough', async () => {
    const id = await begin('refused');
    const parts = [await part('refused', id, 1, Buffer.from('short')), await part('refused', id, 2, Buffer.from('x'))];
    const refuse = (list: typeof parts, name: string) =>
      expect(complete('refused', id, list)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    await refuse(parts, 'EntityTooSmall');
    await refuse([...parts].reverse(), 'InvalidPartOrder');
    await refuse([{ ETag: '"other"', PartNumber: 1 }], 'InvalidPart');
    await refuse([{ ETag: parts[0]?.ETag, PartNumber: 3 }], 'InvalidPart');
    await refuse([], 'MalformedXML');
    await expect(part('refused', id, 10_001, Buffer.from('x'))).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(part('refused', 'no-such-upload', 1, Buffer.from('x'))).rejects.toMatchObject({
      name: 'NoSuchUpload',
    });
    await complete('refused', id, parts.slice(0, 1));
    expect((await bytesOf('refused')).toString()).toBe('short');
  });

  it('is completed only if the object that is there is the one that was meant', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'guarded', Body: 'first' }));
    const id = await begin('guarded');
    const only = await part('guarded', id, 1, Buffer.from('second'));
    const failed = { name: 'PreconditionFailed' };
    await expect(complete('guarded', id, [only], { IfNoneMatch: '*' })).rejects.toMatchObject(failed);
    await complete('guarded', id, [only]);
    expect((await bytesOf('guarded')).toString()).toBe('second');
  });
});

describe('the checksum of an upload in parts', () => {
  const bytes = randomBytes(partSize + 1000);

  it.each([
    ['CRC32', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
    ['CRC32C', 'COMPOSITE'],
    ['SHA256', 'COMPOSITE'],
  ] as const)('by %s is %s', async (ChecksumAlgorithm, ChecksumType) => {
    const Key = `sum-${ChecksumAlgorithm}`;
    const name = `Checksum${ChecksumAlgorithm}` as const;
    const UploadId = await begin(Key, { ChecksumAlgorithm, ChecksumType });
    const Parts = [];
    for (const [index, Body] of [bytes.subarray(0, partSize), bytes.subarray(partSize)].entries()) {
      const input = { Bucket, Key, UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm };
      const uploaded = await s3.send(new UploadPartCommand(input));
      Parts.push({ ETag: uploaded.ETag, PartNumber: index + 1, [name]: uploaded[name] });
    }
    const completed = await complete(Key, UploadId, Parts);
    expect(completed).toMatchObject({ ChecksumType });
    // The client compares what it reads with a checksum of all bytes.
    const { Body, ...found } = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(found).toMatchObject({ [name]: completed[name], ChecksumType });
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    const single = await s3.send(new PutObjectCommand({ Bucket, Key: 'single', Body: bytes, ChecksumAlgorithm }));
    if (ChecksumType === 'FULL_OBJECT') expect(completed[name]).toBe(single[name]);
    else expect(completed[name]).toMatch(/^[^-]+-2$/);
    const attributes = { Bucket, Key, ObjectAttributes: ['ObjectParts' as const], MaxParts: 1 };
    expect(await s3.send(new GetObjectAttributesCommand(attributes))).toMatchObject({
      ObjectParts: { TotalPartsCount: 2, IsTruncated: true, Parts: [{ Size: partSize, [name]: Parts[0]?.[name] }] },
    });
  });

  it('must be one that S3 can make, and the parts’ must be of its kind', async () => {
    const refused = begin('sum', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' });
    await expect(refused).rejects.toMatchObject({ name: 'InvalidRequest' });
    const UploadId = await begin('sum', { ChecksumAlgorithm: 'SHA1' });
    await expect(part('sum', UploadId, 1, Buffer.from('x'))).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining('expected checksum Type: sha1, actual checksum Type: crc32'),
    });
  });
});

describe('a part that is copied', () => {
  it('has a stretch of another object', async () => {
    const source = randomBytes(partSize + 2000);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: source }));
    const UploadId = await begin('assembled', { ChecksumAlgorithm: 'CRC64NVME' });
    const copyPart = async (PartNumber: number, CopySourceRange?: string) => {
      const input = { Bucket, Key: 'assembled', UploadId, PartNumber, CopySource: `${Bucket}/source` };
      const more = CopySourceRange === undefined ? {} : { CopySourceRange };
      const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...input, ...more }));
      return { ETag: CopyPartResult?.ETag, PartNumber, ChecksumCRC64NVME: CopyPartResult?.ChecksumCRC64NVME };
    };
    const parts = [await copyPart(1), await copyPart(2, 'bytes=100-299')];
    await expect(copyPart(3, 'bytes=0-99999999')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(copyPart(3, 'bytes=-10')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await complete('assembled', UploadId, parts);
    const expected = Buffer.concat([source, source.subarray(100, 300)]);
    expect((await bytesOf('assembled', { ChecksumMode: 'ENABLED' })).equals(expected)).toBe(true);

    await s3.send(new CopyObjectCommand({ Bucket, Key: 'whole', CopySource: `${Bucket}/assembled` }));
    const whole = await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole', ChecksumMode: 'ENABLED' }));
    expect(whole).toMatchObject({ ContentLength: expected.length, ChecksumType: 'FULL_OBJECT' });
    expect(whole.ETag).not.toContain('-');
    expect((await bytesOf('whole')).equals(expected)).toBe(true);
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
