import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { RolegateError } from '../../src-shared/errors.ts';
import { type Channel, type Served, serveChannel } from '../engine/channel.ts';
import { listen, loopback } from '../gateway/listen.ts';
import { contentSecurityPolicy } from '../page/content-security-policy.ts';
import { readPageFile } from '../page/page-files.ts';
import { createOneTimeTokens } from './one-time-tokens.ts';

export interface PageServer {
  port: number;
  /** An address that lets one browser in, once, within a minute. */
  newAddress(): string;
  close(): Promise<void>;
}

const helloTimeout = 5_000;
const maxMessage = 4 * 1024 * 1024;

/**
 * Serves the page to browsers of this machine, and its calls over a WebSocket. The page holds nothing; the WebSocket
 * wants a one-time token or the secret that was given for one, in its first message. No cookies: a cookie of one
 * port goes to every port of a host.
 *
 * @param folder folder of the built page
 * @param port 0 for any free one
 */
export async function startPageServer(
  folder: string,
  served: Served,
  { port = 0, now = Date.now }: { port?: number; now?: () => number } = {},
): Promise<PageServer> {
  const tokens = createOneTimeTokens(now);
  let origin = '';
  const server: Server = createServer((request, response) => void servePage(folder, origin, request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage });

  server.on('upgrade', (request, socket, head) => {
    // A page of another site may try; its origin shows. A name that was made to point here shows in Host.
    const { host, origin: from } = request.headers;
    if (request.url !== '/ws' || `http://${host}` !== origin || from !== origin) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => welcome(webSocket));
  });

  function welcome(socket: WebSocket): void {
    const timer = setTimeout(() => socket.terminate(), helloTimeout);
    socket.once('close', () => clearTimeout(timer));
    socket.on('error', () => socket.terminate());
    socket.once('message', (data) => {
      clearTimeout(timer);
      const secret = secretFor(parse(data.toString()));
      if (secret === undefined) {
        socket.send(JSON.stringify({ type: 'refused', error: refusal.toData() }));
        socket.close();
        return;
      }
      socket.send(JSON.stringify({ type: 'welcome', secret }));
      serveChannel(webSocketChannel(socket), served);
    });
  }

  function secretFor(hello: unknown): string | undefined {
    const { type, token, secret } = (hello ?? {}) as Record<string, unknown>;
    if (type !== 'hello') return undefined;
    if (typeof secret === 'string' && tokens.isSecret(secret)) return secret;
    return typeof token === 'string' ? tokens.redeem(token) : undefined;
  }

  const boundPort = await listen(server, port);
  origin = `http://${loopback}:${boundPort}`;
  return {
    port: boundPort,
    newAddress: () => `${origin}/#token=${tokens.issue()}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function servePage(
  folder: string,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '/';
  const isForUs =
    `http://${request.headers.host}` === origin && (request.method === 'GET' || request.method === 'HEAD');
  const file = isForUs ? await readPageFile(folder, url.split('?', 1)[0] ?? '/') : undefined;
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(origin.replace('http:', 'ws:')));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', file?.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store');
  if (!file) {
    response.writeHead(isForUs ? 404 : 403, { 'Content-Type': 'text/plain' });
    response.end('Not found\n');
    return;
  }
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': file.content.length });
  response.end(request.method === 'HEAD' ? undefined : file.content);
}

const refusal = new RolegateError('access_denied', 'This address has expired.', {
  hint: 'Get a new one where Rolegate runs: press Enter there, or start it again.',
});

function webSocketChannel(socket: WebSocket): Channel {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) => void socket.on('message', (data) => listener(parse(data.toString()))),
    onClose: (listener) => void socket.once('close', listener),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
