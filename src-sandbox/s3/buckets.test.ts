import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  type ListObjectsCommandOutput,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawRequest, sendRaw, signed } from '../testing/raw-request.ts';
import { privateBucket, publicBucket, s3Client, s3ClientOfHosts } from '../testing/s3-client.ts';
import { assume, type Credentials, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
let keys: Credentials;
let s3: S3Client;
let canada: S3Client;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  keys = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
  s3 = s3Client(sandbox, keys);
  canada = s3Client(sandbox, keys, { region: 'ca-central-1' });
});
afterAll(() => sandbox.remove());

const create = (Bucket: string, more: Partial<CreateBucketCommandInput> = {}, client = s3) =>
  client.send(new CreateBucketCommand({ Bucket, ...more }));

describe('a bucket', () => {
  it('is made, found, listed and removed', async () => {
    await create('made-here');
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'made-here' }))).toMatchObject({ BucketRegion: 'us-east-1' });
    const { Buckets, Owner } = await s3.send(new ListBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['made-here', publicBucket, privateBucket]);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    const page = await s3.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    const rest = await s3.send(new ListBucketsCommand({ ContinuationToken: page.ContinuationToken }));
    expect(rest.Buckets?.map(({ Name }) => Name)).toEqual([privateBucket]);
    const inCanada = await s3.send(new ListBucketsCommand({ BucketRegion: 'ca-central-1' }));
    expect(inCanada.Buckets).toMatchObject([{ Name: publicBucket, BucketRegion: 'ca-central-1' }]);
    await s3.send(new DeleteBucketCommand({ Bucket: 'made-here' }));
    const gone = s3.send(new HeadBucketCommand({ Bucket: 'made-here' }));
    await expect(gone).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('can only be removed when it is empty', async () => {
    await create('not-empty');
    await s3.send(new PutObjectCommand({ Bucket: 'not-empty', Key: 'a', Body: 'x' }));
    const remove = () => s3.send(new DeleteBucketCommand({ Bucket: 'not-empty' }));
    await expect(remove()).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await s3.send(new DeleteObjectCommand({ Bucket: 'not-empty', Key: 'a' }));
    await remove();
  });

  it.each(['ab', 'UPPER', 'under_score', '192.168.0.1', 'dots..dots', 'xn--bucket', 'a'.repeat(64), 'not--x-s3'])(
    'has a name that follows the rules: not %s',
    async (name) => {
      // The client would refuse some of these itself.
      const request: RawRequest = { method: 'PUT', target: `/${name}`, headers: [], body: '' };
      const origin = sandbox.endpoints.s3;
      const reply = await sendRaw(
        origin,
        signed(origin, request, { service: 's3', keys, contentSha256: 'UNSIGNED-PAYLOAD' }),
      );
      expect(reply).toMatchObject({ status: 400, body: expect.stringContaining('<Code>InvalidBucketName</Code>') });
    },
  );

  it('belongs to one region, which its maker chooses', async () => {
    const inCanada = { CreateBucketConfiguration: { LocationConstraint: 'ca-central-1' as const } };
    await create('canadian', inCanada, canada);
    expect(await canada.send(new GetBucketLocationCommand({ Bucket: 'canadian' }))).toMatchObject({
      LocationConstraint: 'ca-central-1',
    });
    await expect(create('canadian', inCanada, canada)).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    await create('canadian-2', inCanada);
    const illegal = { name: 'IllegalLocationConstraintException' };
    // Without a word on the region, the client itself adds its own.
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } };
    await expect(create('nowhere', elsewhere, canada)).rejects.toMatchObject(illegal);
    const moon = { CreateBucketConfiguration: { LocationConstraint: 'moon-north-1' as 'eu-west-1' } };
    await expect(create('nowhere', moon)).rejects.toMatchObject({ name: 'InvalidLocationConstraint' });
    await create('twice');
    await create('twice');
  });

  it('tells clients that come to the wrong region where it is', async () => {
    const list = new ListObjectsV2Command({ Bucket: publicBucket });
    await expect(s3.send(list)).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      Region: 'ca-central-1',
      message: expect.stringContaining("the region 'us-east-1' is wrong; expecting 'ca-central-1'"),
    });
    const other = s3Client(sandbox, keys, { region: 'US' });
    await expect(other.send(new ListBucketsCommand())).rejects.toMatchObject({ Region: 'us-east-1' });
  });

  it('is where AWS’s client looks for it, wherever that is', async () => {
    const client = s3ClientOfHosts(sandbox, keys, { followRegionRedirects: true });
    expect((await client.send(new ListObjectsV2Command({ Bucket: privateBucket }))).KeyCount).toBe(14);
    // By its first answer it learns that it has come to the wrong host.
    expect((await client.send(new ListObjectsV2Command({ Bucket: publicBucket }))).KeyCount).toBe(5);
    expect((await client.send(new ListBucketsCommand())).Buckets?.length).toBeGreaterThan(1);
  });

  it('is found by its host as well as by the path', async () => {
    const origin = sandbox.endpoints.s3;
    const ask = (host: string, target: string) => {
      const request: RawRequest = { method: 'GET', target, headers: [], body: '' };
      const signing = { service: 's3', region: 'ca-central-1', keys, contentSha256: 'UNSIGNED-PAYLOAD' };
      return sendRaw(origin, signed(`https://${host}`, request, signing));
    };
    for (const [host, target] of [
      [`${publicBucket}.s3.ca-central-1.amazonaws.com`, '/README.md'],
      [`${publicBucket}.s3.amazonaws.com`, '/README.md'],
      ['s3.ca-central-1.amazonaws.com', `/${publicBucket}/README.md`],
      ['s3.example.test', `/${publicBucket}/README.md`],
    ] as const) {
      expect(await ask(host, target)).toMatchObject({ status: 200, body: expect.stringContaining('# Open data') });
    }
    const moved = await ask(`${publicBucket}.s3.eu-west-1.amazonaws.com`, '/README.md');
    expect(moved).toMatchObject({
      status: 301,
      headers: { 'x-amz-bucket-region': 'ca-central-1' },
      body: expect.stringContaining(`<Endpoint>${publicBucket}.s3.ca-central-1.amazonaws.com</Endpoint>`),
    });
    const control = await ask('123456789000.s3-control.ca-central-1.amazonaws.com', '/v20180820/jobs');
    expect(control).toMatchObject({ status: 501, body: expect.stringContaining('<Code>NotImplemented</Code>') });
  });
});

describe('the settings of a bucket', () => {
  it('are those of a bucket on which nobody has set anything', async () => {
    const input = { Bucket: privateBucket };
    expect((await s3.send(new GetBucketVersioningCommand(input))).Status).toBeUndefined();
    expect((await s3.send(new GetBucketAclCommand(input))).Grants).toHaveLength(1);
    const cors = s3.send(new GetBucketCorsCommand(input));
    await expect(cors).rejects.toMatchObject({ name: 'NoSuchCORSConfiguration' });
    await expect(s3.send(new GetBucketPolicyCommand(input))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    const status = await canada.send(new GetBucketPolicyStatusCommand({ Bucket: publicBucket }));
    expect(status.PolicyStatus).toEqual({ IsPublic: true });
    const { Policy = '' } = await canada.send(new GetBucketPolicyCommand({ Bucket: publicBucket }));
    expect(JSON.parse(Policy).Statement[0]).toMatchObject({ Effect: 'Allow', Principal: '*' });
  });

  it('cannot be changed', async () => {
    const enable = { Bucket: privateBucket, VersioningConfiguration: { Status: 'Enabled' as const } };
    await expect(s3.send(new PutBucketVersioningCommand(enable))).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('a listing', () => {
  const Bucket = 'listing-test';
  const keysThere = ['a.txt', 'b/1', 'b/2', 'b/c/3', 'é/x', 'z & <y>\n', '日'];
  beforeAll(async () => {
    await create(Bucket);
    for (const Key of keysThere) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  });

  it('has all keys, in the order of their bytes, page by page', async () => {
    const inOrder = ['a.txt', 'b/1', 'b/2', 'b/c/3', 'z & <y>\n', 'é/x', '日'];
    const found: unknown[] = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket })) {
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
    }
    expect(found).toEqual(inOrder);
    let Marker: string | undefined;
    const old: unknown[] = [];
    do {
      const page: ListObjectsCommandOutput = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 3, Marker }));
      old.push(...(page.Contents ?? []).map(({ Key }) => Key));
      Marker = page.IsTruncated ? page.Contents?.at(-1)?.Key : undefined;
    } while (Marker !== undefined);
    expect(old).toEqual(inOrder);
  });

  it('rolls up what has the delimiter', async () => {
    const top = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', FetchOwner: true }));
    expect(top).toMatchObject({
      KeyCount: 5,
      CommonPrefixes: [{ Prefix: 'b/' }, { Prefix: 'é/' }],
      Contents: [{ Key: 'a.txt', Size: 5, StorageClass: 'STANDARD', Owner: { ID: expect.any(String) } }, {}, {}],
    });
    const inner = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', Prefix: 'b/', StartAfter: 'b/1' }));
    expect(inner).toMatchObject({
      Contents: [{ Key: 'b/2' }],
      CommonPrefixes: [{ Prefix: 'b/c/' }],
      StartAfter: 'b/1',
    });
    const first = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'b/' });
    const second = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: 'b/' }));
    expect(second.CommonPrefixes).toEqual([{ Prefix: 'é/' }]);
  });

  it('has its names encoded if asked to', async () => {
    const list = new ListObjectsV2Command({ Bucket, EncodingType: 'url', Prefix: 'z ', Delimiter: '&' });
    expect(await s3.send(list)).toMatchObject({
      EncodingType: 'url',
      Prefix: 'z+',
      Delimiter: '%26',
      CommonPrefixes: [{ Prefix: 'z+%26' }],
    });
  });

  it('refuses what it cannot read', async () => {
    const refused = { name: 'InvalidArgument' };
    for (const input of [{ ContinuationToken: 'forged' }, { MaxKeys: -1 }, { EncodingType: 'base64' as 'url' }]) {
      await expect(s3.send(new ListObjectsV2Command({ Bucket, ...input }))).rejects.toMatchObject(refused);
    }
    expect(await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).toMatchObject({ KeyCount: 0 });
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
