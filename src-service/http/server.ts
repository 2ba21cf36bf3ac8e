import type { Server as HttpServer, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { RolegateError } from '../../src-shared/errors.ts';
import type { AppService } from '../app-service.ts';
import { type Log, silentLog } from '../log.ts';
import type { ServerCertificate } from './certificate.ts';
import { addControlRoutes } from './control-routes.ts';
import { createForwardRoute } from './forward-route.ts';

export interface ServiceServerOptions {
  service: AppService;
  tls: ServerCertificate;
  /** The address to bind; loopback unless the operator says otherwise. */
  host?: string;
  /** 0 for any free port. */
  port: number;
  log?: Log;
}

export interface ServiceServer {
  /** The port that is bound. */
  port: number;
  /** Shows another certificate from now on; connections that are open stay. */
  replaceCertificate(tls: ServerCertificate): void;
  /**
   * Takes no more requests, lets those under way end, and closes all connections.
   *
   * @param patience milliseconds after which requests that are still under way are cut
   */
  close(patience?: number): Promise<void>;
}

const controlBodyLimit = 64 * 1024;
const headersTimeout = 20_000;
const tlsOptions = { minVersion: 'TLSv1.2' } as const;

/** Serves an app-service over TLS 1.2 or later and HTTP/1.1. */
export async function startServiceServer(options: ServiceServerOptions): Promise<ServiceServer> {
  const { service, tls, host = '127.0.0.1', port, log = silentLog } = options;
  const { default: fastify } = await import('fastify');
  const forward = createForwardRoute(service, log);
  let controlRoutes: RequestListener | undefined;
  const underWay = createUnderWay();
  const server = createServer({ ...tls, ...tlsOptions, maxHeaderSize: 32 * 1024 }, (request, response) => {
    // Whoever watches does so until the connection ends, and comes back to whatever answers then.
    if (request.url !== '/v1/watch') underWay.add(response);
    if (request.url === '/v1/forward' && request.method === 'POST') void forward(request, response);
    else controlRoutes?.(request, response);
  });
  server.headersTimeout = headersTimeout;
  // Uploads may take as long as they take.
  server.requestTimeout = 0;
  const control = fastify({
    bodyLimit: controlBodyLimit,
    logger: false,
    serverFactory: (routes: RequestListener) => {
      controlRoutes = routes;
      // The framework's types know plain servers here; a TLS one has the same methods.
      return server as unknown as HttpServer;
    },
  });
  addControlRoutes(control, service, log);
  try {
    await control.listen({ host, port });
  } catch (error) {
    await control.close();
    throw listenError(error, host, port);
  }
  return {
    port: (server.address() as AddressInfo).port,
    replaceCertificate: (next) => server.setSecureContext({ ...next, ...tlsOptions }),
    async close(patience = 0) {
      if (patience > 0) {
        server.close();
        server.closeIdleConnections();
        await underWay.ended(patience);
      }
      server.closeAllConnections();
      await control.close();
    },
  };
}

/** The requests that are under way, so that a server can wait for them before it goes. */
function createUnderWay() {
  const responses = new Set<ServerResponse>();
  let ending = false;
  let whenNone: (() => void) | undefined;
  return {
    add(response: ServerResponse): void {
      responses.add(response);
      // Clients are to come back on another connection, to another server.
      if (ending) response.setHeader('connection', 'close');
      response.once('close', () => {
        responses.delete(response);
        if (responses.size === 0) whenNone?.();
      });
    },
    async ended(patience: number): Promise<void> {
      ending = true;
      for (const response of responses) if (!response.headersSent) response.setHeader('connection', 'close');
      if (responses.size === 0) return;
      await new Promise<void>((resolve) => {
        whenNone = resolve;
        setTimeout(resolve, patience).unref();
      });
    },
  };
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') {
    return new RolegateError('conflict', `Port ${port} on ${host} is in use by another program.`, {
      hint: 'End that one, or choose another port.',
    });
  }
  if (code === 'EACCES') return new RolegateError('access_denied', `Port ${port} may not be used by this user.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new RolegateError('bad_input', `${host} is no address of this machine.`, {
      hint: '0.0.0.0 is all of them, 127.0.0.1 is this machine only.',
    });
  }
  return error;
}
