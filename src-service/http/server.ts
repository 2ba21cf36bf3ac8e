import type { Server as HttpServer, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { RolegateError } from '../../src-shared/errors.ts';
import type { AppService } from '../app-service.ts';
import { type Log, silentLog } from '../log.ts';
import { addControlRoutes } from './control-routes.ts';
import { createForwardRoute } from './forward-route.ts';

export interface ServiceServerOptions {
  service: AppService;
  /** PEM: the certificate with its chain, and its key. */
  tls: { cert: string; key: string };
  /** The address to bind; loopback unless the operator says otherwise. */
  host?: string;
  /** 0 for any free port. */
  port: number;
  log?: Log;
}

export interface ServiceServer {
  /** The port that is bound. */
  port: number;
  close(): Promise<void>;
}

const controlBodyLimit = 64 * 1024;
const headersTimeout = 20_000;

/** Serves an app-service over TLS 1.2 or later and HTTP/1.1. */
export async function startServiceServer(options: ServiceServerOptions): Promise<ServiceServer> {
  const { service, tls, host = '127.0.0.1', port, log = silentLog } = options;
  const { default: fastify } = await import('fastify');
  const forward = createForwardRoute(service, log);
  let controlRoutes: RequestListener | undefined;
  const server = createServer({ ...tls, minVersion: 'TLSv1.2', maxHeaderSize: 32 * 1024 }, (request, response) => {
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
    async close() {
      server.closeAllConnections();
      await control.close();
    },
  };
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') {
    return new RolegateError('conflict', `Port ${port} on ${host} is in use by another program.`, {
      hint: 'Choose another port with --port, or 0 for any free one.',
    });
  }
  if (code === 'EACCES') return new RolegateError('access_denied', `Port ${port} may not be used by this user.`);
  return error;
}
