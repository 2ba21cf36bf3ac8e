import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import type { LocalCa } from './ca.ts';
import { answerClientErrors } from './client-errors.ts';
import type { HandleRequest } from './handle-request.ts';
import { type GatewayLimits, serverOptions, watchConnections } from './limits.ts';
import { listen } from './listen.ts';
import type { Listener } from './listener.ts';

/** The first byte of a TLS handshake (RFC 8446 §5.1, content type `handshake`). */
const tlsHandshake = 0x16;

/**
 * The gateway as an AWS service endpoint: `https://127.0.0.1:<port>`, for tools that take an endpoint address but
 * no proxy. The same port takes plain http, for tools that cannot be told to trust a certificate; whether such a
 * request is let through its app session decides.
 */
export async function startEndpoint(
  port: number,
  ca: LocalCa,
  handle: HandleRequest,
  limits: GatewayLimits,
): Promise<Listener> {
  let boundPort = port;
  const sockets = new Set<Socket>();
  const secured = createHttpsServer({
    ...serverOptions(limits),
    ...ca.endpoint,
    minVersion: 'TLSv1.2',
    handshakeTimeout: limits.handshakeTimeout,
    ALPNProtocols: ['http/1.1'],
  });
  const plain = createHttpServer(serverOptions(limits));
  serve(secured, false);
  serve(plain, true);
  // A tool that does not trust our certificate hangs up here; it says so itself.
  secured.on('tlsClientError', (_error, socket) => socket.destroy());

  function serve(server: Server, isPlain: boolean): void {
    const take = (request: IncomingMessage, response: ServerResponse) =>
      void handle(request, response, { mode: 'endpoint', port: boundPort, isPlain });
    server.on('request', take);
    server.on('checkContinue', take);
    answerClientErrors(server);
    watchConnections(server);
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Whoever is at the other end may go away at any time.
    socket.on('error', () => socket.destroy());
    socket.setTimeout(limits.handshakeTimeout, () => socket.destroy());
    socket.once('readable', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      (first[0] === tlsHandshake ? secured : plain).emit('connection', socket);
    });
  });
  server.maxConnections = limits.connections;
  boundPort = await listen(server, port);
  return {
    port: boundPort,
    changeCa: (other) => secured.setSecureContext({ ...other.endpoint, minVersion: 'TLSv1.2' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        secured.close();
        plain.close();
      }),
  };
}
