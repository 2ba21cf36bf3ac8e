import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import type { Header, KnownHash } from '../contracts/aws-call.ts';
import { type ChunkSigning, chunkSignature, trailerSignature, trailerSignatureName } from './chunk-signature.ts';
import { emptyHash } from './signing-key.ts';

/** Bytes in each chunk that we make: what S3's documentation shows. */
export const chunkBytes = 64 * 1024;

const signatureLength = 64;
const chunkExtension = ';chunk-signature='.length + signatureLength;
const lineBreak = Buffer.from('\r\n');

/** Lengths of the values of the trailers that S3 has: Base64 of a checksum. */
const trailerValueLengths: Readonly<Record<string, number>> = {
  'x-amz-checksum-crc32': 8,
  'x-amz-checksum-crc32c': 8,
  'x-amz-checksum-crc64nvme': 12,
  'x-amz-checksum-sha1': 28,
  'x-amz-checksum-sha256': 44,
  'x-amz-checksum-sha512': 88,
  'x-amz-checksum-md5': 24,
  'x-amz-checksum-xxhash64': 12,
  'x-amz-checksum-xxhash3': 12,
  'x-amz-checksum-xxhash128': 24,
};

/**
 * How long a payload becomes when it is chunked and signed.
 *
 * @param decodedLength bytes of the payload
 * @param trailerNames the trailers that will follow, if any are announced
 * @returns undefined when a trailer's length cannot be known beforehand
 */
export function encodedLength(decodedLength: number, trailerNames: readonly string[]): number | undefined {
  const whole = Math.floor(decodedLength / chunkBytes);
  const rest = decodedLength % chunkBytes;
  let length = whole * framedLength(chunkBytes) + (rest > 0 ? framedLength(rest) : 0);
  length += framedLength(0) - lineBreak.length;
  for (const name of trailerNames) {
    const value = trailerValueLengths[name.toLowerCase()];
    if (value === undefined) return undefined;
    length += name.length + 1 + value + lineBreak.length;
  }
  if (trailerNames.length > 0) length += trailerSignatureName.length + 1 + signatureLength + lineBreak.length;
  return length + lineBreak.length;
}

function framedLength(size: number): number {
  return size.toString(16).length + chunkExtension + lineBreak.length + size + lineBreak.length;
}

/**
 * Puts a payload into signed chunks of 64 KiB.
 *
 * @param trailers asked for once the payload has ended; undefined when no trailers are announced
 * @param knownHash hashes that need not be worked out again: hashing is most of what a chunk costs
 */
export class ChunkEncoder extends Transform {
  readonly #signing: ChunkSigning;
  readonly #trailers: (() => readonly Header[]) | undefined;
  #previous: string;
  #held: Buffer[] = [];
  #size = 0;
  #start = 0;
  readonly #knownHash: KnownHash;

  constructor(
    signing: ChunkSigning,
    trailers?: (() => readonly Header[]) | undefined,
    knownHash: KnownHash = () => undefined,
  ) {
    super();
    this.#knownHash = knownHash;
    this.#signing = signing;
    this.#trailers = trailers;
    this.#previous = signing.seedSignature;
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let at = 0;
    while (at < bytes.length) {
      const part = bytes.subarray(at, at + chunkBytes - this.#size);
      at += part.length;
      this.#size += part.length;
      this.#held.push(part);
      if (this.#size === chunkBytes) this.#flushChunk();
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#size > 0) this.#flushChunk();
    const last = this.#nextSignature(emptyHash);
    let end = `0;chunk-signature=${last}\r\n`;
    if (this.#trailers) {
      const trailers = this.#trailers();
      for (const [name, value] of trailers) end += `${name}:${value}\r\n`;
      end += `${trailerSignatureName}:${trailerSignature(this.#signing, last, trailers)}\r\n`;
    }
    this.push(Buffer.from(`${end}\r\n`, 'latin1'));
    done();
  }

  #flushChunk(): void {
    const hash = this.#knownHash(this.#start, this.#size) ?? hashOf(this.#held);
    const header = Buffer.from(`${this.#size.toString(16)};chunk-signature=${this.#nextSignature(hash)}\r\n`, 'latin1');
    this.push(Buffer.concat([header, ...this.#held, lineBreak]));
    this.#start += this.#size;
    this.#held = [];
    this.#size = 0;
  }

  #nextSignature(chunkHash: string): string {
    this.#previous = chunkSignature(this.#signing, this.#previous, chunkHash);
    return this.#previous;
  }
}

function hashOf(parts: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
