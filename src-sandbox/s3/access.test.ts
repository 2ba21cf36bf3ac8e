import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { formatAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { canonicalRequest } from '../../src-shared/sigv4/canonical-request.ts';
import { formatScope } from '../../src-shared/sigv4/credential-scope.ts';
import { emptyHash, signatureOf, signingKey } from '../../src-shared/sigv4/signing-key.ts';
import { sendRaw } from '../testing/raw-request.ts';
import { privateBucket, publicBucket, s3Client } from '../testing/s3-client.ts';
import { assume, type Credentials, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

/** Who may do what, and how they may say who they are. */

let sandbox: TestSandbox;
let clock = 0;
let writer: S3Client;
let writerKeys: Credentials;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: () => Date.now() + clock });
  writerKeys = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
  writer = s3Client(sandbox, writerKeys);
});
afterAll(() => sandbox.remove());

const clientOf = async (role: string, input = {}, region = 'us-east-1') =>
  s3Client(sandbox, await assume(sandbox, role, input), { region });
const s3ClientOfCanada = () => s3Client(sandbox, writerKeys, { region: 'ca-central-1' });
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
const readme = { Bucket: privateBucket, Key: 'README.txt' };

describe('a role', () => {
  it('that reads may list and read, and change nothing', async () => {
    const s3 = await clientOf('role_for_alice');
    expect((await s3.send(new ListBucketsCommand())).Buckets).toHaveLength(2);
    expect((await s3.send(new ListObjectsV2Command({ Bucket: privateBucket }))).KeyCount).toBe(14);
    const { Body } = await s3.send(new GetObjectCommand(readme));
    expect(await Body?.transformToString()).toContain('Records of the shop');
    await expect(s3.send(new PutObjectCommand({ ...readme, Body: 'x' }))).rejects.toMatchObject({
      ...denied,
      message:
        'User: arn:aws:sts::123456789000:assumed-role/role_for_alice/alice is not authorized to perform: s3:PutObject ' +
        `on resource: arn:aws:s3:::${privateBucket}/README.txt because no identity-based policy allows the s3:PutObject action`,
    });
    for (const command of [
      new DeleteObjectCommand(readme),
      new CreateBucketCommand({ Bucket: 'alices-bucket' }),
      new CopyObjectCommand({ Bucket: privateBucket, Key: 'copy', CopySource: `${privateBucket}/README.txt` }),
    ]) {
      await expect(s3.send(command as DeleteObjectCommand)).rejects.toMatchObject(denied);
    }
    const many = new DeleteObjectsCommand({ Bucket: privateBucket, Delete: { Objects: [{ Key: 'README.txt' }] } });
    expect((await s3.send(many)).Errors).toMatchObject([{ Key: 'README.txt', Code: 'AccessDenied' }]);
    expect((await s3.send(new HeadObjectCommand(readme))).ContentLength).toBe(302);
  });

  it('without S3 may read what is public, and nothing else', async () => {
    const s3 = await clientOf('role_for_bob');
    await expect(s3.send(new ListBucketsCommand())).rejects.toMatchObject(denied);
    await expect(s3.send(new GetObjectCommand(readme))).rejects.toMatchObject(denied);
    const canada = await clientOf('role_for_bob', {}, 'ca-central-1');
    const { Body } = await canada.send(new GetObjectCommand({ Bucket: publicBucket, Key: 'README.md' }));
    expect(await Body?.transformToString()).toContain('# Open data');
    const put = new PutObjectCommand({ Bucket: publicBucket, Key: 'x', Body: 'x' });
    await expect(canada.send(put)).rejects.toMatchObject(denied);
  });

  it('is held to its session policy, by action and resource', async () => {
    const Statement = [
      { Effect: 'Allow', Action: 's3:*', Resource: [`arn:aws:s3:::${privateBucket}/invoices/*`] },
      { Effect: 'Deny', Action: 's3:Delete*', Resource: '*' },
    ];
    const s3 = await clientOf('ExampleTeleportDynamoDBRole', { Policy: JSON.stringify({ Statement }) });
    const key = { Bucket: privateBucket, Key: 'invoices/new.json' };
    await s3.send(new PutObjectCommand({ ...key, Body: '{}' }));
    await expect(s3.send(new DeleteObjectCommand(key))).rejects.toThrow(/explicit deny in a session policy/);
    await expect(s3.send(new GetObjectCommand(readme))).rejects.toThrow(/no session policy allows the s3:GetObject/);
    await writer.send(new DeleteObjectCommand(key));
  });

  it('that may not list is not told what is not there', async () => {
    const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } });
    const s3 = await clientOf('role_for_alice', { Policy });
    const missing = { Bucket: privateBucket, Key: 'missing' };
    await expect(s3.send(new GetObjectCommand(missing))).rejects.toMatchObject(denied);
    await expect(writer.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('copies only what it may read', async () => {
    const Statement = [
      { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${privateBucket}/notes/*` },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' },
    ];
    const s3 = await clientOf('ExampleTeleportDynamoDBRole', { Policy: JSON.stringify({ Statement }) });
    const CopySource = `${privateBucket}/README.txt`;
    const copy = new CopyObjectCommand({ Bucket: privateBucket, Key: 'notes/stolen', CopySource });
    await expect(s3.send(copy)).rejects.toThrow(/s3:GetObject on resource: .*README\.txt/);
  });

  it('is not taken for the owner of somebody else’s bucket', async () => {
    const read = new GetObjectCommand({ ...readme, ExpectedBucketOwner: '999999999999' });
    await expect(writer.send(read)).rejects.toMatchObject(denied);
  });
});

describe('nobody in particular', () => {
  const ask = (path: string, init: RequestInit = {}) => fetch(`${sandbox.endpoints.s3}${path}`, init);

  it('may list and read what is public', async () => {
    const listed = await (await ask(`/${publicBucket}?list-type=2`)).text();
    expect(listed).toContain('<Key>trails/trails.json</Key>');
    expect(await (await ask(`/${publicBucket}/README.md`)).text()).toContain('# Open data');
    expect((await ask(`/${publicBucket}/missing`)).status).toBe(404);
  });

  it.each([
    ['GET', `/${privateBucket}`],
    ['GET', `/${privateBucket}/README.txt`],
    ['GET', `/${publicBucket}?acl`],
    ['PUT', `/${publicBucket}/README.md`],
    ['DELETE', `/${publicBucket}/README.md`],
    ['PUT', '/new-bucket-here'],
  ])('may not %s %s', async (method, path) => {
    const reply = await ask(path, { method });
    expect(reply.status).toBe(403);
    expect(await reply.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Access Denied<\/Message>/);
  });

  it('may not choose what headers say, nor list the account', async () => {
    const reply = await ask(`/${publicBucket}/README.md?response-content-type=text/html`);
    expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('anonymous')]);
    const account = await ask('/', { headers: { 'amz-sdk-invocation-id': '1' } });
    expect([account.status, await account.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });

  it('gets no page that could reach into the console beside it', async () => {
    await s3ClientOfCanada().send(
      new PutObjectCommand({ Bucket: publicBucket, Key: 'x.html', Body: '<script>', ContentType: 'text/html' }),
    );
    const reply = await ask(`/${publicBucket}/x.html`);
    expect(reply.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    await s3ClientOfCanada().send(new DeleteObjectCommand({ Bucket: publicBucket, Key: 'x.html' }));
  });

  it('is not let in by a name that a web page had made to point here', async () => {
    const request = { method: 'GET', target: `/${publicBucket}/README.md`, headers: [], body: '' };
    const { host, port } = new URL(sandbox.endpoints.s3);
    const as = (name: string) => sendRaw(sandbox.endpoints.s3, { ...request, headers: [['Host', name]] });
    expect((await as(host)).status).toBe(200);
    for (const name of ['rebound.example', `rebound.example:${port}`, `127.0.0.1.rebound.example:${port}`]) {
      expect((await as(name)).status).toBe(403);
    }
    const hosted = {
      ...request,
      target: '/README.md',
      headers: [['Host', `${publicBucket}.localhost:${port}`]] as Header[],
    };
    expect((await sendRaw(sandbox.endpoints.s3, hosted)).status).toBe(200);
  });
});

describe('a presigned request', () => {
  it('reads and writes as its signer may, for as long as it says', async () => {
    const key = { Bucket: privateBucket, Key: 'notes/presigned é+.txt' };
    const put = await getSignedUrl(writer, new PutObjectCommand(key), { expiresIn: 60 });
    expect((await fetch(put, { method: 'PUT', body: 'by link' })).status).toBe(200);
    const get = await getSignedUrl(writer, new GetObjectCommand({ ...key, ResponseContentType: 'text/plain' }), {
      expiresIn: 60,
    });
    const reply = await fetch(get);
    expect([await reply.text(), reply.headers.get('content-type')]).toEqual(['by link', 'text/plain']);
    expect((await fetch(get, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(get.replace('text%2Fplain', 'text%2Fhtml'))).status).toBe(403);
    clock = 61_000;
    try {
      const late = await fetch(get);
      expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    } finally {
      clock = 0;
    }
    await writer.send(new DeleteObjectCommand(key));
  });

  it('is no good once its signer’s keys have expired', async () => {
    const keys = await assume(sandbox, 'role_for_alice', { DurationSeconds: 900 });
    const url = await getSignedUrl(s3Client(sandbox, keys), new GetObjectCommand(readme), { expiresIn: 3600 });
    expect((await fetch(url)).status).toBe(200);
    clock = 901_000;
    try {
      expect(await (await fetch(url)).text()).toContain('<Code>ExpiredToken</Code>');
    } finally {
      clock = 0;
    }
  });

  it('does what its signer may, and no more', async () => {
    const url = await getSignedUrl(await clientOf('role_for_alice'), new PutObjectCommand(readme));
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
  });
});

describe('a request with a Date header instead of X-Amz-Date', () => {
  it('is answered, and refused when the date was changed', async () => {
    const time = Math.floor(Date.now() / 1000) * 1000;
    const amzDate = formatAmzDate(time);
    const path = `/${privateBucket}/README.txt`;
    const headers: Header[] = [
      ['Date', new Date(time).toUTCString()],
      ['Host', new URL(sandbox.endpoints.s3).host],
      ['X-Amz-Content-Sha256', emptyHash],
      ['X-Amz-Security-Token', writerKeys.sessionToken],
    ];
    const signedHeaders = headers.map(([name]) => name.toLowerCase());
    const parts = { method: 'GET', canonicalPath: path, query: '', headers, signedHeaders, payloadHash: emptyHash };
    const scope = { date: amzDate.slice(0, 8), region: 'us-east-1', service: 's3' };
    const key = signingKey(writerKeys.secretAccessKey, scope);
    const signature = signatureOf(key, amzDate, scope, canonicalRequest(parts) ?? '');
    const credential = `${writerKeys.accessKeyId}/${formatScope(scope)}`;
    headers.push([
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
    ]);
    const request = { method: 'GET', target: path, headers, body: '' };
    expect((await sendRaw(sandbox.endpoints.s3, request)).status).toBe(200);
    headers[0] = ['Date', new Date(time - 60_000).toUTCString()];
    expect((await sendRaw(sandbox.endpoints.s3, request)).status).toBe(403);
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
