import type { Socket } from 'node:net';
import type { Answering } from './answer-request.ts';
import { type HandOver, QuickConnection, type QuickParts } from './quick-connection.ts';
import type { Entry } from './target-host.ts';

/** Connections whose requests are read without Node's HTTP server. */
export interface QuickConnections {
  /** Takes over a connection that nobody reads. */
  take(socket: Socket, entry: Entry): void;
  close(): void;
}

/**
 * Node's HTTP server costs as much for a request as verifying, signing and audit together (`bench/README.md`): a message, a
 * response, two streams, and a call back for each thing that its parser finds. So usual requests are read without it. At
 * any other, a connection goes to Node's server and stays there.
 */
export function createQuickConnections(answering: Answering, handOver: HandOver): QuickConnections {
  const { headersTimeout, idleTimeout, bodyTimeout, totalTimeout } = answering.limits;
  const all = new Set<QuickConnection>();
  const parts: QuickParts = { answering, handOver, all, clock: { now: performance.now() } };
  const shortest = Math.min(headersTimeout, idleTimeout, bodyTimeout, totalTimeout);
  // One timer for all of them: to set one for each request costs more than the limits are worth.
  const timer = setInterval(
    () => {
      parts.clock.now = performance.now();
      for (const one of all) one.check();
    },
    Math.min(1_000, Math.max(20, shortest / 4)),
  );
  timer.unref();
  return {
    take(socket, entry) {
      all.add(new QuickConnection(socket, entry, parts));
    },
    close: () => clearInterval(timer),
  };
}
