import { createHash, type Hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import type { Header, KnownHash } from '../contracts/aws-call.ts';
import { ChunkError, ChunkParser } from './aws-chunked.ts';
import { chunkBytes } from './chunk-encoder.ts';
import { type ChunkSigning, chunkSignature, trailerSignature, trailerSignatureName } from './chunk-signature.ts';
import { equalSecrets } from './signing-key.ts';

export interface ChunkDecoderOptions {
  /** `x-amz-decoded-content-length`: bytes of the payload without its framing. */
  decodedLength: number;
  /** Checks the signature of every chunk and of the trailers; without it chunks must not be signed. */
  signing?: ChunkSigning | undefined;
  /** Whether trailers are announced; the trailers of a signed body must be signed then. */
  hasTrailers: boolean;
}

/**
 * Takes the framing off an `aws-chunked` body and checks its signatures as it passes. What has been read is only
 * proven once the stream has ended without an error: whoever sends it on must not finish before that.
 *
 * Errors are {@link ChunkError}s.
 */
export class ChunkDecoder extends Transform {
  readonly #parser: ChunkParser;
  readonly #options: ChunkDecoderOptions;
  readonly #hashes = new Map<number, { length: number; hash: string }>();
  #received = 0;
  /** What one write brought: sent on when the chunks that end in it have been checked. */
  #pieces: Buffer[] = [];

  constructor(options: ChunkDecoderOptions) {
    super();
    this.#options = options;
    const checked = options.signing ? new ChunkChecker(options.signing) : new UnsignedChunks();
    let size = 0;
    this.#parser = new ChunkParser({
      begin: (chunkSize, signature) => {
        size = chunkSize;
        this.#received += size;
        if (this.#received > options.decodedLength) throw wrongLength(options.decodedLength);
        checked.begin(signature);
      },
      data: (bytes) => {
        checked.data(bytes);
        this.#pieces.push(bytes);
      },
      end: () => {
        const hash = checked.end();
        // Others are made into chunks of another size, whose hashes nobody knows.
        const isOurs = size === chunkBytes || (size > 0 && this.#received === options.decodedLength);
        if (hash !== undefined && isOurs) this.#hashes.set(this.#received - size, { length: size, hash });
      },
    });
    this.#checked = checked;
  }

  readonly #checked: Checker;

  /** The hashes of the client's chunks, so that whoever makes chunks of the same bytes need not work them out again. */
  readonly knownHash: KnownHash = (start, length) => {
    const found = this.#hashes.get(start);
    // Nobody asks for anything before this any more.
    for (const at of this.#hashes.keys()) if (at < start + length) this.#hashes.delete(at);
    return found?.length === length ? found.hash : undefined;
  };

  /** The trailers without the one that signs them; complete once the stream has ended. */
  get trailers(): readonly Header[] {
    return this.#parser.trailers.filter(([name]) => name.toLowerCase() !== trailerSignatureName);
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    settle(done, () => {
      this.#parser.write(bytes);
      for (const piece of this.#pieces) this.push(piece);
      this.#pieces = [];
    });
  }

  override _flush(done: TransformCallback): void {
    settle(done, () => {
      this.#parser.finish();
      if (this.#received !== this.#options.decodedLength) throw wrongLength(this.#options.decodedLength);
      if (this.#options.hasTrailers) this.#checked.trailers(this.#parser.trailers);
      else if (this.#parser.trailers.length > 0) {
        throw new ChunkError('malformed', 'The body has trailers that its headers do not announce.');
      }
    });
  }
}

interface Checker {
  begin(signature: string | undefined): void;
  data(bytes: Buffer): void;
  /** @returns the hash of the chunk, if it was needed. @throws ChunkError */
  end(): string | undefined;
  trailers(all: readonly Header[]): void;
}

class ChunkChecker implements Checker {
  readonly #signing: ChunkSigning;
  #previous: string;
  #claimed = '';
  #hash: Hash | undefined;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seedSignature;
  }

  begin(signature: string | undefined): void {
    if (signature === undefined) throw new ChunkError('signature', 'A chunk of the body is not signed.');
    this.#claimed = signature;
    this.#hash = createHash('sha256');
  }

  data(bytes: Buffer): void {
    this.#hash?.update(bytes);
  }

  end(): string {
    const hash = this.#hash?.digest('hex') ?? '';
    const expected = chunkSignature(this.#signing, this.#previous, hash);
    if (!equalSecrets(expected, this.#claimed)) {
      throw new ChunkError('signature', 'The signature of a chunk of the body does not match.');
    }
    this.#previous = expected;
    return hash;
  }

  trailers(all: readonly Header[]): void {
    const isSignature = ([name]: Header) => name.toLowerCase() === trailerSignatureName;
    const expected = trailerSignature(
      this.#signing,
      this.#previous,
      all.filter((trailer) => !isSignature(trailer)),
    );
    const claimed = all.filter(isSignature);
    if (claimed.length !== 1 || !equalSecrets(expected, claimed[0]?.[1] ?? '')) {
      throw new ChunkError('signature', 'The signature of the trailers of the body does not match.');
    }
  }
}

class UnsignedChunks implements Checker {
  begin(signature: string | undefined): void {
    if (signature !== undefined) throw new ChunkError('malformed', 'A chunk is signed that should not be.');
  }
  data(): void {}
  end(): undefined {}
  trailers(): void {}
}

function wrongLength(expected: number): ChunkError {
  return new ChunkError(
    'malformed',
    `The body does not have the ${expected} bytes that x-amz-decoded-content-length says.`,
  );
}

function settle(done: TransformCallback, work: () => void): void {
  try {
    work();
    done();
  } catch (error) {
    done(error as Error);
  }
}
