import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../contracts/aws-call.ts';
import { ChunkDecoder, type ChunkDecoderOptions } from './chunk-decoder.ts';
import { ChunkEncoder, encodedLength } from './chunk-encoder.ts';
import { type ChunkSigning, chunkSignature } from './chunk-signature.ts';
import { sha256Hex, signingKey } from './signing-key.ts';

/** The examples of the S3 API Reference: 65 KiB of the letter a. */
const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const signing = (seedSignature: string): ChunkSigning => ({
  key: signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope),
  amzDate: '20130524T000000Z',
  scope,
  seedSignature,
});
const example = {
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  signatures: [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ],
};
const trailerExample = {
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  trailers: [['x-amz-checksum-crc32c', 'sOO8/Q==']] as Header[],
  signatures: [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
  ],
};
const payload = Buffer.alloc(66_560, 'a');

describe('signed chunks', () => {
  it('are those of the published example', async () => {
    const encoded = await encode(payload, example.seed);
    expect(signaturesIn(encoded)).toEqual(example.signatures);
    expect(encoded).toHaveLength(66_824);
    expect(encodedLength(payload.length, [])).toBe(66_824);
  });

  it('are those of the published example with trailers', async () => {
    const encoded = await encode(payload, trailerExample.seed, trailerExample.trailers);
    expect(signaturesIn(encoded)).toEqual(trailerExample.signatures);
    expect(encodedLength(payload.length, ['x-amz-checksum-crc32c'])).toBe(encoded.length);
  });

  it('come back as the payload, however they are cut on the way', async () => {
    const seed = 'a'.repeat(64);
    const trailer = fc.option(fc.base64String({ minLength: 8, maxLength: 8 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.integer({ min: 65_530, max: 131_080 }).map((n) => new Uint8Array(n)),
        ),
        trailer,
        fc.integer({ min: 1, max: 70_000 }),
        async (bytes, checksum, cut) => {
          const trailers: Header[] | undefined =
            checksum === undefined ? undefined : [['x-amz-checksum-crc32', checksum]];
          const encoded = await encode(Buffer.from(bytes), seed, trailers);
          expect(encodedLength(bytes.length, trailers ? ['x-amz-checksum-crc32'] : [])).toBe(encoded.length);
          const decoder = new ChunkDecoder({
            decodedLength: bytes.length,
            signing: signing(seed),
            hasTrailers: trailers !== undefined,
          });
          expect(await decode(pieces(encoded, cut), decoder)).toEqual(Buffer.from(bytes));
          expect(decoder.trailers).toEqual(trailers ?? []);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are made anew from the hashes of the client’s, where both have the same bytes', async () => {
    const seed = 'a'.repeat(64);
    const sizes = fc.array(fc.constantFrom(65_536, 65_536, 8_192, 100, 70_000), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 70_000 }), async (chunkSizes, cut) => {
        const chunks = chunkSizes.map((size, n) => Buffer.alloc(size, n + 1));
        const whole = Buffer.concat(chunks);
        const decoder = new ChunkDecoder({ decodedLength: whole.length, signing: signing(seed), hasTrailers: false });
        const known: [start: number, length: number, isKnown: boolean][] = [];
        const encoder = new ChunkEncoder(signing(seed), undefined, (start, length) => {
          const hash = decoder.knownHash(start, length);
          known.push([start, length, hash !== undefined]);
          return hash;
        });
        const made = buffer(encoder);
        await pipeline(Readable.from(pieces(inChunks(chunks, seed), cut)), decoder, encoder);
        // Whatever is known, the chunks are those that are made without knowing anything.
        expect((await made).equals(await encode(whole, seed))).toBe(true);
        const starts = chunkSizes.map((_, n) => chunkSizes.slice(0, n).reduce((sum, size) => sum + size, 0));
        for (const [start, length, isKnown] of known) {
          const n = starts.indexOf(start);
          expect(isKnown).toBe(n >= 0 && chunkSizes[n] === length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('do not come through altered, cut off, out of order or with more behind them', async () => {
    const encoded = await encode(payload, example.seed);
    const second = encoded.indexOf('400;chunk-signature');
    const alteredAt = (index: number) => {
      const copy = Buffer.from(encoded);
      copy[index] = (copy[index] ?? 0) ^ 1;
      return copy;
    };
    const hostile: [Buffer, RegExp][] = [
      [alteredAt(200), /chunk/],
      [alteredAt(second + 100), /chunk/],
      [encoded.subarray(0, -90), /ends before|does not match/],
      [encoded.subarray(0, 1000), /ends before/],
      [Buffer.concat([encoded.subarray(second), encoded.subarray(0, second)]), /does not match/],
      [Buffer.concat([encoded, Buffer.from('x-amz-meta-more: 1\r\n')]), /trailers/],
      [Buffer.from('ffffffffffff;chunk-signature='.concat('a'.repeat(64), '\r\n')), /bytes/],
      [Buffer.from('5\r\nhello\r\n0\r\n\r\n'), /not signed/],
      [Buffer.from('zz;chunk-signature=\r\n'), /readable size/],
      [Buffer.alloc(10_000, 'a'), /too long/],
      [Buffer.alloc(0), /ends before/],
    ];
    for (const [body, words] of hostile) {
      const options = { decodedLength: payload.length, signing: signing(example.seed), hasTrailers: false };
      await expect(decode([body], new ChunkDecoder(options))).rejects.toThrow(words);
    }
  });

  it('refuse trailers whose signature is missing or not theirs', async () => {
    const encoded = await encode(payload, trailerExample.seed, trailerExample.trailers);
    const options = { decodedLength: payload.length, signing: signing(trailerExample.seed), hasTrailers: true };
    const text = encoded.toString('latin1');
    for (const altered of [text.replace('sOO8', 'sOO9'), text.replace(/x-amz-trailer-signature:.*\r\n/, '')]) {
      await expect(decode([Buffer.from(altered, 'latin1')], new ChunkDecoder(options))).rejects.toThrow(/trailers/);
    }
  });
});

describe('unsigned chunks', () => {
  const options: ChunkDecoderOptions = { decodedLength: 5, hasTrailers: true };

  it('are taken apart, with their trailers', async () => {
    const decoder = new ChunkDecoder(options);
    const body = Buffer.from('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n');
    expect((await decode(pieces(body, 1), decoder)).toString()).toBe('hello');
    expect(decoder.trailers).toEqual([['x-amz-checksum-crc32', 'NhCmhg==']]);
  });

  it('never make the parser do anything but refuse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), async (parts) => {
        const outcome = decode(
          parts.map((part) => Buffer.from(part)),
          new ChunkDecoder(options),
        );
        await outcome.catch((error: Error) => expect(error.name).toBe('Error'));
      }),
    );
  });
});

async function encode(bytes: Buffer, seed: string, trailers?: Header[]): Promise<Buffer> {
  const encoder = new ChunkEncoder(signing(seed), trailers && (() => trailers));
  const [, encoded] = await Promise.all([
    pipeline(Readable.from([bytes], { objectMode: false }), encoder),
    buffer(encoder),
  ]);
  return encoded;
}

async function decode(parts: Iterable<Buffer>, decoder: ChunkDecoder): Promise<Buffer> {
  const [decoded] = await Promise.all([buffer(decoder), pipeline(Readable.from(parts), decoder)]);
  return decoded;
}

/** A body in signed chunks of any sizes. */
function inChunks(chunks: readonly Buffer[], seed: string): Buffer {
  let previous = seed;
  const framed = [...chunks, Buffer.alloc(0)].map((chunk) => {
    previous = chunkSignature(signing(seed), previous, sha256Hex(chunk));
    const head = `${chunk.length.toString(16)};chunk-signature=${previous}\r\n`;
    return Buffer.concat([Buffer.from(head), chunk, Buffer.from('\r\n')]);
  });
  return Buffer.concat(framed);
}

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function signaturesIn(encoded: Buffer): string[] {
  return [...encoded.toString('latin1').matchAll(/signature[=:]([0-9a-f]{64})/g)].map((match) => match[1] ?? '');
}
