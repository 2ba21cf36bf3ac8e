import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { ConnectionError, type Exchange, RawConnection, type RawTimeouts } from './raw-connection.ts';

export interface RawAgentOptions {
  /** Opens connections: undici's connector, or one round it. */
  connect: buildConnector.connector;
  /** The most connections to one origin; what comes beyond waits. */
  connections?: number;
  /** Milliseconds; see {@link RawTimeouts}. */
  headersTimeout?: number;
  bodyTimeout?: number;
}

const checkEvery = 1_000;

/**
 * HTTP/1.1 connections that are kept and used again. Our own, and not undici's: it spends as much on a request as all of
 * our verifying and signing does (`bench/README.md`), and breaks an assertion, which ends the process, where a
 * connection ends while a slow reader holds an answer up (https://github.com/nodejs/undici/issues/5360).
 */
export class RawAgent {
  readonly #options: RawAgentOptions;
  readonly #timeouts: RawTimeouts;
  readonly #origins = new Map<string, Origin>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RawAgentOptions) {
    this.#options = options;
    const { headersTimeout = 300_000, bodyTimeout = 300_000 } = options;
    this.#timeouts = { headers: headersTimeout, body: bodyTimeout, idle: 4_000 };
  }

  /** Sends a request over a free connection, or a new one, or the next that gets free. */
  dispatch(exchange: Exchange): void {
    const { origin } = exchange.request;
    let one = this.#origins.get(origin);
    if (!one) {
      one = new Origin(origin, this.#options, this.#timeouts);
      this.#origins.set(origin, one);
    }
    this.#timer ??= this.#watch();
    one.dispatch(exchange);
  }

  /** Takes back a request that waits for a connection. @returns whether it did wait */
  withdraw(exchange: Exchange): boolean {
    return this.#origins.get(exchange.request.origin)?.withdraw(exchange) ?? false;
  }

  /** Ends every connection, and with it what is under way. */
  destroy(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const one of this.#origins.values()) one.destroy();
    this.#origins.clear();
  }

  /** One timer for all time limits: to set one for each request costs more than the limits are worth. */
  #watch(): NodeJS.Timeout {
    return setInterval(() => {
      const now = performance.now();
      for (const [name, one] of this.#origins) {
        one.check(now);
        if (one.isEmpty) this.#origins.delete(name);
      }
      if (this.#origins.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, checkEvery).unref();
  }
}

/** The connections to one origin. */
class Origin {
  readonly #target: buildConnector.Options;
  readonly #connect: buildConnector.connector;
  readonly #timeouts: RawTimeouts;
  readonly #max: number;
  readonly #all = new Set<RawConnection>();
  /** The one that was used last comes first: those that are not needed get old. */
  readonly #free: RawConnection[] = [];
  readonly #waiting: Exchange[] = [];
  #connecting = 0;
  #isDestroyed = false;

  constructor(
    origin: string,
    { connect, connections = Number.POSITIVE_INFINITY }: RawAgentOptions,
    timeouts: RawTimeouts,
  ) {
    const { hostname, host, protocol, port } = new URL(origin);
    this.#target = { hostname, host, protocol, port };
    this.#connect = connect;
    this.#timeouts = timeouts;
    this.#max = connections;
  }

  get isEmpty(): boolean {
    return this.#all.size === 0 && this.#connecting === 0 && this.#waiting.length === 0;
  }

  dispatch(exchange: Exchange): void {
    const connection = this.#takeFree();
    if (connection && !connection.isStale) {
      connection.start(exchange);
      return;
    }
    this.#waiting.push(exchange);
    if (connection) this.#lookAt(connection);
    else this.#connectMore();
  }

  withdraw(exchange: Exchange): boolean {
    const at = this.#waiting.indexOf(exchange);
    if (at >= 0) this.#waiting.splice(at, 1);
    return at >= 0;
  }

  check(now: number): void {
    for (const connection of this.#all) connection.check(now);
  }

  destroy(): void {
    this.#isDestroyed = true;
    for (const exchange of this.#waiting.splice(0)) exchange.onError(ended());
    for (const connection of this.#all) connection.destroy(ended());
  }

  #takeFree(): RawConnection | undefined {
    for (let one = this.#free.pop(); one; one = this.#free.pop()) if (one.isUsable) return one;
    return undefined;
  }

  /** Lets what the server may have said of a connection arrive, most of all that it is closed. */
  #lookAt(connection: RawConnection): void {
    this.#connecting += 1;
    setImmediate(() => {
      this.#connecting -= 1;
      if (connection.isUsable) this.#use(connection);
      else this.#connectMore();
    });
  }

  #connectMore(): void {
    while (this.#waiting.length > this.#connecting && this.#all.size + this.#connecting < this.#max) {
      this.#connecting += 1;
      this.#connect(this.#target, (...[error, socket]) => {
        this.#connecting -= 1;
        if (this.#isDestroyed) socket?.destroy();
        else if (socket) this.#add(socket);
        else this.#failed(error ?? ended());
      });
    }
  }

  #add(socket: Socket): void {
    const connection = new RawConnection(
      socket,
      this.#timeouts,
      performance.now(),
      (one) => this.#use(one),
      (one) => this.#closed(one),
    );
    this.#all.add(connection);
    this.#use(connection);
  }

  #use(connection: RawConnection): void {
    const next = this.#waiting.shift();
    if (next) connection.start(next);
    else this.#free.push(connection);
  }

  #closed(connection: RawConnection): void {
    this.#all.delete(connection);
    const at = this.#free.indexOf(connection);
    if (at >= 0) this.#free.splice(at, 1);
    this.#connectMore();
  }

  /** Another connection may have served who waited for this one; each that failed otherwise has one to tell. */
  #failed(error: Error): void {
    if (this.#waiting.length > this.#connecting) this.#waiting.shift()?.onError(error);
    this.#connectMore();
  }
}

function ended(): ConnectionError {
  return new ConnectionError('CONNECTION_CUT', 'The connections were closed.');
}
