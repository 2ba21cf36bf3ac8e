import type { Readable } from 'node:stream';

/**
 * The way of an AWS request through the house, one type for each step:
 *
 *     IncomingAwsRequest -> verify -> AwsCall -> ServiceClient.forward -> authorise -> resign -> dispatch -> AwsReply
 *
 * Text from the wire stays as it was on the wire: one character for each byte (latin1), nothing decoded.
 */

/** One header line, name and value as written. Order and repetition mean something, so headers are a list. */
export type Header = readonly [name: string, value: string];

/** Bytes in memory, or bytes still to come. `null` is no body at all. */
export type Body = Uint8Array | Readable | null;

/** An HTTP request with nothing decoded, as a listener received it. */
export interface IncomingAwsRequest {
  method: string;
  /** The path as sent, percent-encoding untouched, without the query. */
  path: string;
  /** What followed the first `?`, without it; empty when there was none. */
  query: string;
  headers: readonly Header[];
  body: Body;
}

/**
 * How the body counts in the signature: a known SHA-256 in lower-case hex, or one of AWS's literals
 * (`UNSIGNED-PAYLOAD`, `STREAMING-…`; see `sigv4/payload-literals.ts`).
 */
export type PayloadHash = string;

/** A verified request: whose it is and what it is for. It carries no key, no signature and no session token. */
export interface AwsCall {
  /** Made by us; the audit event and every error bear it. */
  requestId: string;
  appSessionId: string;
  /** The chained role whose keys are to sign, where it is not the app session's own role. */
  chainId?: string | undefined;
  method: string;
  path: string;
  /** Without the parameters of a presigned request's signature. */
  query: string;
  /** Set for a presigned request, which is presigned anew: how long it is to hold, in seconds. */
  presignedFor?: number | undefined;
  /** Without `Authorization`, security token and hop-by-hop headers. */
  headers: readonly Header[];
  /** Lower-case names of the headers that the client signed, so that we sign these and no others. */
  signedHeaders: readonly string[];
  /** Signing name of the credential scope (`dynamodb`, `s3`, …). */
  service: string;
  /** Region of the credential scope. */
  region: string;
  /** The AWS host that the request is for, already parsed. */
  host: string;
  /** The hash to sign with; undefined when nobody has hashed the body yet (calls made inside Rolegate). */
  payloadHash?: PayloadHash | undefined;
  /** Where `payloadHash` says that chunks are signed, the payload without its chunks: they are made anew. */
  body: Body;
  /** The trailers of signed chunks; complete once the body has ended. */
  trailers?: (() => readonly Header[]) | undefined;
  /** What is known of the payload's hash from the check of the client's chunks. Lost on the way to another process. */
  knownHash?: KnownHash | undefined;
}

/**
 * The SHA-256, in hex, of a part of a payload, where somebody has worked it out already.
 *
 * @param start offset of the part; parts are asked for in order, and each once
 */
export type KnownHash = (start: number, length: number) => string | undefined;

/** What AWS answered, or our own answer in AWS's shape. */
export interface AwsReply {
  status: number;
  headers: readonly Header[];
  body: Uint8Array | Readable;
  /** Set where the answer holds virtual credentials: the gateway has to know them. */
  chain?: ChainGrant | undefined;
}

/** Virtual credentials of a chained role. They are good at the gateway that asked for them, and nowhere else. */
export interface ChainGrant {
  id: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** The value of the first header with this (lower-case) name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  for (const [key, value] of headers) {
    if (key.length === name.length && key.toLowerCase() === name) return value;
  }
  return undefined;
}
