import type { Header } from '../contracts/aws-call.ts';
import { type CredentialScope, formatScope } from './credential-scope.ts';
import { emptyHash, hmacHex, type SigningKey, sha256Hex } from './signing-key.ts';

/**
 * The signatures of chunks and trailers, each made from the one before it.
 * Source: S3 API Reference, "Signature calculations for the Authorization header: transferring a payload in multiple
 * chunks", with and without trailing headers.
 */
export interface ChunkSigning {
  key: SigningKey;
  amzDate: string;
  scope: CredentialScope;
  /** The signature of the request's headers, from which the first chunk goes on. */
  seedSignature: string;
}

/** The trailer that signs the others. */
export const trailerSignatureName = 'x-amz-trailer-signature';

/**
 * The signature of a chunk.
 *
 * @param chunkHash SHA-256 of its bytes, in hex
 */
export function chunkSignature(signing: ChunkSigning, previous: string, chunkHash: string): string {
  return hmacHex(signing.key, `${prefix(signing, 'PAYLOAD')}${previous}\n${emptyHash}\n${chunkHash}`);
}

/** The signature of the trailers, which follows that of the last chunk. */
export function trailerSignature(signing: ChunkSigning, previous: string, trailers: readonly Header[]): string {
  const lines = trailers.map(([name, value]) => `${name.toLowerCase()}:${value.trim()}\n`).join('');
  return hmacHex(signing.key, `${prefix(signing, 'TRAILER')}${previous}\n${sha256Hex(lines)}`);
}

function prefix({ amzDate, scope }: ChunkSigning, kind: 'PAYLOAD' | 'TRAILER'): string {
  return `AWS4-HMAC-SHA256-${kind}\n${amzDate}\n${formatScope(scope)}\n`;
}
