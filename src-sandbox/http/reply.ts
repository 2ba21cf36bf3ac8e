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
  response.writeHead(reply.status, [...headers, ['Content-Length', String(length)]].flat());
  response.end(reply.body);
}
