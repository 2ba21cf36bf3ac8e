import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { type AwsReply, type Body, type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { awsErrorCode, errorHeadBytes } from './error-code.ts';

/** What an answer came to, once it has passed or broken off. */
export interface PassedReply {
  /** Bytes of its body that went on. */
  bytesOut: number;
  /** AWS's error code, where it is an error. */
  errorCode?: string | undefined;
  /** Why it was not passed on whole. */
  brokenOff?: string;
}

/**
 * Watches an answer go by, without holding or changing it, and tells what it came to: at once where it is in memory,
 * and otherwise when it has ended, however that is.
 */
export function watchReply({ status, headers, body }: AwsReply, onPassed: (passed: PassedReply) => void): void {
  const isError = status >= 300;
  if (body instanceof Uint8Array) {
    const errorCode = isError ? awsErrorCode(headers, body.subarray(0, errorHeadBytes)) : undefined;
    onPassed({ bytesOut: body.length, errorCode });
    return;
  }
  let bytesOut = 0;
  const head: Buffer[] = [];
  listen(body, (chunk) => {
    if (isError && bytesOut < errorHeadBytes) head.push(chunk.subarray(0, errorHeadBytes - bytesOut));
    bytesOut += chunk.length;
  });
  let error: Error | undefined;
  body.once('error', (reason) => {
    error = reason;
  });
  body.once('close', () => {
    const errorCode = isError ? awsErrorCode(headers, Buffer.concat(head)) : undefined;
    onPassed({ bytesOut, errorCode, ...(!body.readableEnded && { brokenOff: breakReason(error) }) });
  });
}

/** Counts the bytes of a request's body, by now or as they pass. */
export function countBody(body: Body, headers: readonly Header[]): () => number {
  if (body === null) return () => 0;
  if (!(body instanceof Readable)) return () => body.length;
  // Where the length is declared, another would break the request off.
  const declared = Number(headerValue(headers, 'content-length') ?? Number.NaN);
  const framed = headerValue(headers, 'x-amz-decoded-content-length') !== undefined;
  if (!framed && Number.isSafeInteger(declared)) return () => declared;
  let bytes = 0;
  listen(body, (chunk) => {
    bytes += chunk.length;
  });
  return () => bytes;
}

/** Sees the chunks of a stream whenever somebody reads it. `Readable.on('data')` would begin to read it. */
function listen(stream: Readable, onChunk: (chunk: Buffer) => void): void {
  EventEmitter.prototype.on.call(stream, 'data', onChunk);
}

function breakReason(error: Error | undefined): string {
  if (error instanceof RolegateError) return error.message;
  return error ? 'the answer broke off' : 'the answer was not read to its end';
}
