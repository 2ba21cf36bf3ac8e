import type { Agent, buildConnector } from 'undici';

/** Who waits for its reader before it takes more of an answer. */
export interface Waiting {
  goOn(): void;
}

/** Connections for {@link sendRaw}. */
export interface RawAgent {
  agent: Agent;
  /** Answers that are held up by a slow reader. */
  waiting: Set<Waiting>;
  /** True while a connection ends: nobody may begin to wait then. */
  isEnding: boolean;
}

export type RawAgentOptions = Omit<Agent.Options, 'connect'> & {
  connect?: buildConnector.BuildOptions | buildConnector.connector;
};

/**
 * Makes an agent whose connections may end while a slow reader holds an answer up. In undici 7 that breaks an
 * assertion, which ends the process (https://github.com/nodejs/undici/issues/5360, mended in a version that needs a
 * newer Node): so whoever waits goes on for a moment before the client hears of the end.
 *
 * @param undici loaded by the caller, late: it is large
 */
export function createRawAgent(
  undici: Pick<typeof import('undici'), 'Agent' | 'buildConnector'>,
  { connect = {}, ...options }: RawAgentOptions = {},
): RawAgent {
  const connector = typeof connect === 'function' ? connect : undici.buildConnector(connect);
  const agent = new undici.Agent({
    ...options,
    pipelining: 1,
    connect: (to: buildConnector.Options, done: buildConnector.Callback) =>
      connector(to, (...result) => {
        // Heard before the client's own listener, which is added once it has the socket.
        result[1]?.once('end', () => letGoOn(raw));
        done(...result);
      }),
  });
  const raw: RawAgent = { agent, waiting: new Set(), isEnding: false };
  return raw;
}

function letGoOn(raw: RawAgent): void {
  raw.isEnding = true;
  for (const one of [...raw.waiting]) one.goOn();
  // By then the client has dealt with the end.
  queueMicrotask(() => {
    raw.isEnding = false;
  });
}
