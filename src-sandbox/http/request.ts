import type { IncomingMessage } from 'node:http';
import type { Header } from '../../src-shared/contracts/aws-call.ts';

/** A request's head as it was on the wire, nothing decoded, and its body to come. */
export interface SandboxRequest {
  method: string;
  /** Percent-encoding untouched, without the query. */
  path: string;
  /** What followed the first `?`, without it. */
  query: string;
  headers: readonly Header[];
  /** Whether the client went away in the middle of its body. */
  isBroken(): boolean;
  /** The body. A client that waits to be asked for it (`Expect: 100-continue`) is asked by this. */
  body(): IncomingMessage;
}

/**
 * Takes Node's message for what was on the wire.
 *
 * @param onBody is called before the body is first read
 */
export function requestOf(message: IncomingMessage, onBody: () => void = () => {}): SandboxRequest {
  const target = message.url ?? '/';
  const question = target.indexOf('?');
  const headers: Header[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    headers.push([message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '']);
  }
  let asked = false;
  return {
    method: message.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers,
    isBroken: () => message.errored !== null,
    body() {
      if (!asked) onBody();
      asked = true;
      return message;
    },
  };
}
