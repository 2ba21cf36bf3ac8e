import { createHash } from 'node:crypto';
import { fstatSync, type ReadStream, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { formatAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { ChunkEncoder, encodedLength } from '../../src-shared/sigv4/chunk-encoder.ts';
import { type ChunkSigning, chunkSignature } from '../../src-shared/sigv4/chunk-signature.ts';
import { signHeaders } from '../../src-shared/sigv4/sign.ts';
import { emptyHash, signingKey } from '../../src-shared/sigv4/signing-key.ts';
import { holder } from './testing/signed.ts';
import { TestGateway } from './testing/test-gateway.ts';

let test: TestGateway;
beforeAll(async () => {
  test = await TestGateway.start({ limits: { heldBytes: 64 * 1024, spilledBytes: 1024 * 1024 } });
});
beforeEach(() => test.reset());
afterAll(() => test.stop());

const megabyte = Buffer.alloc(1024 * 1024, 'x');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const declares = (hash: string): Header => ['x-amz-content-sha256', hash];

describe.each(['proxy', 'endpoint'] as const)('a body in %s mode', (mode) => {
  const host = () => (mode === 'proxy' ? 's3.us-east-1.amazonaws.com' : test.hostOf(mode));

  /** An upload to S3 as an SDK makes it. */
  async function put(body: Buffer | Readable, headers: Header[], signed: Header[] = []) {
    const all: Header[] = [['Host', host()], ...headers, ...signed];
    const payloadHash = headers.find(([name]) => name === 'x-amz-content-sha256')?.[1] ?? '';
    const scope = { service: 's3', region: 'us-east-1', payloadHash, time: Date.now() };
    const signedHeaders = all.map(([name]) => name.toLowerCase());
    const unsigned = { method: 'PUT', path: '/bucket/key', query: '', headers: all };
    const { headers: final, signature } = signHeaders(unsigned, { ...scope, signedHeaders }, holder);
    const send = (what: Buffer | Readable) =>
      request(`https://${host()}/bucket/key`, {
        dispatcher: test.dispatcherOf(mode),
        method: 'PUT',
        headers: final.flat(),
        body: what,
      }).then(async (reply) => ({ status: reply.statusCode, text: await reply.body.text() }));
    return { send, signature, time: scope.time, body };
  }

  it('that is declared unsigned streams both ways', async () => {
    test.answer = () => ({ status: 200, headers: [], body: Readable.from(Array.from({ length: 8 }, () => megabyte)) });
    const { send } = await put(megabyte, [declares('UNSIGNED-PAYLOAD')]);
    const reply = await send(Readable.from(Array.from({ length: 20 }, () => megabyte)));
    expect(reply.text).toHaveLength(8 * megabyte.length);
    expect(test.calls[0]?.body).toHaveLength(20 * megabyte.length);
    expect(test.calls[0]?.call.payloadHash).toBe('UNSIGNED-PAYLOAD');
  });

  it('whose hash is declared streams, and its last bytes only follow when the hash is right', async () => {
    const large = Buffer.concat([megabyte, megabyte, megabyte]);
    const good = await put(large, [declares(sha256(large))]);
    expect((await good.send(large)).status).toBe(200);
    expect(test.calls[0]?.body).toHaveLength(large.length);

    test.reset();
    let arrived = 0;
    test.readBody = async ({ body }) => {
      for await (const chunk of body as Readable) arrived += (chunk as Buffer).length;
      return 'never';
    };
    const altered = Buffer.from(large);
    altered[5] = 0;
    const bad = await put(large, [declares(sha256(large))]);
    const reply = await bad.send(altered);
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('does not have the hash');
    expect(arrived).toBeLessThan(large.length);
  });

  it('that is small is checked before it is sent on at all', async () => {
    const { send } = await put(Buffer.from('hello'), [declares(sha256(Buffer.from('hello')))]);
    expect((await send(Buffer.from('jello'))).text).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect(test.calls).toEqual([]);
  });

  it('in unsigned chunks goes through as it is', async () => {
    const chunked = Buffer.from('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n');
    const { send } = await put(chunked, [
      declares('STREAMING-UNSIGNED-PAYLOAD-TRAILER'),
      ['x-amz-decoded-content-length', '5'],
      ['x-amz-trailer', 'x-amz-checksum-crc32'],
    ]);
    expect((await send(chunked)).status).toBe(200);
    expect(test.calls[0]?.body).toBe(chunked.toString());
  });

  it.each([false, true])('in signed chunks arrives without them (with trailers: %s)', async (hasTrailers) => {
    const payload = Buffer.alloc(200_000, 'p');
    const { send, signature, time } = await put(payload, chunkHeaders(payload.length, hasTrailers));
    const body = await chunked(payload, signature, time, hasTrailers);
    expect((await send(body)).status).toBe(200);
    expect(test.calls[0]?.body).toBe(payload.toString());
    expect(test.calls[0]?.call.trailers?.()).toEqual(hasTrailers ? [['x-amz-checksum-crc32', 'NhCmhg==']] : undefined);
    const text = JSON.stringify(test.calls[0]?.call);
    expect(text).not.toContain('chunk-signature');
  });

  it('in one signed chunk of 1 GiB is never held, and neither are its pieces', async () => {
    const size = 1024 * megabyte.length;
    const { send, signature, time } = await put(megabyte, chunkHeaders(size, false));
    const signing = signingOf(signature, time);
    const hash = createHash('sha256');
    for (let at = 0; at < size; at += megabyte.length) hash.update(megabyte);
    const first = chunkSignature(signing, signature, hash.digest('hex'));
    const last = chunkSignature(signing, first, emptyHash);
    function* oneChunk() {
      yield Buffer.from(`${size.toString(16)};chunk-signature=${first}\r\n`);
      for (let at = 0; at < size; at += megabyte.length) yield megabyte;
      yield Buffer.from(`\r\n0;chunk-signature=${last}\r\n\r\n`);
    }
    const before = process.memoryUsage().arrayBuffers;
    let [most, arrived] = [0, 0];
    test.readBody = async ({ body }) => {
      // Made anew as the app-service does it: in chunks of 64 KiB.
      const encoder = new ChunkEncoder(signing, undefined, test.calls.at(-1)?.call.knownHash);
      for await (const piece of (body as Readable).pipe(encoder)) {
        arrived += (piece as Buffer).length;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
      return '';
    };
    expect((await send(Readable.from(oneChunk()))).status).toBe(200);
    expect(arrived).toBe(encodedLength(size, []));
    expect(most).toBeLessThan(64 * megabyte.length);
  }, 180_000);

  it('in signed chunks that were altered never ends well', async () => {
    const payload = Buffer.alloc(200_000, 'p');
    const { send, signature, time } = await put(payload, chunkHeaders(payload.length, true));
    const body = await chunked(payload, signature, time, true);
    const hostile: [Buffer, string][] = [
      [flip(body, 150_000), 'The signature of a chunk'],
      [Buffer.from(body.toString('latin1').replace('NhCmhg==', 'NhCmhh=='), 'latin1'), 'The signature of the trailers'],
      [body.subarray(0, 70_000), 'ends before its last chunk'],
    ];
    for (const [altered, words] of hostile) {
      test.reset();
      const reply = await send(altered);
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.text).toContain(words);
    }
  });

  it('that is signed in a way that we do not do is refused by name', async () => {
    const { send } = await put(megabyte, [declares('STREAMING-AWS4-HMAC-SHA256-EVENTS')]);
    const reply = await send(Buffer.from('x'));
    expect(reply.status).toBe(501);
    expect(reply.text).toContain('STREAMING-AWS4-HMAC-SHA256-EVENTS');
  });

  it('without a declared hash is held, in a file without a name when it is large', async () => {
    const body = 'y'.repeat(300_000);
    expect((await test.send(mode, { body })).status).toBe(200);
    expect(test.calls[0]?.body).toBe(body);
    expect(test.calls[0]?.call.payloadHash).toBe(sha256(Buffer.from(body)));
    expect(spilledFiles()).toEqual([]);
    const wrong = await test.send(mode, { body }, { body: `${body}z` });
    expect(wrong.error?.message).toContain('The signature does not match');
  });

  it.runIf(process.platform === 'linux')(
    'that is held in a file can be read by this user only, by nobody by name',
    async () => {
      test.readBody = async ({ body }) => {
        const { fd } = body as ReadStream & { fd: number };
        const { mode: bits, nlink, size } = fstatSync(fd);
        return JSON.stringify({
          mode: (bits & 0o777).toString(8),
          nlink,
          size,
          read: (await buffer(body as Readable)).length,
        });
      };
      await test.send(mode, { body: 'y'.repeat(300_000) });
      expect(JSON.parse(test.calls[0]?.body ?? '')).toEqual({ mode: '600', nlink: 0, size: 300_000, read: 300_000 });
    },
  );

  it('that is too large to be held is told the limit and the way out', async () => {
    const reply = await test.send(mode, { body: 'x'.repeat(1024 * 1024 + 1) });
    expect(reply).toMatchObject({ status: 413 });
    expect(reply.error?.message).toMatch(/larger than 1 MiB.*x-amz-content-sha256/);
    expect((await test.send(mode)).status).toBe(200);
  });

  it('is only asked for once the request is good', async () => {
    const bad = await expecting(mode, { ...holder, secretAccessKey: 'wrong' });
    expect(bad).toMatch(/^HTTP\/1\.1 403/);
    const good = await expecting(mode, holder);
    expect(good).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
  });

  /** What comes back for a request that waits to be asked for its body. */
  async function expecting(via: typeof mode, keys: typeof holder): Promise<string> {
    const headers: Header[] = [['Host', host()], declares(sha256(Buffer.from('hello')))];
    const scope = { service: 's3', region: 'us-east-1', payloadHash: sha256(Buffer.from('hello')), time: Date.now() };
    const signedHeaders = ['host', 'x-amz-content-sha256'];
    const unsigned = { method: 'PUT', path: '/bucket/key', query: '', headers };
    const signed = signHeaders(unsigned, { ...scope, signedHeaders }, keys).headers;
    const socket = via === 'proxy' ? await test.tunnel('s3.us-east-1.amazonaws.com') : await test.secure('endpoint');
    const lines = signed.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`PUT /bucket/key HTTP/1.1\r\n${lines}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.endsWith('100 Continue\r\n\r\n')) socket.write('hello');
      else break;
    }
    socket.destroy();
    return text;
  }
});

function spilledFiles(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('rolegate-body-'));
}

function chunkHeaders(decodedLength: number, hasTrailers: boolean): Header[] {
  const kind = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${hasTrailers ? '-TRAILER' : ''}`;
  return [
    declares(kind),
    ['x-amz-decoded-content-length', String(decodedLength)],
    ...(hasTrailers ? [['x-amz-trailer', 'x-amz-checksum-crc32'] as Header] : []),
  ];
}

function signingOf(seedSignature: string, time: number): ChunkSigning {
  const amzDate = formatAmzDate(time);
  const scope = { date: amzDate.slice(0, 8), region: 'us-east-1', service: 's3' };
  return { key: signingKey(holder.secretAccessKey, scope), amzDate, scope, seedSignature };
}

async function chunked(payload: Buffer, seedSignature: string, time: number, hasTrailers: boolean): Promise<Buffer> {
  const signing = signingOf(seedSignature, time);
  const encoder = new ChunkEncoder(signing, hasTrailers ? () => [['x-amz-checksum-crc32', 'NhCmhg==']] : undefined);
  const encoded = buffer(encoder);
  encoder.end(payload);
  expect(await encoded).toHaveLength(encodedLength(payload.length, hasTrailers ? ['x-amz-checksum-crc32'] : []) ?? 0);
  return encoded;
}

function flip(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}
