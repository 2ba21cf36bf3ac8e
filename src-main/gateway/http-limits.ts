import type { ServerOptions } from 'node:http';

/** What every listener of the gateway holds its clients to. Times are milliseconds. */
export const httpLimits: ServerOptions = {
  maxHeaderSize: 64 * 1024,
  /** How long a client may take over its headers. */
  headersTimeout: 20_000,
  /** Uploads may take as long as they take. */
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
  noDelay: true,
};
