import type { IncomingMessage } from 'node:http';
import { pipeline, type Transform } from 'node:stream';
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
import { HashCheck, wrongHash } from './hash-check.ts';
import { holdBody, noBody } from './held-body.ts';
import type { GatewayLimits } from './limits.ts';
import { RefusedRequest } from './refusal.ts';

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
  message: IncomingMessage;
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

/** Bodies up to this size are read whole before they are sent on: cheaper than a stream through a check. */
const wholeBytes = 256 * 1024;

/**
 * Verifies a request's signature and gets its body ready. What the signature covers beforehand (a declared hash, a
 * declaration that the body is not signed, signed chunks) streams, in constant memory, and is checked as it passes;
 * any other body is read whole first, because the signature covers its hash.
 *
 * @throws RefusedRequest
 */
export function openPayload(parts: PayloadParts): Payload | Promise<Payload> {
  const { message, declared, verify, onRead } = parts;
  if (declared === undefined) return openUndeclared(parts);
  if (unsignedPayloads.has(declared)) {
    verify(declared);
    if (!hasBody(message)) return { body: null, hash: declared, failure: never };
    onRead();
    return { body: message, hash: declared, failure: never };
  }
  if (/^[0-9a-f]{64}$/.test(declared)) {
    verify(declared);
    return openHashed(parts, declared);
  }
  if (isSignedChunks(declared)) {
    verify(declared);
    return openChunks(parts, declared);
  }
  const kind = declared.replace(/[^A-Z0-9-]/g, '').slice(0, 60);
  throw new RefusedRequest('not_implemented', `Rolegate does not take bodies that are signed as ${kind}.`);
}

const never = () => undefined;

async function openUndeclared({ message, verify, onRead, limits }: PayloadParts): Promise<Payload> {
  const isThere = hasBody(message);
  if (isThere) onRead();
  const held = isThere ? await holdBody(message, limits) : noBody;
  try {
    verify(held.hash);
  } catch (error) {
    held.discard();
    throw error;
  }
  return { body: held.take(), hash: held.hash, failure: never };
}

async function openHashed({ message, onRead, limits }: PayloadParts, declared: string): Promise<Payload> {
  if (!hasBody(message)) {
    if (noBody.hash !== declared) throw wrongHash();
    return { body: null, hash: declared, failure: never };
  }
  onRead();
  if (Number(message.headers['content-length'] ?? Number.POSITIVE_INFINITY) <= wholeBytes) {
    const held = await holdBody(message, limits);
    if (held.hash !== declared) throw wrongHash();
    return { body: held.take(), hash: declared, failure: never };
  }
  return through(message, new HashCheck(declared), declared);
}

function openChunks({ message, headers, chunkSigning, onRead }: PayloadParts, declared: string): Payload {
  const length = headerValue(headers, 'x-amz-decoded-content-length') ?? '';
  if (!/^\d{1,15}$/.test(length)) {
    throw new RefusedRequest('invalid_request', 'A body in signed chunks needs x-amz-decoded-content-length.');
  }
  onRead();
  const hasTrailers = declared === signedChunksWithTrailer;
  const decoder = new ChunkDecoder({ decodedLength: Number(length), signing: chunkSigning(), hasTrailers });
  const payload = { ...through(message, decoder, declared), knownHash: decoder.knownHash };
  return hasTrailers ? { ...payload, trailers: () => decoder.trailers } : payload;
}

/** Sends a body through a check. A client that goes away breaks it off too. */
function through(message: IncomingMessage, check: Transform, hash: string): Payload {
  let refused: RefusedRequest | undefined;
  pipeline(message, check, (error) => {
    if (error instanceof RefusedRequest) refused = error;
    else if (error instanceof ChunkError) refused = chunkRefusal(error);
  });
  return { body: check, hash, failure: () => refused };
}

function chunkRefusal({ kind, message }: ChunkError): RefusedRequest {
  return new RefusedRequest(kind === 'signature' ? 'signature_mismatch' : 'invalid_request', message);
}

/** Whether a request has a body. */
export function hasBody(message: IncomingMessage): boolean {
  const length = message.headers['content-length'];
  return message.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
