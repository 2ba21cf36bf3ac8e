import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { awsErrorReply } from '../../src-shared/aws/error-shape.ts';
import { protocolOf } from '../../src-shared/aws/protocol.ts';
import { Cancellation } from '../../src-shared/cancellation.ts';
import {
  type AwsCall,
  type AwsReply,
  type ChainGrant,
  type Header,
  headerValue,
} from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { isMadeByUs } from '../../src-shared/local-keys.ts';
import { parseAmzDate } from '../../src-shared/sigv4/amz-date.ts';
import { readAuthorization } from '../../src-shared/sigv4/verify.ts';
import { endToEnd } from './hop-by-hop.ts';
import type { FindKeyHolder } from './key-holder.ts';
import { defaultLimits, type GatewayLimits } from './limits.ts';
import type { PassThrough } from './pass-through.ts';
import { watchPatience } from './patience.ts';
import { RefusedRequest, toRefusal } from './refusal.ts';
import type { Entry } from './target-host.ts';
import { toIncoming, type VerifiedRequest, verifyRequest } from './verify.ts';
import { claimedAccessKeyId } from './whose-request.ts';

export interface RequestHandling {
  findKeyHolder: FindKeyHolder;
  forward(call: AwsCall, cancellation: Cancellation): Promise<AwsReply>;
  /** Told of virtual credentials before a tool is. */
  onChain?(appSessionId: string, grant: ChainGrant): void;
  /** For requests through the proxy that are none of ours. */
  passThrough: PassThrough;
  /** Told of faults of ours; what a tool did wrong it is told itself. */
  onFault(error: unknown): void;
  limits?: GatewayLimits;
  now: () => number;
}

export type HandleRequest = (message: IncomingMessage, response: ServerResponse, entry: Entry) => Promise<void>;

/** A request's way through the gateway: verify, forward, answer. Whatever goes wrong becomes an error as AWS words it. */
export function createRequestHandler(handling: RequestHandling): HandleRequest {
  const { findKeyHolder, forward, passThrough, onFault, now, limits = defaultLimits } = handling;
  let upstreamOffset = 0;
  const verification = { findKeyHolder, now, upstreamOffset: () => upstreamOffset, limits };

  /** Whether a request is for somebody else: with keys that are ours, or were, it never is. */
  function isForeign(request: { headers: readonly Header[]; query: string }): boolean {
    const claimed = claimedAccessKeyId(request.headers, request.query);
    return claimed === undefined || !(isMadeByUs(claimed) || findKeyHolder(claimed));
  }

  return async (message, response, entry) => {
    const requestId = randomUUID();
    const request = toIncoming(message);
    const gone = goneOf(message.socket);
    let verified: VerifiedRequest | undefined;
    watchPatience(message, response, limits, (sentence) => {
      if (response.headersSent) response.destroy();
      else refuseAndHangUp(response, message, request, new RefusedRequest('request_timeout', sentence), requestId);
    });
    const onRead = () => {
      if (message.headers.expect !== undefined) response.writeContinue();
    };
    try {
      let reply: AwsReply;
      if (entry.mode === 'proxy' && isForeign(request)) {
        onRead();
        reply = await passThrough.send(request, message, entry.host, gone);
      } else {
        verified = await verifyRequest(request, message, entry, requestId, verification, onRead);
        reply = await forward(verified.call, gone);
        if (reply.chain) handling.onChain?.(verified.call.appSessionId, reply.chain);
        upstreamOffset = offsetOf(reply.headers, now()) ?? upstreamOffset;
      }
      await writeReply(response, reply, request.method);
    } catch (thrown) {
      // A body that was not what it claimed shows upstream as a connection that broke off; this is why.
      const error = verified?.bodyFailure() ?? thrown;
      if (!(error instanceof RefusedRequest || error instanceof RolegateError || gone.reason)) onFault(error);
      // An answer that has begun cannot become an error any more; the tool must see it break off.
      if (response.headersSent) response.destroy();
      else writeRefusal(response, message, request, error, requestId);
    }
  };
}

const goneBySocket = new WeakMap<Socket, Cancellation>();

/** Cancels what a tool has asked for when it goes away: one for all requests of a connection. */
function goneOf(socket: Socket): Cancellation {
  const known = goneBySocket.get(socket);
  if (known) return known;
  const gone = new Cancellation();
  socket.once('close', () => gone.cancel(new Error('The tool closed its connection.')));
  goneBySocket.set(socket, gone);
  return gone;
}

async function writeReply(response: ServerResponse, reply: AwsReply, method: string): Promise<void> {
  const headers: string[] = [];
  for (const [name, value] of endToEnd(reply.headers)) headers.push(name, value);
  response.writeHead(reply.status, headers);
  // As text, head and body leave in one piece; Node would write bytes apart from the head.
  if (reply.body instanceof Uint8Array) response.end(wireText(reply.body), 'latin1');
  else if (method === 'HEAD') {
    reply.body.resume();
    response.end();
  } else await pipeline(reply.body, response);
}

function wireText(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}

/** What is left of a refused body is read and thrown away up to this size, so that the tool gets to read the answer. */
const drainedBytes = 1024 * 1024;

type RefusalParts = [
  request: { method: string; path: string; query: string; headers: readonly Header[] },
  error: unknown,
  requestId: string,
];

function writeRefusal(
  response: ServerResponse,
  message: IncomingMessage,
  ...[request, error, requestId]: RefusalParts
): void {
  const read = readAuthorization(request.headers, request.query);
  const service = read.ok ? read.authorization.scope.service : undefined;
  const protocol = protocolOf(service, request);
  const reply = awsErrorReply(protocol, { ...toRefusal(error), requestId });
  // A client that still waits to be asked for its body will not send it on this connection.
  if (leftToRead(message) > drainedBytes || message.headers.expect !== undefined) {
    response.setHeader('Connection', 'close');
  }
  message.resume();
  response.writeHead(reply.status, reply.headers.flat());
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

/** For a client that may never send the rest of its request, or that nobody can wait for any longer. */
function refuseAndHangUp(response: ServerResponse, message: IncomingMessage, ...rest: RefusalParts): void {
  response.setHeader('Connection', 'close');
  response.once('finish', () => message.destroy());
  writeRefusal(response, message, ...rest);
}

function leftToRead(message: IncomingMessage): number {
  if (message.complete) return 0;
  return message.headers['transfer-encoding'] === undefined
    ? Number(message.headers['content-length'] ?? 0)
    : Number.POSITIVE_INFINITY;
}

/** AWS's clock less ours, from an answer's `Date`. */
function offsetOf(headers: readonly Header[], now: number): number | undefined {
  const date = parseAmzDate(headerValue(headers, 'date') ?? '');
  return date === undefined ? undefined : date - now;
}
