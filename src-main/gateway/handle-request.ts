import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Cancellation } from '../../src-shared/cancellation.ts';
import type { AwsReply, Header, IncomingAwsRequest } from '../../src-shared/contracts/aws-call.ts';
import type { AnsweredRequest, Answering, ReceivedRequest } from './answer-request.ts';
import { endToEnd } from './hop-by-hop.ts';
import { watchPatience } from './patience.ts';
import { RefusedRequest } from './refusal.ts';
import { pathAndQuery } from './request-target.ts';
import type { Entry } from './target-host.ts';

/** Takes a request that Node's HTTP server reads: every kind that HTTP/1.1 knows, of any size. */
export type HandleRequest = (message: IncomingMessage, response: ServerResponse, entry: Entry) => Promise<void>;

/** Whatever goes wrong with a request becomes an error as AWS words it. */
export function createRequestHandler({ answer, refusal, report, limits }: Answering): HandleRequest {
  function refuse(response: ServerResponse, message: IncomingMessage, received: ReceivedRequest, error: unknown): void {
    const reply = refusal(received, error);
    // A client that still waits to be asked for its body will not send it on this connection.
    if (leftToRead(message) > drainedBytes || message.headers.expect !== undefined) {
      response.setHeader('Connection', 'close');
    }
    message.resume();
    response.writeHead(reply.status, reply.headers.flat());
    response.end(received.request.method === 'HEAD' ? undefined : reply.body);
  }

  return async (message, response, entry) => {
    const received: ReceivedRequest = {
      request: toIncoming(message),
      body: message,
      entry,
      requestId: randomUUID(),
      gone: goneOf(message.socket),
      onRead: () => {
        if (message.headers.expect !== undefined) response.writeContinue();
      },
    };
    watchPatience(message, response, limits, (sentence) => {
      if (response.headersSent) response.destroy();
      else {
        // It may never send the rest of its request, or nobody can wait for it any longer.
        response.setHeader('Connection', 'close');
        response.once('finish', () => message.destroy());
        refuse(response, message, received, new RefusedRequest('request_timeout', sentence));
      }
    });
    let answered: AnsweredRequest | undefined;
    try {
      answered = await answer(received);
      await writeReply(response, answered.reply, received.request.method);
    } catch (thrown) {
      const error = answered?.bodyFailure() ?? thrown;
      if (!response.headersSent) refuse(response, message, received, error);
      else {
        // An answer that has begun cannot become an error any more; the tool must see it break off.
        report(error, received.gone);
        response.destroy();
      }
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

/** Node's view of a request as the raw thing it was: headers in order, path and query apart. */
function toIncoming(message: IncomingMessage): Omit<IncomingAwsRequest, 'body'> {
  const headers: Header[] = [];
  const raw = message.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return { method: message.method ?? '', ...pathAndQuery(message.url ?? '/'), headers };
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

function leftToRead(message: IncomingMessage): number {
  if (message.complete) return 0;
  return message.headers['transfer-encoding'] === undefined
    ? Number(message.headers['content-length'] ?? 0)
    : Number.POSITIVE_INFINITY;
}
