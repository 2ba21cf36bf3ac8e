import type { GatewayMode } from '../../src-shared/contracts/gateway.ts';
import type { GatewayState, ListenerState } from '../../src-shared/contracts/state.ts';
import { RolegateError, toErrorData } from '../../src-shared/errors.ts';
import { directly, type Outbound } from '../../src-shared/outbound/outbound.ts';
import { createAnswering, type RequestHandling } from './answer-request.ts';
import type { LocalCa } from './ca.ts';
import { startEndpoint } from './endpoint-listener.ts';
import { findFreePort } from './listen.ts';
import type { Listener } from './listener.ts';
import { startProxy } from './proxy-listener.ts';
import { noTunnelRules, type TunnelRules } from './tunnel-rules.ts';

export interface GatewayOptions {
  /** Opens the certificate authority when it is first needed, or makes a new one. */
  openCa: (renew: boolean) => Promise<LocalCa>;
  handling: RequestHandling;
  /** How tunnels leave this machine. */
  outbound?: Outbound;
  /** Private places that tunnels may lead to. */
  tunnels?: TunnelRules;
  /** The remembered ports, shown before anything listens. */
  ports: Record<GatewayMode, number>;
  onChange: (state: GatewayState) => void;
}

/** The local gateway: one listener for each mode, and more on request. */
export interface Gateway {
  /** Listens on a port for a mode, in place of where it listened before. What went wrong shows in the state. */
  start(mode: GatewayMode, port: number): Promise<void>;
  stop(mode: GatewayMode): Promise<void>;
  /** Listens on one more port, for a caller that closes it again. 0 for any free one. */
  open(mode: GatewayMode, port: number): Promise<Listener>;
  /** The port on which a mode is served now, if it is. */
  portOf(mode: GatewayMode): number | undefined;
  /** The local certificate authority, made if there is none yet. */
  ca(): Promise<LocalCa>;
  /** Makes a new certificate authority in place of the one that ends soon; listeners go on with it. */
  renewCa(): Promise<void>;
  close(): Promise<void>;
}

export function createGateway({
  openCa,
  handling,
  outbound = directly,
  tunnels = noTunnelRules,
  ports,
  onChange,
}: GatewayOptions): Gateway {
  const answering = createAnswering(handling);
  const listeners = new Map<GatewayMode, Listener>();
  const extra = new Set<Listener>();
  let opening: Promise<LocalCa> | undefined;
  let state: GatewayState = { proxy: stopped(ports.proxy), endpoint: stopped(ports.endpoint) };

  function change(part: Partial<GatewayState>): void {
    state = { ...state, ...part };
    onChange(state);
  }

  function show(made: LocalCa): LocalCa {
    change({ caFile: made.bundleFile, caExpiresAt: made.expiresAt });
    return made;
  }

  function ca(): Promise<LocalCa> {
    opening ??= openCa(false).then(show);
    // One that could not be made is tried again the next time.
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  async function startListener(mode: GatewayMode, port: number): Promise<Listener> {
    if (mode === 'proxy') return startProxy(port, await ca(), answering, outbound, tunnels);
    return startEndpoint(port, await ca(), answering);
  }

  async function stop(mode: GatewayMode): Promise<void> {
    const listener = listeners.get(mode);
    listeners.delete(mode);
    await listener?.close();
  }

  return {
    ca,

    async renewCa() {
      await ca();
      const renewed = show(await openCa(true));
      opening = Promise.resolve(renewed);
      for (const listener of [...listeners.values(), ...extra]) listener.changeCa(renewed);
    },

    portOf: (mode) => listeners.get(mode)?.port,

    async start(mode, port) {
      if (listeners.get(mode)?.port === port) return;
      await stop(mode);
      change({ [mode]: { status: 'starting', port } });
      try {
        const listener = await startListener(mode, port);
        listeners.set(mode, listener);
        change({ [mode]: { status: 'running', port: listener.port } });
      } catch (error) {
        const failed: ListenerState = { status: 'failed', port, error: toErrorData(error) };
        const freePort = await findFreePort(port).catch(() => undefined);
        change({ [mode]: freePort === undefined ? failed : { ...failed, freePort } });
      }
    },

    async stop(mode) {
      await stop(mode);
      change({ [mode]: stopped(state[mode].port) });
    },

    async open(mode, port) {
      const listener = await startListener(mode, port).catch(async (error: unknown) => {
        throw await offeringAnother(error, port);
      });
      extra.add(listener);
      return {
        port: listener.port,
        changeCa: listener.changeCa,
        close: async () => {
          extra.delete(listener);
          await listener.close();
        },
      };
    },

    async close() {
      await Promise.all([...listeners.values(), ...extra].map((listener) => listener.close()));
      await handling.passThrough.close();
      listeners.clear();
      extra.clear();
    },
  };
}

/** A port that another program has is not the end of it: a free one is named. */
async function offeringAnother(error: unknown, port: number): Promise<unknown> {
  if (!(error instanceof RolegateError && error.code === 'conflict')) return error;
  const free = await findFreePort(port).catch(() => undefined);
  if (free === undefined) return error;
  return new RolegateError('conflict', error.message, { hint: `Port ${free} is free.`, cause: error });
}

function stopped(port: number): ListenerState {
  return { status: 'stopped', port };
}
