import { randomBytes } from 'node:crypto';
import { endpointHost } from '../../../src-shared/aws/endpoints.ts';
import { Cancellation } from '../../../src-shared/cancellation.ts';
import { type AwsReply, type Header, headerValue } from '../../../src-shared/contracts/aws-call.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { ForwardCall } from '../request-handler.ts';
import { throttlingOf } from '../watch-attempts.ts';
import type { Clock } from './clock.ts';

/**
 * Asks DynamoDB and gives the text of its answer; asks again while it has too much to do or cannot be reached.
 *
 * @throws AwsFailure for what DynamoDB refuses; RolegateError when it cannot be asked (any more); the reason of `stop`
 */
export type Ask = (operation: string, body: string, stop: AbortSignal) => Promise<string>;

/** DynamoDB's own error, in the shape in which the SDK throws it. */
export class AwsFailure extends Error {
  readonly $metadata: { httpStatusCode: number; requestId: string | undefined };
  readonly ThrottlingReasons: { reason?: string }[] | undefined;
  /** An attempt before this one ended without an answer, and may have been carried out all the same. */
  wasUnsure = false;

  constructor({ status, headers }: AwsReply, body: string) {
    const data = parsed(body);
    super(typeof data['message'] === 'string' ? data['message'] : String(data['Message'] ?? ''));
    this.name = String(data['__type'] ?? 'UnknownError').replace(/^.*#/, '');
    this.$metadata = { httpStatusCode: status, requestId: headerValue(headers, 'x-amzn-requestid') };
    this.ThrottlingReasons = data['ThrottlingReasons'] as { reason?: string }[] | undefined;
  }
}

export interface AskOptions {
  forward: ForwardCall;
  region: string;
  clock: Clock;
  /** Told of each attempt after the first one, and of DynamoDB's reasons where it was throttled. */
  onRetry: (reasons: readonly string[]) => void;
}

const firstWait = 50;
const longestWait = 20_000;
/** So often in a row may a request end without an answer, before somebody has to look at it. */
const mostUnanswered = 6;

/**
 * Jobs speak to DynamoDB without the SDK: they pass items on as the text that came, and the SDK would parse each of
 * them, and lose an attribute called `__proto__`.
 */
export function createAsk({ forward, region, clock, onRetry }: AskOptions): Ask {
  const endpoint = endpointHost('dynamodb', region);
  if (!endpoint.ok) throw new RolegateError('bad_input', endpoint.message);
  const { host } = endpoint;

  async function once(operation: string, body: string, cancellation: Cancellation | undefined): Promise<string> {
    const headers: Header[] = [
      ['content-type', 'application/x-amz-json-1.0'],
      ['x-amz-target', `DynamoDB_20120810.${operation}`],
    ];
    const call = {
      requestId: randomBytes(12).toString('base64url'),
      method: 'POST',
      path: '/',
      query: '',
      headers,
      signedHeaders: headers.map(([name]) => name),
      service: 'dynamodb',
      region,
      host,
      body: Buffer.from(body),
    };
    const reply = await forward(call, cancellation);
    const text = await textOf(reply);
    if (reply.status !== 200) throw new AwsFailure(reply, text);
    return text;
  }

  return async (operation, body, stop) => {
    let unanswered = 0;
    for (let attempt = 0; ; attempt++) {
      stop.throwIfAborted();
      try {
        return await stoppable(reading.test(operation) ? stop : undefined, (cancellation) =>
          once(operation, body, cancellation),
        );
      } catch (error) {
        if (reading.test(operation)) stop.throwIfAborted();
        if (error instanceof AwsFailure) error.wasUnsure = unanswered > 0;
        const reasons = throttlingOf(error);
        if (reasons.length === 0) {
          if (!isUnanswered(error) || ++unanswered >= mostUnanswered) throw error;
        }
        onRetry(reasons);
      }
      await clock.sleep(waitBefore(attempt), stop);
    }
  };
}

/** What can be broken off at any time. A write is waited for: what became of it has to be known. */
const reading = /^(?:BatchGet|Describe|Get|Query|Scan)/;

/** Breaks the work off when it is told to stop, and listens no longer than the work takes: a job asks many times. */
async function stoppable<Result>(
  stop: AbortSignal | undefined,
  work: (cancellation: Cancellation | undefined) => Promise<Result>,
): Promise<Result> {
  if (!stop) return work(undefined);
  const cancellation = new Cancellation();
  const cancel = () => cancellation.cancel(stop.reason as Error);
  stop.addEventListener('abort', cancel);
  try {
    return await work(cancellation);
  } finally {
    stop.removeEventListener('abort', cancel);
  }
}

/** Exponential, with jitter: many who wait must not come back together. */
export function waitBefore(attempt: number): number {
  const most = Math.min(longestWait, firstWait * 2 ** attempt);
  return most / 2 + (Math.random() * most) / 2;
}

/** Whether nobody knows what became of the request: the connection broke, or the other side did. */
function isUnanswered(error: unknown): boolean {
  if (error instanceof AwsFailure) return error.$metadata.httpStatusCode >= 500;
  return error instanceof RolegateError ? error.retryable : true;
}

async function textOf({ body }: AwsReply): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return (chunks.length === 1 ? Buffer.from(chunks[0]!) : Buffer.concat(chunks)).toString('utf8');
}

function parsed(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
