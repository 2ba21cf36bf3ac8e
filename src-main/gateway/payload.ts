import type { IncomingMessage } from 'node:http';
import { pipeline, Readable, type Transform } from 'node:stream';
import {
  type Body,
  type Header,
  headerValue,
  type KnownHash,
  type PayloadHash,
} from '../../src-shared/contracts/aws-call.ts';
import { ChunkError } from '../../src-shared/sigv4/aws-chunked.ts';
import { ChunkDecoder } from '../../src-shared/sigv4/chunk-decoder.ts';
import type { ChunkSigning } from '../../src-shared/sigv4/chunk-signature.ts';
import { isSignedChunks, signedChunksWithTrailer, unsignedPayloads } from '../../src-shared/sigv4/payload-literals.ts';
import { emptyHash, sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { HashCheck, wrongHash } from './hash-check.ts';
import { holdBody } from './held-body.ts';
import type { GatewayLimits } from './limits.ts';
import { RefusedRequest } from './refusal.ts';
import { bodyThere, isMessage, type RequestBody, wholeBytes } from './request-body.ts';

/** A verified request's body. */
export interface Payload {
  body: Body;
  /** The hash to sign with, or the literal that stands in its place. */
  hash: PayloadHash;
  /** The trailers of signed chunks; complete once the body has ended. */
  trailers?: () => readonly Header[];
  /** What the check of signed chunks has found of the payload's hash. */
  knownHash?: KnownHash;
  /** Why the body broke off while it was being sent on, if that was the client's doing. */
  failure: () => RefusedRequest | undefined;
}

export interface PayloadParts {
  source: RequestBody;
  headers: readonly Header[];
  /** What the request says of its payload. */
  declared: string | undefined;
  /** Checks the request's signature over this hash or literal. @throws RefusedRequest */
  verify: (hash: string) => void;
  /** How its chunks are signed. */
  chunkSigning: () => ChunkSigning;
  /** Called before the body is read, for a client that waits to be asked for it. */
  onRead: () => void;
  limits: GatewayLimits;
}

/**
 * Verifies a request's signature and gets its body ready. What the signature covers beforehand (a declared hash, a
 * declaration that the body is not signed, signed chunks) streams, in constant memory, and is checked as it passes;
 * any other body is read whole first, because the signature covers its hash.
 *
 * @throws RefusedRequest
 */
export function openPayload(parts: PayloadParts): Payload | Promise<Payload> {
  const { declared, verify, onRead } = parts;
  const source = bodyThere(parts.source);
  if (declared === undefined) return isMessage(source) ? openUndeclared(parts, source) : openWhole(source, verify);
  if (unsignedPayloads.has(declared)) {
    verify(declared);
    if (source) onRead();
    return { body: source, hash: declared, failure: never };
  }
  if (/^[0-9a-f]{64}$/.test(declared)) {
    verify(declared);
    return isMessage(source) ? openHashed(parts, source, declared) : declaredWhole(source, declared);
  }
  if (isSignedChunks(declared)) {
    verify(declared);
    return openChunks(parts, isMessage(source) ? source : Readable.from(source ? [source] : []), declared);
  }
  const kind = declared.replace(/[^A-Z0-9-]/g, '').slice(0, 60);
  throw new RefusedRequest('not_implemented', `Rolegate does not take bodies that are signed as ${kind}.`);
}

const never = () => undefined;

/** A body that is there whole, or none, with the hash that it has. */
function openWhole(body: Uint8Array | null, verify: (hash: string) => void): Payload {
  const hash = body ? sha256Hex(body) : emptyHash;
  verify(hash);
  return { body, hash, failure: never };
}

/** A body that is there whole, or none, with the hash that it is said to have. */
function declaredWhole(body: Uint8Array | null, declared: string): Payload {
  return openWhole(body, (hash) => {
    if (hash !== declared) throw wrongHash();
  });
}

async function openUndeclared({ verify, onRead, limits }: PayloadParts, message: IncomingMessage): Promise<Payload> {
  onRead();
  const held = await holdBody(message, limits);
  try {
    verify(held.hash);
  } catch (error) {
    held.discard();
    throw error;
  }
  return { body: held.take(), hash: held.hash, failure: never };
}

async function openHashed(
  { onRead, limits }: PayloadParts,
  message: IncomingMessage,
  declared: string,
): Promise<Payload> {
  onRead();
  if (Number(message.headers['content-length'] ?? Number.POSITIVE_INFINITY) <= wholeBytes) {
    const held = await holdBody(message, limits);
    if (held.hash !== declared) throw wrongHash();
    return { body: held.take(), hash: declared, failure: never };
  }
  return through(message, new HashCheck(declared), declared);
}

function openChunks({ headers, chunkSigning, onRead }: PayloadParts, source: Readable, declared: string): Payload {
  const length = headerValue(headers, 'x-amz-decoded-content-length') ?? '';
  if (!/^\d{1,15}$/.test(length)) {
    throw new RefusedRequest('invalid_request', 'A body in signed chunks needs x-amz-decoded-content-length.');
  }
  onRead();
  const hasTrailers = declared === signedChunksWithTrailer;
  const decoder = new ChunkDecoder({ decodedLength: Number(length), signing: chunkSigning(), hasTrailers });
  const payload = { ...through(source, decoder, declared), knownHash: decoder.knownHash };
  return hasTrailers ? { ...payload, trailers: () => decoder.trailers } : payload;
}

/** Sends a body through a check. A client that goes away breaks it off too. */
function through(source: Readable, check: Transform, hash: string): Payload {
  let refused: RefusedRequest | undefined;
  pipeline(source, check, (error) => {
    if (error instanceof RefusedRequest) refused = error;
    else if (error instanceof ChunkError) refused = chunkRefusal(error);
  });
  return { body: check, hash, failure: () => refused };
}

function chunkRefusal({ kind, message }: ChunkError): RefusedRequest {
  return new RefusedRequest(kind === 'signature' ? 'signature_mismatch' : 'invalid_request', message);
}
