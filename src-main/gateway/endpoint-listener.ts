import { createServer } from 'node:https';
import type { LocalCa } from './ca.ts';
import type { HandleRequest } from './handle-request.ts';
import { httpLimits } from './http-limits.ts';
import { listen } from './listen.ts';
import type { Listener } from './listener.ts';

/**
 * The gateway as an AWS service endpoint: `https://127.0.0.1:<port>`, for tools that take an endpoint address but
 * no proxy.
 */
export async function startEndpoint(port: number, ca: LocalCa, handle: HandleRequest): Promise<Listener> {
  let boundPort = port;
  const server = createServer(
    { ...httpLimits, ...ca.endpoint, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] },
    (request, response) => void handle(request, response, { mode: 'endpoint', port: boundPort }),
  );
  // A tool that does not trust our certificate hangs up here; it says so itself.
  server.on('tlsClientError', () => undefined);
  boundPort = await listen(server, port);
  return {
    port: boundPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
