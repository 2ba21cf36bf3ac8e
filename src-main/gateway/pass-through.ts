import type { Cancellation } from '../../src-shared/cancellation.ts';
import type { AwsReply, IncomingAwsRequest } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { RawAgent } from '../../src-shared/http/raw-agent.ts';
import { sendRaw } from '../../src-shared/http/raw-client.ts';
import { defaultUpstreamLimits, type UpstreamLimits } from '../../src-shared/http/upstream-limits.ts';
import { outboundConnector } from '../../src-shared/outbound/connect.ts';
import { directly, type Outbound } from '../../src-shared/outbound/outbound.ts';
import { endToEnd } from './hop-by-hop.ts';
import { RefusedRequest } from './refusal.ts';
import { bodyThere, type RequestBody } from './request-body.ts';

/**
 * Requests through the HTTPS proxy that are none of ours (not signed, with a bearer token, or with keys that we have
 * not made) go straight to AWS as they are. The app-service never sees them, and nothing of ours is added to them.
 */
export interface PassThrough {
  /** @throws RefusedRequest `service_unavailable` when AWS cannot be reached */
  send(
    request: Omit<IncomingAwsRequest, 'body'>,
    body: RequestBody,
    host: string,
    cancellation: Cancellation,
  ): Promise<AwsReply>;
  close(): Promise<void>;
}

/**
 * @param originOf where to send requests for an AWS host, if not to that host
 * @param outbound how connections leave this machine
 */
export function createPassThrough(
  originOf: (host: string) => string | undefined,
  outbound: Outbound = directly,
  { sockets, connectTimeout, headersTimeout, bodyTimeout }: UpstreamLimits = defaultUpstreamLimits,
): PassThrough {
  let agent: RawAgent | undefined;
  return {
    async send(request, body, host, cancellation) {
      // Loaded with the first such request: most people never make one.
      const undici = await import('undici');
      const connect = outboundConnector(undici, outbound, { timeout: connectTimeout });
      agent ??= new RawAgent({ connect, connections: sockets, headersTimeout, bodyTimeout });
      try {
        const outgoing = {
          origin: originOf(host) ?? `https://${host}`,
          method: request.method,
          target: request.query === '' ? request.path : `${request.path}?${request.query}`,
          headers: endToEnd(request.headers),
        };
        return await sendRaw(agent, outgoing, bodyThere(body), cancellation);
      } catch (error) {
        if (cancellation.reason || error instanceof RolegateError) throw error;
        throw new RefusedRequest('service_unavailable', `${host} cannot be reached from here.`);
      }
    },
    close: async () => agent?.destroy(),
  };
}
