import { awsErrorReply } from '../../src-shared/aws/error-shape.ts';
import { protocolOf } from '../../src-shared/aws/protocol.ts';
import type { Cancellation } from '../../src-shared/cancellation.ts';
import {
  type AwsCall,
  type AwsReply,
  type ChainGrant,
  type Header,
  headerValue,
  type IncomingAwsRequest,
} from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { isMadeByUs } from '../../src-shared/local-keys.ts';
import { parseAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { readAuthorization } from '../../src-shared/sigv4/verify.ts';
import { defaultLimits, type GatewayLimits } from './limits.ts';
import type { PassThrough } from './pass-through.ts';
import { RefusedRequest, toRefusal } from './refusal.ts';
import type { RequestBody } from './request-body.ts';
import type { Entry } from './target-host.ts';
import { type RefusalListening, tellRefused } from './tell-refused.ts';
import { type VerifiedRequest, verifyRequest } from './verify.ts';
import { claimedAccessKeyId } from './whose-request.ts';

export interface RequestHandling extends RefusalListening {
  forward(call: AwsCall, cancellation: Cancellation): Promise<AwsReply>;
  /** Told of virtual credentials before a tool is. */
  onChain?(appSessionId: string, grant: ChainGrant): void;
  /** For requests through the proxy that are none of ours. */
  passThrough: PassThrough;
  limits?: GatewayLimits;
  now: () => number;
}

/** A request as it came in, on whatever connection. */
export interface ReceivedRequest {
  request: Omit<IncomingAwsRequest, 'body'>;
  body: RequestBody;
  entry: Entry;
  /** Made by us; the audit event and every error bear it. */
  requestId: string;
  /** Cancelled when the tool goes away. */
  gone: Cancellation;
  /** Asks a client that waits for it (`Expect: 100-continue`) to send its body. */
  onRead(): void;
}

export interface AnsweredRequest {
  reply: AwsReply;
  /** What went wrong with an answer that broke off, if that was the client's doing. */
  bodyFailure(): RefusedRequest | undefined;
}

/** A request's way through the gateway, whoever reads it from its connection and writes the answer there. */
export interface Answering {
  /**
   * Verifies a request and forwards it.
   *
   * @throws RefusedRequest, RolegateError or a fault of ours, all of them for {@link Answering.refusal}
   */
  answer(received: ReceivedRequest): Promise<AnsweredRequest>;
  /**
   * An error as the service would word it, to be written at once. Faults of ours are told to whoever looks for them, and
   * afterwards what the gateway has refused itself.
   */
  refusal(received: Pick<ReceivedRequest, 'request' | 'entry' | 'requestId' | 'gone'>, error: unknown): RefusalReply;
  /** Tells of a fault of ours in an answer that has begun, and cannot become an error any more. */
  report(error: unknown, gone: Cancellation): void;
  limits: GatewayLimits;
}

/** An error to be written, with its body in memory. */
export type RefusalReply = AwsReply & { body: Uint8Array };

export function createAnswering(handling: RequestHandling): Answering {
  const { findKeyHolder, forward, passThrough, onFault, now, limits = defaultLimits } = handling;
  let upstreamOffset = 0;
  const verification = { findKeyHolder, now, upstreamOffset: () => upstreamOffset, limits };

  /** Whether a request is for somebody else: with keys that are ours, or were, it never is. */
  function isForeign(request: { headers: readonly Header[]; query: string }): boolean {
    const claimed = claimedAccessKeyId(request.headers, request.query);
    return claimed === undefined || !(isMadeByUs(claimed) || findKeyHolder(claimed));
  }

  function report(error: unknown, gone: Cancellation): void {
    if (!(error instanceof RefusedRequest || error instanceof RolegateError || gone.reason)) onFault(error);
  }

  return {
    limits,
    report,

    async answer({ request, body, entry, requestId, gone, onRead }) {
      if (entry.mode === 'proxy' && isForeign(request)) {
        onRead();
        return { reply: await passThrough.send(request, body, entry.host, gone), bodyFailure: noFailure };
      }
      let verified: VerifiedRequest | undefined;
      try {
        verified = await verifyRequest(request, body, entry, requestId, verification, onRead);
        const reply = await forward(verified.call, gone);
        if (reply.chain) handling.onChain?.(verified.call.appSessionId, reply.chain);
        upstreamOffset = offsetOf(reply.headers, now()) ?? upstreamOffset;
        return { reply, bodyFailure: verified.bodyFailure };
      } catch (error) {
        // A body that was not what it claimed shows upstream as a connection that broke off; this is why.
        throw verified?.bodyFailure() ?? error;
      }
    },

    refusal({ request, entry, requestId, gone }, error) {
      report(error, gone);
      setImmediate(() => tellRefused(handling, request, entry, requestId, error));
      const read = readAuthorization(request.headers, request.query);
      const service = read.ok ? read.authorization.scope.service : undefined;
      return awsErrorReply(protocolOf(service, request), { ...toRefusal(error), requestId });
    },
  };
}

const noFailure = () => undefined;

/** AWS's clock less ours, from an answer's `Date`. */
function offsetOf(headers: readonly Header[], now: number): number | undefined {
  const date = parseAmzDate(headerValue(headers, 'date') ?? '');
  return date === undefined ? undefined : date - now;
}
