import type { ServerResponse } from 'node:http';
import type { Header } from '../../src-shared/contracts/aws-call.ts';

/** An answer that is all there, ready to be written. */
export interface Reply {
  status: number;
  headers: readonly Header[];
  body: string | Uint8Array;
}

/** Writes an answer to its socket. */
export function send(response: ServerResponse, reply: Reply): void {
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.byteLength;
  const headers = reply.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  // An answer that has no body by its status must not have a length either (RFC 9110 §8.6).
  const lengths = reply.status === 204 || reply.status === 304 ? [] : [['Content-Length', String(length)]];
  response.writeHead(reply.status, [...headers, ...lengths].flat());
  response.end(reply.body);
}
