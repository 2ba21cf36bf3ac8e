import { createHash, type Hash } from 'node:crypto';
import { PassThrough, type Readable, type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ChunkError } from '../../src-shared/sigv4/aws-chunked.ts';
import { ChunkDecoder } from '../../src-shared/sigv4/chunk-decoder.ts';
import type { ChunkSigning } from '../../src-shared/sigv4/chunk-signature.ts';
import { signingKey } from '../../src-shared/sigv4/signing-key.ts';
import type { ChecksumAlgorithm, Digester } from './checksums/algorithms.ts';
import { badDigest, checkedValue, type DeclaredChecksum, declaredChecksum } from './declared-checksum.ts';
import { S3Error } from './errors.ts';
import type { S3Request, S3Signature } from './request.ts';
import type { BodyFiles, StagedBody } from './store/bodies.ts';

/** A payload that has arrived whole and is what the request said of it. */
export interface ReceivedBody extends StagedBody {
  /** MD5 in hex. */
  etag: string;
  checksum?: { algorithm: ChecksumAlgorithm; value: string } | undefined;
}

/** The most bytes that one PutObject or UploadPart may bring. */
const maxBytes = 5 * 1024 ** 3;
/** The most bytes of XML that are read: as many as the longest DeleteObjects has. */
const maxTextBytes = 4 * 1024 ** 2;

/**
 * Takes in the payload of PutObject or UploadPart, whichever way it is sent and signed, in constant memory, and
 * checks everything that the request declares of it.
 * Sources: Amazon S3 API Reference, "Authenticating requests: using the Authorization header" (payload modes);
 * Amazon S3 User Guide, "Checking object integrity".
 *
 * @param extra an algorithm to have the checksum by, where the request brings none
 * @throws S3Error when anything is not as declared; nothing stays behind then
 */
export async function receive(
  request: S3Request,
  bodies: BodyFiles,
  extra?: ChecksumAlgorithm | undefined,
): Promise<ReceivedBody> {
  const payload = new Payload(request, declaredChecksum(request), extra);
  if (payload.length === undefined) {
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (payload.length > maxBytes) throw tooLarge(payload.length);
  const staged = await payload.reading(bodies.stage(payload.bytes, payload.digesters, payload.decoder));
  try {
    return { ...staged, ...(await payload.check(staged.size)) };
  } catch (error) {
    await bodies.discard(staged.file);
    throw error;
  }
}

/**
 * Takes in a body that is XML, in memory.
 *
 * @param checksums `not its own` where the request's checksum headers are about an object
 */
export async function receiveText(
  request: S3Request,
  checksums: 'its own' | 'not its own' = 'its own',
): Promise<Buffer> {
  const payload = new Payload(request, checksums === 'its own' ? declaredChecksum(request) : undefined);
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = new Writable({
    write(bytes: Buffer, _encoding, done) {
      size += bytes.length;
      chunks.push(bytes);
      for (const digester of payload.digesters) digester.update(bytes);
      done(size > maxTextBytes ? tooLong() : null);
    },
  });
  await payload.reading(pipeline(payload.bytes, payload.decoder, collect));
  await payload.check(size);
  return Buffer.concat(chunks);
}

/** The payload of one request: its bytes without their framing, and what they must come to. */
class Payload {
  /** As it was announced; undefined when it was not. */
  readonly length: number | undefined;
  readonly digesters: readonly Digester[];
  readonly decoder: Transform;
  readonly #source: Readable;
  readonly #mode: PayloadMode;
  readonly #declared: DeclaredChecksum | undefined;
  readonly #algorithm: ChecksumAlgorithm | undefined;
  readonly #contentMd5: Buffer | undefined;
  readonly #md5 = createHash('md5');
  readonly #sha256: Hash | undefined;
  readonly #sum: Digester | undefined;

  constructor(request: S3Request, declared: DeclaredChecksum | undefined, extra?: ChecksumAlgorithm | undefined) {
    this.#mode = payloadMode(request.signature);
    this.length = announcedLength(request, this.#mode);
    this.#declared = declared;
    this.#algorithm = declared?.algorithm ?? extra;
    this.#contentMd5 = contentMd5In(request);
    this.#sha256 = this.#mode.kind === 'hash' ? createHash('sha256') : undefined;
    this.#sum = this.#algorithm?.create();
    this.digesters = [this.#md5, this.#sha256, this.#sum].filter((digester) => digester !== undefined);
    this.decoder = this.#decoder(this.#mode);
    this.#source = request.request.body();
  }

  /** The body's bytes, in a way that leaves the connection alone when reading ends early: there is an answer to write. */
  get bytes(): AsyncIterable<Uint8Array> {
    return this.#source.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>;
  }

  /** Waits for the reading, and turns what goes wrong with it into S3's words. */
  async reading<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      // What is still to come is let go, so that the answer gets through.
      this.#source.resume();
      throw error instanceof ChunkError ? chunkRefusal(error) : error;
    }
  }

  /** Checks a payload that has been read to its end. @throws S3Error */
  async check(size: number): Promise<Pick<ReceivedBody, 'etag' | 'checksum'>> {
    if (this.length !== undefined && size !== this.length) throw incompleteBody();
    if (this.#mode.kind === 'hash' && this.#sha256?.digest('hex') !== this.#mode.sha256) throw hashMismatch();
    const md5 = this.#md5.digest();
    if (this.#contentMd5 && !md5.equals(this.#contentMd5)) throw badContentMd5();
    if (!this.#sum || !this.#algorithm) return { etag: md5.toString('hex') };
    const value = Buffer.from(await this.#sum.digest()).toString('base64');
    const expected = this.#declared && (this.#declared.value ?? this.#trailer(this.#algorithm));
    if (expected !== undefined && expected !== value) throw badDigest(this.#algorithm.name);
    return { etag: md5.toString('hex'), checksum: { algorithm: this.#algorithm, value } };
  }

  #decoder(mode: PayloadMode): Transform {
    if (mode.kind !== 'chunks') return new PassThrough();
    // Without an announced length there is nothing to read: the caller refuses the request, or it is found too short.
    return new ChunkDecoder({ decodedLength: this.length ?? 0, signing: mode.signing, hasTrailers: mode.hasTrailers });
  }

  #trailer(algorithm: ChecksumAlgorithm): string {
    const trailers = this.decoder instanceof ChunkDecoder ? this.decoder.trailers : [];
    const trailer = trailers.find(([name]) => name.toLowerCase() === algorithm.header);
    if (trailer) return checkedValue(algorithm, trailer[1]);
    throw new S3Error(
      400,
      'MalformedTrailerError',
      `The request contained trailing data that was not well-formed: ${algorithm.header} was announced and did not come.`,
    );
  }
}

type PayloadMode =
  | { kind: 'hash'; sha256: string }
  | { kind: 'unsigned' }
  | { kind: 'chunks'; signing: ChunkSigning | undefined; hasTrailers: boolean };

function payloadMode(signature: S3Signature | undefined): PayloadMode {
  if (!signature) return { kind: 'unsigned' };
  const { declaredPayload: declared } = signature;
  switch (declared) {
    case 'UNSIGNED-PAYLOAD':
      return { kind: 'unsigned' };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'chunks', signing: undefined, hasTrailers: true };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { kind: 'chunks', signing: chunkSigning(signature), hasTrailers: false };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'chunks', signing: chunkSigning(signature), hasTrailers: true };
  }
  if (/^[0-9a-f]{64}$/.test(declared)) return { kind: 'hash', sha256: declared };
  throw new S3Error(
    400,
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, ' +
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
  );
}

function chunkSigning({ key, read }: S3Signature): ChunkSigning {
  const { scope, signature } = read.authorization;
  return { key: signingKey(key.secretAccessKey, scope), amzDate: read.amzDate, scope, seedSignature: signature };
}

function announcedLength({ header }: S3Request, { kind }: PayloadMode): number | undefined {
  const text = header(kind === 'chunks' ? 'x-amz-decoded-content-length' : 'content-length');
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
}

function contentMd5In({ header }: S3Request): Buffer | undefined {
  const text = header('content-md5');
  if (text === undefined) return undefined;
  const digest = Buffer.from(text, 'base64');
  if (digest.length === 16) return digest;
  throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', [['Content-MD5', text]]);
}

function chunkRefusal({ kind, message }: ChunkError): S3Error {
  if (kind === 'signature') return new S3Error(403, 'SignatureDoesNotMatch', message);
  return new S3Error(400, 'IncompleteBody', message);
}

function incompleteBody(): S3Error {
  return new S3Error(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}

function hashMismatch(): S3Error {
  return new S3Error(
    400,
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

function badContentMd5(): S3Error {
  return new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
}

function tooLarge(size: number): S3Error {
  return new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', [
    ['ProposedSize', String(size)],
    ['MaxSizeAllowed', String(maxBytes)],
  ]);
}

function tooLong(): S3Error {
  return new S3Error(400, 'MaxMessageLengthExceeded', 'Your request was too big.', [
    ['MaxMessageLengthBytes', String(maxTextBytes)],
  ]);
}
