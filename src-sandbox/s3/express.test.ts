import {
  CreateBucketCommand,
  CreateSessionCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListDirectoryBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  type SessionCredentials,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForToken, sessionOf } from '../testing/browser.ts';
import { dynamoDbRequest, type RawRequest, sendRaw, signed } from '../testing/raw-request.ts';
import { privateBucket, s3Client, s3ClientOfHosts } from '../testing/s3-client.ts';
import { assume, type Credentials, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

/** Directory buckets (S3 Express One Zone) and the sessions that they are used with. */

const Bucket = 'fast--use1-az4--x-s3';
const other = 'other--use1-az4--x-s3';
let sandbox: TestSandbox;
let clock = 0;
let keys: Credentials;
let s3: S3Client;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: () => Date.now() + clock });
  keys = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
  s3 = s3ClientOfHosts(sandbox, keys);
  for (const name of [Bucket, other]) {
    const CreateBucketConfiguration = {
      Location: { Type: 'AvailabilityZone' as const, Name: 'use1-az4' },
      Bucket: { Type: 'Directory' as const, DataRedundancy: 'SingleAvailabilityZone' as const },
    };
    await s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
  }
});
afterAll(() => sandbox.remove());

async function session(mode: 'ReadOnly' | 'ReadWrite', client = s3): Promise<SessionCredentials> {
  const { Credentials: credentials } = await client.send(new CreateSessionCommand({ Bucket, SessionMode: mode }));
  if (!credentials) throw new Error('no session');
  return credentials;
}

/** Sends a request that is signed with a session's keys. */
function send(request: RawRequest, { AccessKeyId, SecretAccessKey, SessionToken }: SessionCredentials, more = {}) {
  const origin = sandbox.endpoints.s3;
  const sessionKeys = {
    accessKeyId: AccessKeyId ?? '',
    secretAccessKey: SecretAccessKey ?? '',
    sessionToken: SessionToken,
    tokenHeader: 'x-amz-s3session-token',
    ...more,
  };
  const contentSha256 = 'UNSIGNED-PAYLOAD';
  return sendRaw(origin, signed(origin, request, { service: 's3express', keys: sessionKeys, contentSha256 }));
}

const read: RawRequest = { method: 'GET', target: `/${Bucket}/key`, headers: [], body: '' };
const write: RawRequest = { method: 'PUT', target: `/${Bucket}/key`, headers: [], body: 'x' };

describe('a directory bucket', () => {
  it('is used by AWS’s client, which makes sessions by itself', async () => {
    const sent: string[] = [];
    const watched = s3ClientOfHosts(sandbox, keys);
    watched.middlewareStack.add(
      (next) => (args) => {
        sent.push(Object.keys((args.request as { headers: Record<string, string> }).headers).join(' '));
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await watched.send(new PutObjectCommand({ Bucket, Key: 'by the client', Body: 'hello' }));
    expect(sent.at(-1)).toContain('x-amz-s3session-token');
    const { Body, StorageClass } = await watched.send(new GetObjectCommand({ Bucket, Key: 'by the client' }));
    expect([await Body?.transformToString(), StorageClass]).toEqual(['hello', 'EXPRESS_ONEZONE']);
    const params = { Bucket, Key: 'in parts', Body: Buffer.alloc(6 * 1024 * 1024) };
    await new Upload({ client: watched, params }).done();
    expect((await watched.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(2);
    for (const Key of ['by the client', 'in parts']) await watched.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  it('is used by it at an address as well', async () => {
    const here = s3Client(sandbox, keys);
    await here.send(new PutObjectCommand({ Bucket, Key: 'a//b', Body: 'here' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a//b' }));
    expect(await Body?.transformToString()).toBe('here');
    await here.send(new DeleteObjectCommand({ Bucket, Key: 'a//b' }));
  });

  it('can be used with IAM’s own signatures too', async () => {
    const plain = s3ClientOfHosts(sandbox, keys, { disableS3ExpressSessionAuth: true });
    await plain.send(new PutObjectCommand({ Bucket, Key: 'plain', Body: 'x' }));
    expect((await plain.send(new HeadObjectCommand({ Bucket, Key: 'plain' }))).ContentLength).toBe(1);
    await plain.send(new DeleteObjectCommand({ Bucket, Key: 'plain' }));
    const alice = s3ClientOfHosts(sandbox, await assume(sandbox, 'role_for_alice'), {
      disableS3ExpressSessionAuth: true,
    });
    const denied = alice.send(new HeadObjectCommand({ Bucket, Key: 'plain' }));
    await expect(denied).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('is listed with its kind, and not with the others', async () => {
    const { Buckets } = await s3.send(new ListDirectoryBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket, other]);
    expect((await s3.send(new ListBucketsCommand())).Buckets).toHaveLength(2);
    await s3.send(new DeleteBucketCommand({ Bucket: other }));
    expect((await s3.send(new ListDirectoryBucketsCommand())).Buckets).toHaveLength(1);
  });
});

describe('a session', () => {
  it('is good for its bucket', async () => {
    const credentials = await session('ReadWrite');
    expect(credentials.Expiration?.getTime()).toBeLessThanOrEqual(Date.now() + 300_000);
    expect(credentials.Expiration?.getTime()).toBeGreaterThan(Date.now() + 200_000);
    expect((await send(write, credentials)).status).toBe(200);
    expect(await send(read, credentials)).toMatchObject({ status: 200, body: 'x' });
  });

  it('may be one that reads only', async () => {
    const credentials = await session('ReadOnly');
    expect((await send(read, credentials)).status).toBe(200);
    expect(await send(write, credentials)).toMatchObject({ status: 403, body: expect.stringContaining('read only') });
  });

  it('is good for nothing else', async () => {
    const credentials = await session('ReadWrite');
    const elsewhere = { ...read, target: `/${privateBucket}/README.txt` };
    expect((await send(elsewhere, credentials)).status).toBe(404);
    expect((await send({ ...read, target: '/' }, credentials)).status).toBe(403);
    expect((await send({ ...read, method: 'DELETE', target: `/${Bucket}` }, credentials)).status).toBe(403);
    expect((await send({ ...read, target: `/${Bucket}?session` }, credentials)).status).toBe(403);
    const sessionKeys = {
      accessKeyId: credentials.AccessKeyId ?? '',
      secretAccessKey: credentials.SecretAccessKey ?? '',
      sessionToken: credentials.SessionToken,
    };
    const origin = sandbox.endpoints.dynamodb;
    const tables = signed(origin, dynamoDbRequest('ListTables', {}), { service: 'dynamodb', keys: sessionKeys });
    expect((await sendRaw(origin, tables)).body).toContain('UnrecognizedClientException');
    const signIn = await askForToken(sandbox, sessionOf(sessionKeys as Credentials));
    expect(signIn.status).toBe(400);
  });

  it('wants its token, in the header that is for it', async () => {
    const credentials = await session('ReadWrite');
    const invalid = { status: 403, body: expect.stringContaining('InvalidAccessKeyId') };
    expect(await send(read, credentials, { sessionToken: undefined })).toMatchObject(invalid);
    expect(await send(read, credentials, { sessionToken: `${credentials.SessionToken}x` })).toMatchObject(invalid);
    expect(await send(read, credentials, { tokenHeader: 'X-Amz-Security-Token' })).toMatchObject(invalid);
    const asSession = {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
    };
    expect(await send(read, { ...asSession, Expiration: undefined })).toMatchObject(invalid);
  });

  it('ends after five minutes', async () => {
    const credentials = await session('ReadWrite');
    const sign = (time: number) =>
      sendRaw(
        sandbox.endpoints.s3,
        signed(sandbox.endpoints.s3, read, {
          service: 's3express',
          contentSha256: 'UNSIGNED-PAYLOAD',
          time,
          keys: {
            accessKeyId: credentials.AccessKeyId ?? '',
            secretAccessKey: credentials.SecretAccessKey ?? '',
            sessionToken: credentials.SessionToken,
            tokenHeader: 'x-amz-s3session-token',
          },
        }),
      );
    clock = 301_000;
    try {
      expect((await sign(Date.now() + clock)).body).toContain('<Code>ExpiredToken</Code>');
    } finally {
      clock = 0;
    }
  });

  it('is not to be had for other buckets, nor by those who may not', async () => {
    const origin = sandbox.endpoints.s3;
    const ask = (target: string, service: string) =>
      sendRaw(origin, signed(origin, { ...read, target }, { service, keys, contentSha256: 'UNSIGNED-PAYLOAD' }));
    expect((await ask(`/${privateBucket}?session`, 's3')).status).toBe(400);
    expect((await ask(`/${privateBucket}?session`, 's3express')).status).toBe(404);
    expect((await ask(`/${Bucket}?session`, 's3')).status).toBe(404);
    const alice = s3ClientOfHosts(sandbox, await assume(sandbox, 'role_for_alice'));
    await expect(session('ReadOnly', alice)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
