import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Answering } from './answer-request.ts';
import { answerClientErrors } from './client-errors.ts';
import { createRequestHandler } from './handle-request.ts';
import { serverOptions, watchConnections } from './limits.ts';
import { createQuickConnections } from './quick-connections.ts';
import type { Entry } from './target-host.ts';

/** Speaks HTTP/1.1 on connections that a listener has opened, in TLS or not. */
export interface HttpConnections {
  /** Takes over a connection that nobody reads. */
  take(socket: Socket, entry: Entry): void;
  close(): void;
}

/** Usual requests are read by ourselves, all others by Node's HTTP server, which listens nowhere itself. */
export function createHttpConnections(answering: Answering): HttpConnections {
  const server = createServer(serverOptions(answering.limits));
  const handle = createRequestHandler(answering);
  const entries = new WeakMap<Socket, Entry>();
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const entry = entries.get(request.socket);
    if (entry) void handle(request, response, entry);
    else request.socket.destroy();
  };
  server.on('request', take);
  server.on('checkContinue', take);
  answerClientErrors(server);
  watchConnections(server);
  const quick = createQuickConnections(answering, (socket, entry, bytes) => {
    entries.set(socket, entry);
    if (!socket.isPaused()) {
      server.emit('connection', socket);
      // At once: Node's server reads from below the stream, and so gets what comes next before what would be put back.
      socket.emit('data', bytes);
      return;
    }
    // More of it may wait in the stream. With somebody else listening, Node's server reads the stream itself.
    socket.unshift(bytes);
    server.emit('connection', socket);
    socket.on('data', () => undefined);
    socket.resume();
  });
  return {
    take: quick.take,
    close() {
      quick.close();
      server.close();
    },
  };
}
