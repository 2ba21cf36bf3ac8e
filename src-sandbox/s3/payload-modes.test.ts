import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { formatAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { ChunkEncoder, encodedLength } from '../../src-shared/sigv4/chunk-encoder.ts';
import { signHeaders } from '../../src-shared/sigv4/sign.ts';
import { sha256Hex, signingKey } from '../../src-shared/sigv4/signing-key.ts';
import { type RawReply, type RawRequest, sendRaw } from '../testing/raw-request.ts';
import { s3Client } from '../testing/s3-client.ts';
import { assume, type Credentials, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

/** Every way in which a payload can be sent and signed, and what becomes of one that is not as declared. */

const Bucket = 'payload-test';
const target = `/${Bucket}/uploaded`;
const trailerName = 'x-amz-checksum-crc32';
let sandbox: TestSandbox;
let keys: Credentials;
let s3: S3Client;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  keys = await assume(sandbox, 'ExampleTeleportDynamoDBRole');
  s3 = s3Client(sandbox, keys);
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => sandbox.remove());

interface Upload {
  body: Buffer;
  /** `x-amz-content-sha256`. */
  declared: string;
  headers?: readonly Header[];
}

const time = Date.now();

/** A signed PutObject, and what its chunks go on from. */
function signedPut({ body, declared, headers = [] }: Upload) {
  const all: Header[] = [
    ['Host', new URL(sandbox.endpoints.s3).host],
    ['Content-Length', String(body.length)],
    ['X-Amz-Content-Sha256', declared],
    ...headers,
  ];
  const signedNames = all.map(([name]) => name.toLowerCase());
  const scope = { service: 's3', region: 'us-east-1', signedHeaders: signedNames, payloadHash: declared, time };
  return signHeaders({ method: 'PUT', path: target, query: '', headers: all }, scope, keys);
}

const send = (request: RawRequest) => sendRaw(sandbox.endpoints.s3, request);
const put = (upload: Upload) => send({ method: 'PUT', target, headers: signedPut(upload).headers, body: upload.body });

/** Puts in signed chunks, with a trailer if there is one. */
async function putSigned(payload: Buffer, trailer?: string, alter = (encoded: Buffer) => encoded): Promise<RawReply> {
  const names = trailer === undefined ? [] : [trailerName];
  const length = encodedLength(payload.length, names) ?? 0;
  const declared = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer === undefined ? '' : '-TRAILER'}`;
  const headers: Header[] = [
    ['Content-Encoding', 'aws-chunked'],
    ['X-Amz-Decoded-Content-Length', String(payload.length)],
    ...names.map((name): Header => ['X-Amz-Trailer', name]),
  ];
  const signed = signedPut({ body: Buffer.alloc(length), declared, headers });
  const scope = { date: formatAmzDate(time).slice(0, 8), region: 'us-east-1', service: 's3' };
  const signing = {
    key: signingKey(keys.secretAccessKey, scope),
    amzDate: formatAmzDate(time),
    scope,
    seedSignature: signed.signature,
  };
  const encoder = new ChunkEncoder(signing, trailer === undefined ? undefined : () => [[trailerName, trailer]]);
  const encoded = await buffer(Readable.from([payload], { objectMode: false }).pipe(encoder));
  return send({ method: 'PUT', target, headers: signed.headers, body: alter(encoded) });
}

/** Puts in chunks that are not signed. */
function putUnsigned(chunks: readonly string[], trailers: string, more: readonly Header[] = []): Promise<RawReply> {
  const framed = chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`).join('');
  const body = Buffer.from(`${framed}0\r\n${trailers}\r\n`);
  const headers: Header[] = [
    ['Content-Encoding', 'aws-chunked,gzip'],
    ['X-Amz-Decoded-Content-Length', String(Buffer.byteLength(chunks.join('')))],
    ['X-Amz-Trailer', trailerName],
    ...more,
  ];
  return put({ body, declared: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', headers });
}

async function stored(): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'uploaded' }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

function crcOf(bytes: Buffer | string): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(bytes));
  return digest.toString('base64');
}

const refusedWith = (status: number, code: string) => ({
  status,
  body: expect.stringContaining(`<Code>${code}</Code>`),
});
const payload = randomBytes(150_000);

describe('a payload whose hash is declared', () => {
  it('is taken if it has that hash', async () => {
    expect((await put({ body: payload, declared: sha256Hex(payload) })).status).toBe(200);
    expect((await stored()).equals(payload)).toBe(true);
  });

  it('is refused if it has not, and what was there stays', async () => {
    await put({ body: Buffer.from('before'), declared: sha256Hex('before') });
    const refused = refusedWith(400, 'XAmzContentSHA256Mismatch');
    expect(await put({ body: payload, declared: sha256Hex('else') })).toMatchObject(refused);
    expect((await stored()).toString()).toBe('before');
  });
});

describe('a payload that is not signed', () => {
  it('is taken as it is', async () => {
    expect((await put({ body: payload, declared: 'UNSIGNED-PAYLOAD' })).status).toBe(200);
    expect((await stored()).equals(payload)).toBe(true);
  });

  it('has to say so', async () => {
    const { headers } = signedPut({ body: payload, declared: 'UNSIGNED-PAYLOAD' });
    const silent = headers.filter(([name]) => name !== 'X-Amz-Content-Sha256');
    const reply = await send({ method: 'PUT', target, headers: silent, body: payload });
    expect(reply).toMatchObject(refusedWith(400, 'InvalidRequest'));
    expect(await put({ body: payload, declared: 'WHATEVER' })).toMatchObject(refusedWith(400, 'InvalidArgument'));
  });
});

describe('a payload in signed chunks', () => {
  it.each([0, 1, 65_536, 65_537, 150_000])('of %s bytes is taken', async (length) => {
    expect((await putSigned(payload.subarray(0, length))).status).toBe(200);
    expect((await stored()).equals(payload.subarray(0, length))).toBe(true);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'uploaded' }));
    expect(head.ContentEncoding).toBeUndefined();
  });

  it('is taken with a trailer that is signed as well', async () => {
    const reply = await putSigned(payload, crcOf(payload));
    expect(reply).toMatchObject({ status: 200, headers: { [trailerName]: crcOf(payload) } });
    expect((await stored()).equals(payload)).toBe(true);
  });

  it('is refused when a byte of it was changed on the way', async () => {
    const alter = (encoded: Buffer) => {
      encoded[100_000] = (encoded[100_000] ?? 0) ^ 1;
      return encoded;
    };
    expect(await putSigned(payload, undefined, alter)).toMatchObject(refusedWith(403, 'SignatureDoesNotMatch'));
  });

  it('is refused when its trailer was changed, or is not true', async () => {
    const alter = (encoded: Buffer) =>
      Buffer.from(encoded.toString('latin1').replace(crcOf(payload), crcOf('else')), 'latin1');
    const mismatch = refusedWith(403, 'SignatureDoesNotMatch');
    expect(await putSigned(payload, crcOf(payload), alter)).toMatchObject(mismatch);
    expect(await putSigned(payload, crcOf('else'))).toMatchObject(refusedWith(400, 'BadDigest'));
  });
});

describe('a payload in chunks that are not signed', () => {
  it('is taken with a trailer that is true', async () => {
    const reply = await putUnsigned(['hello, ', 'world'], `${trailerName}:${crcOf('hello, world')}\r\n`);
    expect(reply.status).toBe(200);
    expect((await stored()).toString()).toBe('hello, world');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'uploaded', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentEncoding: 'gzip', ChecksumCRC32: crcOf('hello, world') });
  });

  it.each([
    ['whose trailer is not true', ['hello'], `${trailerName}:${crcOf('hullo')}\r\n`, [], 'BadDigest'],
    ['without the trailer that was announced', ['hello'], '', [], 'MalformedTrailerError'],
    ['with another trailer', ['hello'], 'x-amz-checksum-sha1:x\r\n', [], 'MalformedTrailerError'],
    ['whose trailer is no checksum', ['hello'], `${trailerName}:?\r\n`, [], 'InvalidRequest'],
    ['with a checksum too many', ['hello'], '', [['X-Amz-Checksum-Sha1', 'x']] as Header[], 'InvalidRequest'],
  ] as const)('is refused %s', async (_, chunks, trailers, more, code) => {
    expect(await putUnsigned(chunks, trailers, more)).toMatchObject(refusedWith(400, code));
  });

  it('is refused when it is longer or shorter than it says, or no chunks at all', async () => {
    for (const [body, length] of [
      ['5\r\nhello\r\n0\r\n\r\n', '4'],
      ['5\r\nhello\r\n0\r\n\r\n', '6'],
      ['5\r\nhello', '5'],
      ['hello', '5'],
    ] as const) {
      const headers: Header[] = [['X-Amz-Decoded-Content-Length', length]];
      const upload = { body: Buffer.from(body), declared: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', headers };
      expect(await put(upload)).toMatchObject(refusedWith(400, 'IncompleteBody'));
    }
    const unannounced = { body: payload, declared: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    expect(await put(unannounced)).toMatchObject(refusedWith(411, 'MissingContentLength'));
  });
});

describe('a client that asks before it sends its payload', () => {
  const connectTo = () => {
    const { hostname, port } = new URL(sandbox.endpoints.s3);
    return connect(Number(port), hostname);
  };
  const headOf = (headers: readonly Header[]) =>
    `PUT ${target} HTTP/1.1\r\n${[...headers, ['Expect', '100-continue'] as const].map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;

  it('is told to go on', async () => {
    const socket = connectTo();
    socket.write(headOf(signedPut({ body: Buffer.from('hello'), declared: sha256Hex('hello') }).headers));
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 /);
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('is told at once that it need not', async () => {
    const socket = connectTo();
    const { headers } = signedPut({ body: payload, declared: 'UNSIGNED-PAYLOAD' });
    socket.write(headOf(headers.filter(([name]) => name !== 'Authorization')));
    // The connection ends: what might follow is no request.
    const answer = await buffer(socket);
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 .*AccessDenied/s);
    expect(answer.toString()).toMatch(/^connection: close\r$/im);
  });
});

describe('a client that goes away in the middle', () => {
  it('leaves nothing behind', async () => {
    await put({ body: Buffer.from('before'), declared: sha256Hex('before') });
    const { hostname, port } = new URL(sandbox.endpoints.s3);
    const socket = connect(Number(port), hostname);
    const { headers } = signedPut({ body: payload, declared: 'UNSIGNED-PAYLOAD' });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`PUT ${target} HTTP/1.1\r\n${head}Expect: 100-continue\r\n\r\n`);
    await once(socket, 'data');
    socket.write(payload.subarray(0, 1000));
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await stored()).toString()).toBe('before');
  });
});

it('nothing of this was a fault of the sandbox', () => {
  expect(sandbox.faults).toEqual([]);
});
