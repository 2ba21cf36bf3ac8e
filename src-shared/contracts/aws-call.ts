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

/** How the body counts in the signature: a known SHA-256 in lower-case hex, or AWS's literal for "not signed". */
export type PayloadHash = string;

/** A verified request: whose it is and what it is for. It carries no key, no signature and no session token. */
export interface AwsCall {
  /** Made by us; the audit event and every error bear it. */
  requestId: string;
  appSessionId: string;
  method: string;
  path: string;
  query: string;
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
  body: Body;
}

/** What AWS answered, or our own answer in AWS's shape. */
export interface AwsReply {
  status: number;
  headers: readonly Header[];
  body: Uint8Array | Readable;
}

/** The value of the first header with this (lower-case) name. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  for (const [key, value] of headers) {
    if (key.length === name.length && key.toLowerCase() === name) return value;
  }
  return undefined;
}
