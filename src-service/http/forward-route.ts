import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Cancellation } from '../../src-shared/cancellation.ts';
import { type AwsCall, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { type ForwardHead, forwardHead, type ReplyHead } from '../../src-shared/contracts/service-api.ts';
import { RolegateError } from '../../src-shared/errors.ts';
import { decodeTrailed, encodeHead, frameContentType, readHead } from '../../src-shared/forwarding/frame.ts';
import { isSignedChunks } from '../../src-shared/sigv4/payload-literals.ts';
import type { AppService } from '../app-service.ts';
import type { Log } from '../log.ts';
import { bearerToken } from './bearer.ts';
import { toHttpError } from './errors.ts';

/** Bodies up to this size are read before they are sent on: cheaper than streaming, and their action can be read. */
const wholeBodyBytes = 1024 * 1024;

/**
 * The data path over HTTP: a framed call in, a framed answer out, both bodies streaming. A raw handler, because the
 * framework of the control API reads bodies whole.
 */
export function createForwardRoute(service: AppService, log: Log) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new Cancellation();
    response.once('close', () => gone.cancel(new Error('The client closed its connection.')));
    try {
      const token = bearerToken(request.headers.authorization);
      const head = parseHead(await readHead(request));
      const reply = await service.forward(token, await toCall(head, request), gone);
      const replyHead: ReplyHead = {
        status: reply.status,
        headers: reply.headers.map(([name, value]) => [name, value]),
        ...(reply.chain && { chain: reply.chain }),
      };
      response.writeHead(200, { 'content-type': frameContentType });
      response.write(encodeHead(replyHead));
      if (reply.body instanceof Uint8Array) response.end(reply.body);
      else await pipeline(reply.body, response);
    } catch (error) {
      // An answer that has begun cannot become an error any more; the client must see it break off.
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const { status, body } = toHttpError(error, log);
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(body));
    }
  };
}

function parseHead(json: unknown): ForwardHead {
  const parsed = forwardHead.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RolegateError(
    'bad_input',
    `The forwarded request is not valid: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

async function toCall(
  { hasBody, hasTrailers, payloadHash, ...head }: ForwardHead,
  request: IncomingMessage,
): Promise<AwsCall> {
  if (!hasBody) return { ...head, payloadHash, body: null };
  if (payloadHash === undefined) throw new RolegateError('bad_input', 'A forwarded body needs its hash.');
  if (hasTrailers) return { ...head, payloadHash, ...decodeTrailed(request) };
  if (isSignedChunks(payloadHash)) return { ...head, payloadHash, body: request };
  const length = Number(headerValue(head.headers, 'content-length') ?? Number.NaN);
  const body = length <= wholeBodyBytes ? await readWhole(request, length) : request;
  return { ...head, payloadHash, body };
}

async function readWhole(request: IncomingMessage, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > length) break;
  }
  if (size !== length) throw new RolegateError('bad_input', 'The forwarded body is not as long as it says.');
  return Buffer.concat(chunks, size);
}
