import type { IncomingMessage } from 'node:http';
import type { Body, PayloadHash } from '../../src-shared/contracts/aws-call.ts';
import { emptyHash, sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import { RefusedRequest } from './refusal.ts';

/** Bodies that have to be hashed before they can be forwarded are held in memory up to this size. */
export const maxHeldBody = 16 * 1024 * 1024;

/** A body, and the hash that its signature covers. */
export interface Payload {
  body: Body;
  hash: PayloadHash;
}

/**
 * Gets a request's body ready to be verified. A body that its client declared unsigned streams; any other is read
 * whole and hashed, because the signature covers its hash.
 *
 * @param declared the request's `x-amz-content-sha256`, if it has one
 * @throws RefusedRequest when the body is too large, does not have the declared hash, or is signed in a way that
 *   is not understood
 */
export async function readPayload(request: IncomingMessage, declared: string | undefined): Promise<Payload> {
  if (declared === 'UNSIGNED-PAYLOAD') return { body: hasBody(request) ? request : null, hash: declared };
  if (declared !== undefined && !/^[0-9a-f]{64}$/.test(declared)) {
    const kind = declared.replace(/[^A-Z0-9-]/g, '').slice(0, 60);
    throw new RefusedRequest('not_implemented', `Rolegate does not take bodies that are signed as ${kind}.`);
  }
  const body = hasBody(request) ? await readWhole(request) : null;
  const hash = body === null ? emptyHash : sha256Hex(body);
  if (declared !== undefined && declared !== hash) {
    throw new RefusedRequest(
      'signature_mismatch',
      'The body does not have the hash that x-amz-content-sha256 declares.',
    );
  }
  return { body, hash };
}

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection must survive a body that is too large: the answer that says so goes back on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxHeldBody) {
      throw new RefusedRequest(
        'request_too_large',
        `The body is larger than ${maxHeldBody / 1024 / 1024} MiB, which is as much as can be held to check its signature.`,
      );
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}
