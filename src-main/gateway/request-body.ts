import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** The body of a request, as the gateway gets it: there whole, or still in a message of Node's; null for none. */
export type RequestBody = Uint8Array | IncomingMessage | null;

/** Bodies up to this size are read whole before they are sent on: cheaper than a stream through a check. */
export const wholeBytes = 256 * 1024;

/** Whether a body is still to be read. */
export function isMessage(body: RequestBody): body is IncomingMessage {
  return body instanceof Readable;
}

/** A body without the messages that have none. */
export function bodyThere(body: RequestBody): RequestBody {
  return isMessage(body) && !messageHasBody(body) ? null : body;
}

function messageHasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
