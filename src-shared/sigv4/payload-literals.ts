/**
 * What `x-amz-content-sha256` says where it is no hash.
 * Source: S3 API Reference, "Authenticating requests: using the Authorization header".
 */

/** The body is not covered by the signature. */
export const unsignedPayload = 'UNSIGNED-PAYLOAD';
/** Bodies that the signature does not cover: as they are, or in unsigned chunks with a checksum behind them. */
export const unsignedPayloads: ReadonlySet<string> = new Set([unsignedPayload, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']);
/** In chunks, each signed. */
export const signedChunks = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
/** In chunks, each signed, with signed trailers behind them. */
export const signedChunksWithTrailer = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';

/** Whether a body is in signed chunks, which are made anew whenever a request is signed anew. */
export function isSignedChunks(payloadHash: string | undefined): boolean {
  return payloadHash === signedChunks || payloadHash === signedChunksWithTrailer;
}
