import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { type AwsHost, parseAwsHost } from '../../src-shared/aws/hosts.ts';
import type { Outbound } from '../../src-shared/outbound/outbound.ts';
import type { Answering } from './answer-request.ts';
import type { LocalCa } from './ca.ts';
import { answerClientErrors } from './client-errors.ts';
import { createHttpConnections } from './http-connections.ts';
import { serverOptions } from './limits.ts';
import { listen } from './listen.ts';
import type { Listener } from './listener.ts';
import { openTunnel, TunnelRefused } from './tunnel.ts';
import type { TunnelRules } from './tunnel-rules.ts';

/**
 * The gateway as an HTTPS proxy: takes CONNECT, and nothing else. A tunnel to an AWS host ends here, in TLS with a
 * certificate of the local authority; a tunnel to any other host is passed on untouched.
 */
export async function startProxy(
  port: number,
  firstCa: LocalCa,
  answering: Answering,
  outbound: Outbound,
  rules: TunnelRules,
): Promise<Listener> {
  const { limits } = answering;
  let ca = firstCa;
  const sockets = new Set<Duplex>();
  const track = (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Whoever is at the other end may go away at any time.
    socket.on('error', () => socket.destroy());
  };

  const inside = createHttpConnections(answering);

  async function endTunnel(socket: Duplex, head: Buffer, { host }: AwsHost): Promise<void> {
    const secureContext = await ca.contextFor(host);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    const secured = new TLSSocket(socket as Socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    track(secured);
    const timer = setTimeout(() => secured.destroy(), limits.handshakeTimeout);
    secured.once('close', () => clearTimeout(timer));
    secured.once('secure', () => {
      clearTimeout(timer);
      // The name in the handshake must be the name of the tunnel.
      const { servername } = secured as TLSSocket & { servername?: string | false };
      if (servername && servername.toLowerCase() !== host) secured.destroy();
      else inside.take(secured, { mode: 'proxy', host });
    });
  }

  const server = createServer(serverOptions(limits), (_request, response) => {
    response.writeHead(405, { 'content-type': 'text/plain', connection: 'close' });
    response.end('This is an HTTPS proxy: it takes CONNECT only. Set HTTPS_PROXY, not HTTP_PROXY.\n');
  });
  answerClientErrors(server);
  server.maxConnections = limits.connections;
  server.on('connection', track);
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = parseAuthority(request.url ?? '');
    const aws = target && !isTunnelled(target.host) ? parseAwsHost(`${target.host}:${target.port}`) : undefined;
    const done = aws
      ? endTunnel(socket, head, aws)
      : target
        ? passOn(socket, head, target, outbound, rules).then(track)
        : Promise.reject(new TunnelRefused(400, 'CONNECT needs a host and a port.'));
    done.catch((error: unknown) => refuse(socket, error));
  });

  const boundPort = await listen(server, port);
  return {
    port: boundPort,
    changeCa: (other) => {
      ca = other;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        inside.close();
      }),
  };
}

/** AWS hosts that speak no SigV4: the session manager's WebSocket carries a token of its own. */
function isTunnelled(host: string): boolean {
  return host.startsWith('ssmmessages.');
}

function parseAuthority(authority: string): { host: string; port: number } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i.exec(authority);
  if (!match) return undefined;
  const [, host = '', port = ''] = match;
  return { host: host.replace(/^\[|\]$/g, '').toLowerCase(), port: Number(port) };
}

async function passOn(
  socket: Duplex,
  head: Buffer,
  { host, port }: { host: string; port: number },
  outbound: Outbound,
  rules: TunnelRules,
): Promise<Socket> {
  const upstream = await openTunnel(host, port, outbound, rules);
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) upstream.write(head);
  upstream.pipe(socket);
  socket.pipe(upstream);
  upstream.once('close', () => socket.destroy());
  socket.once('close', () => upstream.destroy());
  return upstream;
}

function refuse(socket: Duplex, error: unknown): void {
  const { status, message } =
    error instanceof TunnelRefused ? error : { status: 502, message: 'The connection could not be made.' };
  const body = `${message}\n`;
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
