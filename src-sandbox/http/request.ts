import type { IncomingMessage } from 'node:http';
import type { Header } from '../../src-shared/contracts/aws-call.ts';

/** A request's head as it was on the wire, nothing decoded, and where its body comes from. */
export interface SandboxRequest {
  method: string;
  /** Percent-encoding untouched, without the query. */
  path: string;
  /** What followed the first `?`, without it. */
  query: string;
  headers: readonly Header[];
  message: IncomingMessage;
}

/** Takes Node's message for what was on the wire. */
export function requestOf(message: IncomingMessage): SandboxRequest {
  const target = message.url ?? '/';
  const question = target.indexOf('?');
  const headers: Header[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    headers.push([message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '']);
  }
  return {
    method: message.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers,
    message,
  };
}
