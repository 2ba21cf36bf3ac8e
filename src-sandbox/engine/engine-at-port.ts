import type { Pool } from 'undici';
import type { Engine } from './engine.ts';

/** How long requests under way may take to finish when an engine is closed, in milliseconds. */
const patience = 2_000;

/**
 * An engine that listens on a port of the loopback interface.
 *
 * @param gone settles when it has ended
 * @param stop makes it end, and waits for that
 */
export async function engineAtPort(port: number, gone: Promise<void>, stop: () => Promise<void>): Promise<Engine> {
  const origin = `http://127.0.0.1:${port}`;
  // Loaded with the first engine: the client is large, and the start of the app is measured.
  const { Pool: HttpPool } = await import('undici');
  const http = new HttpPool(origin);
  return {
    origin,
    http,
    gone,
    close: async () => {
      await closePool(http);
      await stop();
    },
  };
}

async function closePool(pool: Pool): Promise<void> {
  if (pool.closed || pool.destroyed) return;
  const timer = setTimeout(() => void pool.destroy(), patience);
  await pool.close().catch(() => undefined);
  clearTimeout(timer);
}
