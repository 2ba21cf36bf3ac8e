import type { Readable } from 'node:stream';
import { type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { decodeText } from '../../src-shared/sigv4/encoding.ts';
import type { ReadAuthorization } from '../../src-shared/sigv4/verify.ts';
import type { SandboxRequest } from '../http/request.ts';
import type { AccessKey, AccessKeys } from '../iam/access-keys.ts';
import type { Access } from './access.ts';
import { isUtf8Text, readable, type S3Target } from './address.ts';
import { invalidArgument, S3Error } from './errors.ts';
import type { Store } from './store/store.ts';
import type { Bucket } from './store/types.ts';

/** Who signed a request to S3, and what its signature says of the body; the signature itself has been verified. */
export interface S3Signature {
  ok: true;
  key: AccessKey;
  read: ReadAuthorization;
  /** A SHA-256 in hex, or a literal such as `UNSIGNED-PAYLOAD`. */
  declaredPayload: string;
}

/** A request to S3 as it comes from the listener. */
export interface S3Call {
  requestId: string;
  request: SandboxRequest;
  /** Undefined for a request of nobody in particular. */
  signature: S3Signature | undefined;
}

/** What operations work with. */
export interface S3Context {
  store: Store;
  keys: AccessKeys;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** A request to S3 on its way to an operation. */
export interface S3Request extends S3Call {
  method: string;
  headers: readonly Header[];
  header(name: string): string | undefined;
  /** Decoded wire text, the first of each name. */
  parameters: ReadonlyMap<string, string>;
  target: S3Target;
  access: Access;
}

/** A request about a bucket that is there. */
export interface BucketRequest extends S3Request {
  bucket: Bucket;
}

/** A request about an object, which may be there or not, in a bucket that is. */
export interface ObjectRequest extends BucketRequest {
  /** Wire text. */
  key: string;
}

/** What S3 answers. Text is XML; a stream's length is in the headers. */
export interface S3Reply {
  status: number;
  headers: readonly Header[];
  body?: string | Readable;
}

/** A query's parameters, decoded; a plus is a space, as S3 has it. */
export function parametersIn(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeText((equals < 0 ? part : part.slice(0, equals)).replaceAll('+', ' '));
    const value = equals < 0 ? '' : decodeText(part.slice(equals + 1).replaceAll('+', ' '));
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** The headers of a request by their (lower-case) name. */
export function headersOf(headers: readonly Header[]): (name: string) => string | undefined {
  return (name) => headerValue(headers, name)?.trim();
}

/** A parameter that is text. @throws S3Error when it is not UTF-8 */
export function textParameter({ parameters }: S3Request, name: string): string {
  const value = parameters.get(name) ?? '';
  if (isUtf8Text(value)) return value;
  throw new S3Error(400, 'InvalidArgument', `The parameter ${name} is not UTF-8.`);
}

/** A parameter that is a number from 0 on, such as `max-keys`. */
export function numberParameter({ parameters }: S3Request, name: string, fallback: number, max: number): number {
  const text = parameters.get(name);
  if (text === undefined || text === '') return fallback;
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value))
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, readable(text));
  if (value < 0) throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, text);
  return Math.min(value, max);
}

/** An XML answer. */
export function xmlReply(body: string, headers: readonly Header[] = []): S3Reply {
  return { status: 200, headers: [['Content-Type', 'application/xml'], ...headers], body };
}

/** An answer without a body. */
export function emptyReply(status: number, headers: readonly Header[] = []): S3Reply {
  return { status, headers };
}
