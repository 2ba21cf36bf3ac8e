import type { FastifyInstance } from 'fastify';
import type { AppService } from '../app-service.ts';
import { bearerToken } from './bearer.ts';

/** The most that may wait for a client that does not read: then it is let go, and may come again. */
const maxWaiting = 64 * 1024;

/** `GET /v1/watch`: what happens to a login, as lines of JSON for as long as the login and the connection last. */
export function addWatchRoute(server: FastifyInstance, service: AppService): void {
  server.get('/v1/watch', (request, reply) => {
    const gone = new AbortController();
    const { raw } = reply;
    raw.once('close', () => gone.abort());
    let isOpen = false;
    return service
      .watch(
        bearerToken(request.headers.authorization),
        (event) => {
          if (!isOpen) {
            isOpen = true;
            // From here on the answer is ours to write.
            reply.hijack();
            raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
          }
          raw.write(`${JSON.stringify(event)}\n`);
          if (raw.writableLength > maxWaiting) raw.destroy();
        },
        gone.signal,
      )
      .then(() => {
        if (isOpen) raw.end();
        return isOpen ? undefined : {};
      });
  });
}
