import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { awsErrorReply, errorProtocolOf } from '../../src-shared/aws/error-shape.ts';
import { type AwsCall, type AwsReply, type Header, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { readAuthorization } from '../../src-shared/sigv4/verify.ts';
import type { FindKeyHolder } from './local-keys.ts';
import { RefusedRequest, toRefusal } from './refusal.ts';
import type { Entry } from './target-host.ts';
import { toIncoming, verifyRequest } from './verify.ts';

export interface RequestHandling {
  findKeyHolder: FindKeyHolder;
  forward(call: AwsCall, signal: AbortSignal): Promise<AwsReply>;
  /** Told of faults of ours; what a tool did wrong it is told itself. */
  onFault(error: unknown): void;
  now: () => number;
}

export type HandleRequest = (message: IncomingMessage, response: ServerResponse, entry: Entry) => Promise<void>;

/** Headers of the upstream connection only. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'trailer',
  'te',
  'proxy-connection',
]);

/** A request's way through the gateway: verify, forward, answer. Whatever goes wrong becomes an error as AWS words it. */
export function createRequestHandler({ findKeyHolder, forward, onFault, now }: RequestHandling): HandleRequest {
  let upstreamOffset = 0;
  return async (message, response, entry) => {
    const requestId = randomBytes(12).toString('base64url');
    const request = toIncoming(message);
    const abort = new AbortController();
    response.once('close', () => abort.abort());
    try {
      const verification = { findKeyHolder, now, upstreamOffset: () => upstreamOffset };
      const call = await verifyRequest(request, message, entry, requestId, verification);
      const reply = await forward(call, abort.signal);
      upstreamOffset = offsetOf(reply.headers, now()) ?? upstreamOffset;
      await writeReply(response, reply, request.method);
    } catch (error) {
      if (!(error instanceof RefusedRequest || error instanceof RolegateError || abort.signal.aborted)) onFault(error);
      // An answer that has begun cannot become an error any more; the tool must see it break off.
      if (response.headersSent) response.destroy();
      else writeRefusal(response, message, request, error, requestId);
    }
  };
}

async function writeReply(response: ServerResponse, reply: AwsReply, method: string): Promise<void> {
  const headers = reply.headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));
  response.writeHead(reply.status, headers.flat());
  if (reply.body instanceof Uint8Array) response.end(reply.body);
  else if (method === 'HEAD') {
    reply.body.resume();
    response.end();
  } else await pipeline(reply.body, response);
}

/** What is left of a refused body is read and thrown away up to this size, so that the tool gets to read the answer. */
const drainedBytes = 1024 * 1024;

function writeRefusal(
  response: ServerResponse,
  message: IncomingMessage,
  request: { method: string; query: string; headers: readonly Header[] },
  error: unknown,
  requestId: string,
): void {
  const read = readAuthorization(request.headers);
  const service = read.ok ? read.authorization.scope.service : undefined;
  const protocol = errorProtocolOf(service, request.headers, request.query);
  const reply = awsErrorReply(protocol, { ...toRefusal(error), requestId });
  const length = message.headers['transfer-encoding']
    ? Number.POSITIVE_INFINITY
    : Number(message.headers['content-length'] ?? 0);
  if (length > drainedBytes) response.setHeader('Connection', 'close');
  response.writeHead(reply.status, reply.headers.flat());
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

/** AWS's clock less ours, from an answer's `Date`. */
function offsetOf(headers: readonly Header[], now: number): number | undefined {
  const date = Date.parse(headerValue(headers, 'date') ?? '');
  return Number.isNaN(date) ? undefined : date - now;
}
