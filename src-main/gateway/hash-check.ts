import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { RefusedRequest } from './refusal.ts';

/**
 * Lets a body through and checks that it has the hash which its request declared. The last piece is kept back until
 * the hash is known, so that nobody ever receives the whole of a body that is not the one that was signed.
 */
export class HashCheck extends Transform {
  readonly #declared: string;
  readonly #hash = createHash('sha256');
  #kept: Buffer | undefined;

  constructor(declared: string) {
    super();
    this.#declared = declared;
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(bytes);
    if (this.#kept) this.push(this.#kept);
    this.#kept = bytes;
    done();
  }

  override _flush(done: TransformCallback): void {
    const isRight = this.#hash.digest('hex') === this.#declared;
    if (isRight && this.#kept) this.push(this.#kept);
    done(isRight ? null : wrongHash());
  }
}

/** The body is not the one that was signed. */
export function wrongHash(): RefusedRequest {
  return new RefusedRequest(
    'signature_mismatch',
    'The body does not have the hash that x-amz-content-sha256 declares.',
  );
}
