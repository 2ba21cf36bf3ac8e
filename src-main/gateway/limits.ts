import type { Server, ServerOptions } from 'node:http';

/** What the gateway holds its clients to. Sizes are bytes, times milliseconds. */
export interface GatewayLimits {
  /** The request line and headers of one request. */
  headerBytes: number;
  /** How long a client may take over its headers. */
  headersTimeout: number;
  /** How long a client may take over its TLS handshake, or to say anything at all. */
  handshakeTimeout: number;
  /** How long a connection may stay open with nothing going on. */
  idleTimeout: number;
  /** How long a client may stop in the middle of sending a body, or of taking an answer. */
  bodyTimeout: number;
  /** How long a request may take in all, its answer included. */
  totalTimeout: number;
  /** Connections to one port, tunnels included. */
  connections: number;
  /** Bodies that have to be hashed before they can be sent on are held in memory up to this size, … */
  heldBytes: number;
  /** … and in a temporary file up to this one. */
  spilledBytes: number;
}

/** The defaults; `settings.json` may say otherwise under `gatewayLimits`. */
export const defaultLimits: GatewayLimits = {
  headerBytes: 64 * 1024,
  headersTimeout: 20_000,
  handshakeTimeout: 15_000,
  idleTimeout: 65_000,
  bodyTimeout: 120_000,
  totalTimeout: 24 * 3_600_000,
  connections: 20_000,
  heldBytes: 16 * 1024 * 1024,
  spilledBytes: 128 * 1024 * 1024,
};

/** The limits, with the defaults for what is not said. */
export function withDefaults(limits: { [Name in keyof GatewayLimits]?: number | undefined } = {}): GatewayLimits {
  const said = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(said) };
}

/**
 * Lets an HTTP server that gets its connections from elsewhere, and listens nowhere itself, keep its time limits: Node
 * begins to watch connections when a server begins to listen. Closing the server ends it.
 */
export function watchConnections(server: Server): void {
  server.emit('listening');
}

/** The limits as Node's HTTP server takes them. */
export function serverOptions({ headerBytes, headersTimeout, idleTimeout }: GatewayLimits): ServerOptions {
  return {
    maxHeaderSize: headerBytes,
    headersTimeout,
    connectionsCheckingInterval: Math.max(100, Math.floor(headersTimeout / 4)),
    // Uploads may take as long as they take.
    requestTimeout: 0,
    keepAliveTimeout: idleTimeout,
    noDelay: true,
  };
}
