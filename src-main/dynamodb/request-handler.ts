import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { type Cancellation, cancellationOf } from '../../src-shared/cancellation.ts';
import type { AwsCall, AwsReply } from '../../src-shared/contracts/aws-call.ts';

/** Sends a call along the app session's way: to the app-service, which signs it and sends it to AWS. */
export type ForwardCall = (call: Omit<AwsCall, 'appSessionId'>, cancellation?: Cancellation) => Promise<AwsReply>;

type Handler = NonNullable<DynamoDBClientConfig['requestHandler']>;

/** The SDK's request, as much of it as matters here. */
interface SdkRequest {
  method: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** What a request is to be signed for. */
export interface SigningScope {
  /** The service's signing name: `dynamodb`, also for its streams, or `monitoring` for CloudWatch. */
  service: string;
  region: string;
}

/**
 * Lets the AWS SDK speak through the app-service: takes the request as the SDK would send it, unsigned, and hands it
 * to `forward` in place of a socket.
 */
export function forwardingHandler(forward: ForwardCall, scope: SigningScope): Handler {
  return {
    async handle(request: SdkRequest, options?: { abortSignal?: AbortSignal }) {
      const reply = await forward(toCall(request, scope), cancellationOf(options?.abortSignal));
      return { response: toResponse(reply) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  } as unknown as Handler;
}

function toCall(request: SdkRequest, scope: SigningScope): Omit<AwsCall, 'appSessionId'> {
  const headers = Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'host');
  return {
    requestId: randomBytes(12).toString('base64url'),
    method: request.method,
    path: request.path,
    query: '',
    headers,
    signedHeaders: headers.map(([name]) => name.toLowerCase()).filter((name) => name !== 'user-agent'),
    ...scope,
    host: request.hostname,
    body: typeof request.body === 'string' ? Buffer.from(request.body) : (request.body ?? null),
  };
}

function toResponse({ status, headers, body }: AwsReply) {
  return {
    statusCode: status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: body instanceof Uint8Array ? Readable.from([body]) : body,
  };
}
