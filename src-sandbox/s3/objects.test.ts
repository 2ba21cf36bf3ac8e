import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectAclCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Client } from '../testing/s3-client.ts';
import { assume, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';
import { findAlgorithm } from './checksums/algorithms.ts';

/** What AWS's own client makes of objects here. */

const Bucket = 'objects-test';
let sandbox: TestSandbox;
let s3: S3Client;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  s3 = s3Client(sandbox, await assume(sandbox, 'ExampleTeleportDynamoDBRole'));
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => sandbox.remove());

const put = (Key: string, more: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ...more }));
const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
const textOf = async (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  (await get(Key, more)).Body?.transformToString();

describe('an object', () => {
  it('comes back as it was written, with what was said of it', async () => {
    const settings = {
      ContentType: 'text/csv; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="a.csv"',
      ContentEncoding: 'br',
      ContentLanguage: 'fr-CA',
      Metadata: { rows: '12', 'with-dash': 'a, b' },
    };
    const { ETag } = await put('described', { ...settings, Tagging: 'team=shop&stage=d%C3%A9mo' });
    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const found = await get('described');
    expect(found).toMatchObject({
      ...settings,
      ETag,
      ContentLength: 5,
      AcceptRanges: 'bytes',
      ServerSideEncryption: 'AES256',
      TagCount: 2,
      LastModified: expect.any(Date),
    });
    expect(await found.Body?.transformToString()).toBe('hello');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'described' }))).toMatchObject(settings);
  });

  it('has a type when none was given, and may be empty', async () => {
    await put('empty', { Body: new Uint8Array(), ContentType: undefined });
    expect(await get('empty')).toMatchObject({ ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' });
    expect(await textOf('empty')).toBe('');
    await expect(get('empty', { Range: 'bytes=0-0' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('is replaced by the next one under its key, while those who read it read on', async () => {
    const before = randomBytes(3_000_000);
    await put('replaced', { Body: before });
    const reading = await get('replaced');
    await put('replaced', { Body: 'after' });
    expect(Buffer.from((await reading.Body?.transformToByteArray()) ?? []).equals(before)).toBe(true);
    expect(await textOf('replaced')).toBe('after');
  });

  it('may be written from a stream', async () => {
    const body = randomBytes(300_000);
    await put('streamed', { Body: Readable.from([body.subarray(0, 1), body.subarray(1)]), ContentLength: body.length });
    expect(Buffer.from((await (await get('streamed')).Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  it('has any key of up to 1,024 bytes', async () => {
    const character = fc.oneof(
      fc.constantFrom(
        '/',
        '.',
        '..',
        '?',
        '%',
        '%2F',
        '+',
        '&',
        '#',
        ' ',
        '~',
        "'",
        '\\',
        '"',
        '<',
        ';',
        '=',
        '@',
        ':',
      ),
      fc.constantFrom('é', '日', '\u{1f600}', '\u00a0', '\u007f', '\r', '\n', '\t', 'a', 'B', '0'),
    );
    const keys = fc.array(character, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(keys, async (key) => {
        await put(key, { Body: key });
        expect(await textOf(key)).toBe(key);
        const listed = await s3.send(
          new ListObjectsV2Command({ Bucket, Prefix: key, EncodingType: 'url', MaxKeys: 1 }),
        );
        expect(decodeURIComponent((listed.Contents?.[0]?.Key ?? '').replaceAll('+', ' '))).toBe(key);
        await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
      }),
      { numRuns: 60 },
    );
    await put('k'.repeat(1024));
    await expect(put('k'.repeat(1025))).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  it('may be deleted, whether or not it is there', async () => {
    await put('deleted');
    for (const _ of [1, 2]) await s3.send(new DeleteObjectCommand({ Bucket, Key: 'deleted' }));
    await expect(get('deleted')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'deleted' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('may be deleted with a thousand others, under whatever keys', async () => {
    const keys = ['many/a&b', 'many/<x>', 'many/é\r\n', ...Array.from({ length: 20 }, (_, index) => `many/${index}`)];
    for (const key of keys) await put(key, { Body: new Uint8Array() });
    const deleted = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...keys, 'many/none'].map((Key) => ({ Key })) } }),
    );
    expect(deleted.Errors).toBeUndefined();
    expect(deleted.Deleted).toHaveLength(keys.length + 1);
    const left = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'many/' }));
    expect(left.KeyCount).toBe(0);
  });

  it('can have its headers put into other words', async () => {
    await put('overridden', { CacheControl: 'no-cache' });
    expect(await get('overridden', { ResponseContentType: 'text/x', ResponseCacheControl: 'no-store' })).toMatchObject({
      ContentType: 'text/x',
      CacheControl: 'no-store',
    });
  });
});

describe('a range', () => {
  beforeAll(() => put('ranged', { Body: '0123456789' }));

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=0-99', '0123456789', 'bytes 0-9/10'],
  ])('%s is %s', async (Range, text, ContentRange) => {
    const found = await get('ranged', { Range });
    expect(found).toMatchObject({ ContentRange, ContentLength: text.length, $metadata: { httpStatusCode: 206 } });
    expect(await found.Body?.transformToString()).toBe(text);
  });

  it('that is none is the whole, and one beyond the end is refused', async () => {
    for (const Range of ['bytes=4-2', 'lines=1-2', 'bytes=0-1,3-4']) {
      expect(await textOf('ranged', { Range })).toBe('0123456789');
    }
    await expect(get('ranged', { Range: 'bytes=10-' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 416 } });
  });
});

describe('conditions', () => {
  it('decide whether an object is sent', async () => {
    const { ETag = '' } = await put('conditional');
    const past = new Date(Date.now() - 3_600_000);
    const soon = new Date(Date.now() + 3_600_000);
    expect(await textOf('conditional', { IfMatch: ETag, IfUnmodifiedSince: past })).toBe('hello');
    await expect(get('conditional', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get('conditional', { IfUnmodifiedSince: past })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const notModified = { $metadata: { httpStatusCode: 304 } };
    await expect(get('conditional', { IfNoneMatch: ETag })).rejects.toMatchObject(notModified);
    await expect(get('conditional', { IfModifiedSince: soon })).rejects.toMatchObject(notModified);
    expect(await textOf('conditional', { IfNoneMatch: '"other"', IfModifiedSince: soon })).toBe('hello');
  });

  it('decide whether an object is written', async () => {
    const { ETag } = await put('guarded', { IfNoneMatch: '*' });
    const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
    await expect(put('guarded', { IfNoneMatch: '*' })).rejects.toMatchObject(failed);
    await expect(put('guarded', { IfMatch: '"other"' })).rejects.toMatchObject(failed);
    await expect(put('not there', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('guarded', { IfMatch: ETag, Body: 'second' });
    expect(await textOf('guarded')).toBe('second');
  });

  it('let one of those who write at once win', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => put('contended', { IfNoneMatch: '*', Body: `${index}` })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a copy', () => {
  const copy = (Key: string, CopySource: string, more = {}) =>
    s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...more }));

  it('has the bytes of its source, and what was said of it unless something else is said', async () => {
    const Metadata = { of: 'source' };
    await put('original é?', { Metadata, ContentType: 'text/x', Tagging: 'a=1' });
    const source = `${Bucket}/${encodeURIComponent('original é?')}`;
    const { CopyObjectResult } = await copy('copied', source);
    expect(CopyObjectResult?.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(await get('copied')).toMatchObject({ Metadata, ContentType: 'text/x', TagCount: 1 });
    await copy('copied', source, {
      MetadataDirective: 'REPLACE',
      Metadata: { of: 'copy' },
      TaggingDirective: 'REPLACE',
    });
    const replaced = await get('copied');
    expect(replaced).toMatchObject({ Metadata: { of: 'copy' }, ContentType: 'binary/octet-stream' });
    expect(replaced.TagCount).toBeUndefined();
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'original é?' }));
    expect(await textOf('copied')).toBe('hello');
  });

  it('of an object onto itself must change something', async () => {
    await put('self');
    await expect(copy('self', `${Bucket}/self`)).rejects.toMatchObject({ name: 'InvalidRequest' });
    await copy('self', `${Bucket}/self`, { MetadataDirective: 'REPLACE', Metadata: { a: '1' } });
    expect(await get('self')).toMatchObject({ Metadata: { a: '1' } });
    expect(await textOf('self')).toBe('hello');
  });

  it('depends on the state of its source if asked to', async () => {
    const { ETag } = await put('source');
    const failed = { name: 'PreconditionFailed' };
    await expect(copy('x', `${Bucket}/source`, { CopySourceIfMatch: '"other"' })).rejects.toMatchObject(failed);
    await expect(copy('x', `${Bucket}/source`, { CopySourceIfNoneMatch: ETag })).rejects.toMatchObject(failed);
    await expect(copy('x', `${Bucket}/missing`)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy('x', 'no-such-bucket-here/key')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(copy('x', 'nothing')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('checksums', () => {
  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'of the kind %s are checked, kept, and given to those who ask',
    async (ChecksumAlgorithm) => {
      const name = `Checksum${ChecksumAlgorithm}` as const;
      const written = await put(`sum-${ChecksumAlgorithm}`, { ChecksumAlgorithm });
      expect(written[name]).toBeTruthy();
      // The client checks the body against it as it reads.
      const found = await get(`sum-${ChecksumAlgorithm}`, { ChecksumMode: 'ENABLED' });
      expect(found).toMatchObject({ [name]: written[name], ChecksumType: 'FULL_OBJECT' });
      expect(await found.Body?.transformToString()).toBe('hello');
      const wrong = Buffer.from(written[name] ?? '', 'base64');
      wrong[0] = (wrong[0] ?? 0) ^ 1;
      const refused = put('wrong', { [name]: wrong.toString('base64') });
      await expect(refused).rejects.toMatchObject({ name: 'BadDigest' });
    },
  );

  it.each(['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'] as const)(
    'of the kind %s, which the client leaves to others, are kept too',
    async (algorithm) => {
      const name = `Checksum${algorithm}` as const;
      const digester = findAlgorithm(algorithm)?.create();
      digester?.update(Buffer.from('hello'));
      const value = Buffer.from((await digester?.digest()) ?? []).toString('base64');
      await put(`sum-${algorithm}`, { [name]: value });
      const input = { Bucket, Key: `sum-${algorithm}`, ObjectAttributes: ['Checksum' as const] };
      const found = await s3.send(new GetObjectAttributesCommand(input));
      expect(found.Checksum).toMatchObject({ [name]: value, ChecksumType: 'FULL_OBJECT' });
      await expect(put('wrong', { [name]: value, Body: 'hullo' })).rejects.toMatchObject({ name: 'BadDigest' });
    },
  );

  it('come with attributes, and follow a copy', async () => {
    const { ChecksumSHA256 } = await put('attributed', { ChecksumAlgorithm: 'SHA256' });
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'attributed-2', CopySource: `${Bucket}/attributed` }));
    const input = { Bucket, Key: 'attributed-2' };
    expect(
      await s3.send(
        new GetObjectAttributesCommand({
          ...input,
          ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize', 'StorageClass'],
        }),
      ),
    ).toMatchObject({
      ETag: '5d41402abc4b2a76b9719d911017c592',
      Checksum: { ChecksumSHA256, ChecksumType: 'FULL_OBJECT' },
      ObjectSize: 5,
      StorageClass: 'STANDARD',
    });
  });

  it('of another kind that came first are refused as well', async () => {
    await expect(put('md5', { ContentMD5: Buffer.alloc(16).toString('base64') })).rejects.toMatchObject({
      name: 'BadDigest',
    });
    await expect(put('md5', { ContentMD5: 'short' })).rejects.toMatchObject({ name: 'InvalidDigest' });
  });
});

describe('tags', () => {
  it('are set, read and removed', async () => {
    await put('tagged');
    const input = { Bucket, Key: 'tagged' };
    const TagSet = [{ Key: 'team', Value: 'Café / Cie' }];
    await s3.send(new PutObjectTaggingCommand({ ...input, Tagging: { TagSet } }));
    expect(await s3.send(new GetObjectTaggingCommand(input))).toMatchObject({ TagSet });
    await s3.send(new DeleteObjectTaggingCommand(input));
    expect(await s3.send(new GetObjectTaggingCommand(input))).toMatchObject({ TagSet: [] });
    const twice = { TagSet: [TagSet[0], TagSet[0]].map((tag) => ({ Key: tag?.Key, Value: tag?.Value })) };
    await expect(s3.send(new PutObjectTaggingCommand({ ...input, Tagging: twice }))).rejects.toMatchObject({
      name: 'InvalidTag',
    });
    expect(await textOf('tagged')).toBe('hello');
  });
});

describe('what this S3 does not have', () => {
  it.each([
    ['a list of grants', { ACL: 'public-read' }, 'AccessControlListNotSupported'],
    ['keys of the customer', { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) }, 'NotImplemented'],
    ['keys of KMS', { ServerSideEncryption: 'aws:kms' }, 'NotImplemented'],
    ['archives', { StorageClass: 'DEEP_ARCHIVE' }, 'NotImplemented'],
    ['storage classes that are none', { StorageClass: 'BASEMENT' }, 'InvalidStorageClass'],
    ['more metadata than 2 KB', { Metadata: { a: 'x'.repeat(2100) } }, 'MetadataTooLarge'],
  ] as const)('is refused, not passed over: %s', async (_, more, name) => {
    const plain = s3Client(sandbox, await assume(sandbox, 'ExampleTeleportDynamoDBRole'), { tls: false });
    const command = new PutObjectCommand({ Bucket, Key: 'refused', Body: 'x', ...(more as object) });
    // The client itself wants TLS for a customer's key.
    command.middlewareStack.remove('ssecMiddleware');
    await expect(plain.send(command)).rejects.toMatchObject({ name });
    await expect(get('refused')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('never passes for something that it has', async () => {
    await put('precious');
    const acl = new PutObjectAclCommand({ Bucket, Key: 'precious', ACL: 'private' });
    await expect(s3.send(acl)).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    expect(await textOf('precious')).toBe('hello');
    const read = await s3.send(new GetObjectAclCommand({ Bucket, Key: 'precious' }));
    expect(read.Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }]);
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
