import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Answering } from './answer-request.ts';
import type { LocalCa } from './ca.ts';
import { createHttpConnections } from './http-connections.ts';
import { listen } from './listen.ts';
import type { Listener } from './listener.ts';

/** The first byte of a TLS handshake (RFC 8446 §5.1, content type `handshake`). */
const tlsHandshake = 0x16;

/**
 * The gateway as an AWS service endpoint: `https://127.0.0.1:<port>`, for tools that take an endpoint address but
 * no proxy. The same port takes plain http, for tools that cannot be told to trust a certificate; whether such a
 * request is let through its app session decides.
 */
export async function startEndpoint(port: number, ca: LocalCa, answering: Answering): Promise<Listener> {
  const { limits } = answering;
  let boundPort = port;
  const sockets = new Set<Socket>();
  const http = createHttpConnections(answering);
  const secured = createTlsServer({
    ...ca.endpoint,
    minVersion: 'TLSv1.2',
    handshakeTimeout: limits.handshakeTimeout,
    ALPNProtocols: ['http/1.1'],
  });
  secured.on('secureConnection', (socket) => http.take(socket, { mode: 'endpoint', port: boundPort, isPlain: false }));
  // A tool that does not trust our certificate hangs up here; it says so itself.
  secured.on('tlsClientError', (_error, socket) => socket.destroy());

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
      if (first[0] === tlsHandshake) secured.emit('connection', socket);
      else http.take(socket, { mode: 'endpoint', port: boundPort, isPlain: true });
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
        http.close();
      }),
  };
}
