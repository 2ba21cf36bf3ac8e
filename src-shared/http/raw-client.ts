import { Readable } from 'node:stream';
import type { Cancellable, Cancellation } from '../cancellation.ts';
import type { AwsReply, Body, Header } from '../contracts/aws-call.ts';
import type { RawAgent } from './raw-agent.ts';
import type { Exchange, RawConnection, RawRequest } from './raw-connection.ts';
import { requestHead } from './request-head.ts';

/** Answers up to this size are gathered in memory: far cheaper than a stream for what most calls answer. */
const gatheredBytes = 64 * 1024;

/**
 * Sends a request and gives back what is answered, headers in order and case as they came. A large answer streams,
 * with back-pressure; one that breaks off errs, and is never taken for whole.
 *
 * @param agent whose connections to use
 * @throws whatever the connection failed with, the reason of the cancellation, or TypeError for a malformed request
 */
export function sendRaw(
  agent: RawAgent,
  request: RawRequest,
  body: Body,
  cancellation?: Cancellation,
): Promise<AwsReply> {
  return new Promise((resolve, reject) => {
    if (cancellation?.reason) reject(cancellation.reason);
    else agent.dispatch(new ReplyExchange(agent, request, body, resolve, reject, cancellation));
  });
}

/** Makes a reply of an answer as the parser finds it, with nothing in between. */
class ReplyExchange implements Exchange, Cancellable {
  readonly request: RawRequest;
  readonly head: string;
  readonly body: Body;
  readonly #agent: RawAgent;
  readonly #resolve: (reply: AwsReply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #cancellation: Cancellation | undefined;
  #connection: RawConnection | undefined;
  #status = 0;
  #headers: Header[] = [];
  #gathered: Buffer | undefined;
  #stream: Readable | undefined;

  constructor(
    agent: RawAgent,
    request: RawRequest,
    body: Body,
    resolve: (reply: AwsReply) => void,
    reject: (error: unknown) => void,
    cancellation: Cancellation | undefined,
  ) {
    this.#agent = agent;
    this.request = request;
    this.head = requestHead(request, body);
    this.body = body;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#cancellation = cancellation;
    // It may break off while this still waits for a connection.
    if (body instanceof Readable) body.on('error', (error) => this.cancel(error));
    cancellation?.add(this);
  }

  onStart(connection: RawConnection): void {
    this.#connection = connection;
  }

  cancel(reason: Error): void {
    if (this.#connection) this.#connection.destroy(reason);
    else if (this.#agent.withdraw(this)) this.onError(reason);
  }

  onHead(status: number, headers: Header[], length = Number.POSITIVE_INFINITY): void {
    this.#status = status;
    this.#headers = headers;
    if (length <= gatheredBytes) return;
    this.#stream = new Readable({
      read: () => this.#connection?.resume(),
      destroy: (error, done) => {
        // Whoever does not want the rest of it lets AWS know.
        this.#connection?.destroy(error ?? new Error('The answer was not read to its end.'));
        done(error);
      },
    });
    // Nobody may have begun to read it when it breaks off.
    this.#stream.on('error', () => undefined);
    this.#resolve({ status, headers, body: this.#stream });
  }

  onData(bytes: Buffer): void {
    if (!this.#stream) this.#gathered = this.#gathered ? Buffer.concat([this.#gathered, bytes]) : bytes;
    else if (!this.#stream.push(bytes)) this.#connection?.pause();
  }

  onEnd(): void {
    this.#forget();
    if (this.#stream) this.#stream.push(null);
    else this.#resolve({ status: this.#status, headers: this.#headers, body: this.#gathered ?? noBytes });
  }

  onError(error: Error): void {
    this.#forget();
    if (this.#stream) this.#stream.destroy(error);
    else this.#reject(error);
  }

  #forget(): void {
    this.#connection = undefined;
    this.#cancellation?.delete(this);
  }
}

const noBytes = Buffer.alloc(0);
