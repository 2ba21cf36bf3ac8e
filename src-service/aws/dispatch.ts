import type { Cancellation } from '../../src-shared/cancellation.ts';
import type { AwsReply, Body } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { RawAgent } from '../../src-shared/http/raw-agent.ts';
import { sendRaw } from '../../src-shared/http/raw-client.ts';
import { defaultUpstreamLimits, type UpstreamLimits } from '../../src-shared/http/upstream-limits.ts';
import { outboundConnector } from '../../src-shared/outbound/connect.ts';
import { directly, type Outbound } from '../../src-shared/outbound/outbound.ts';
import type { SignedRequest } from './resign.ts';

/**
 * Sends signed requests to AWS and brings the answers back as they are. Each app session has connections of its
 * own: two roles never share one.
 */
export interface Dispatcher {
  /**
   * @param pool whose connections to use
   * @throws RolegateError `unavailable` when AWS cannot be reached, `cancelled` when it was
   */
  send(pool: string, request: SignedRequest, body: Body, cancellation?: Cancellation): Promise<AwsReply>;
  /** Closes the connections of an app session that is over. */
  closePool(pool: string): void;
  close(): Promise<void>;
}

export function createDispatcher(
  outbound: Outbound = directly,
  limits: UpstreamLimits = defaultUpstreamLimits,
): Dispatcher {
  const { sockets, connectTimeout, headersTimeout, bodyTimeout } = limits;
  const agents = new Map<string, RawAgent>();
  // Loaded with the first request: the client whose connector it is is large, and a start does not need it.
  let undici: typeof import('undici') | undefined;

  async function agentOf(pool: string): Promise<RawAgent> {
    undici ??= await import('undici');
    let agent = agents.get(pool);
    if (!agent) {
      const connect = outboundConnector(undici, outbound, { timeout: connectTimeout });
      agent = new RawAgent({ connect, connections: sockets, headersTimeout, bodyTimeout });
      agents.set(pool, agent);
    }
    return agent;
  }

  return {
    async send(pool, request, body, cancellation) {
      try {
        const agent = agents.get(pool) ?? (await agentOf(pool));
        return await sendRaw(agent, request, body, cancellation);
      } catch (error) {
        throw sendError(error, request.origin, connectTimeout, cancellation);
      }
    },
    closePool(pool) {
      // What is still in flight belongs to a session that is over.
      agents.get(pool)?.destroy();
      agents.delete(pool);
    },
    async close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

function sendError(
  error: unknown,
  origin: string,
  connectTimeout: number,
  cancellation: Cancellation | undefined,
): RolegateError {
  if (cancellation?.reason) return new RolegateError('cancelled', 'The request was cancelled.', { cause: error });
  // The proxy on the way has said why already.
  if (error instanceof RolegateError) return error;
  const code = (error as { code?: string }).code ?? '';
  const host = new URL(origin).host;
  const reasons: Record<string, string> = {
    ENOTFOUND: `the name ${host} is not known here`,
    EAI_AGAIN: `the name ${host} could not be looked up`,
    ECONNREFUSED: 'nothing answers there',
    ECONNRESET: 'the connection was cut',
    UND_ERR_CONNECT_TIMEOUT: `no connection came about within ${connectTimeout / 1000} seconds`,
    HEADERS_TIMEOUT: 'no answer came',
    CONNECTION_CUT: 'the connection was cut',
    MALFORMED: 'what it answers is not HTTP',
  };
  return new RolegateError('unavailable', `${host} cannot be reached: ${reasons[code] ?? 'the connection failed'}.`, {
    hint: 'Check the network, and whether this region has this service.',
    cause: error,
  });
}
