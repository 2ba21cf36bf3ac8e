import { sha256Hex } from '../../src-shared/sigv4/signing-key.ts';
import type { ReadAuthorization, Refused } from '../../src-shared/sigv4/verify.ts';
import { maxBodyBytes, readBody } from '../http/body.ts';
import type { SandboxRequest } from '../http/request.ts';
import { refused } from './refused.ts';

/** A request's body, and the hash that its signature must cover. */
export interface Payload {
  ok: true;
  body: Buffer;
  hash: string;
}

/**
 * Reads a request's body and hashes it. A hash that the request declares must be that of the body which arrived.
 *
 * @param bodyMatters false for services that the sandbox only refuses: what they send with a payload that is not
 *   signed as a whole (`UNSIGNED-PAYLOAD`, `STREAMING-…`) is left unread
 */
export async function readPayload(
  request: SandboxRequest,
  { declaredPayload: declared }: ReadAuthorization,
  bodyMatters: boolean,
): Promise<Payload | Refused> {
  if (declared !== undefined && !/^[0-9a-f]{64}$/.test(declared)) {
    if (!bodyMatters) return { ok: true, body: Buffer.alloc(0), hash: declared };
    return refused(
      'signature_mismatch',
      `The body must be covered by the signature, but X-Amz-Content-Sha256 says "${declared}".`,
    );
  }
  const body = await readBody(request.body());
  if (body === undefined) {
    return refused('request_too_large', `The request body is longer than ${maxBodyBytes / 1024 / 1024} MiB.`);
  }
  const hash = sha256Hex(body);
  if (declared !== undefined && declared !== hash) {
    return refused(
      'signature_mismatch',
      'The X-Amz-Content-Sha256 header is not the SHA-256 of the body that arrived.',
    );
  }
  return { ok: true, body, hash };
}
