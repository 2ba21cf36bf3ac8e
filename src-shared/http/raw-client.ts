import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Cancellable, Cancellation } from '../cancellation.ts';
import type { AwsReply, Body, Header } from '../contracts/aws-call.ts';
import type { RawAgent, Waiting } from './raw-agent.ts';

/** A request as it is to stand on the wire. */
export interface RawRequest {
  /** `https://dynamodb.us-east-1.amazonaws.com` */
  origin: string;
  method: string;
  /** Path and query. */
  target: string;
  headers: readonly Header[];
}

/** Answers up to this size are gathered in memory: far cheaper than a stream for what most calls answer. */
const gatheredBytes = 64 * 1024;

/**
 * Sends a request and gives back what is answered, headers in order and case as they came. A large answer streams,
 * with back-pressure; one that breaks off errs, and is never taken for whole.
 *
 * @param raw whose connections to use
 * @throws whatever the connection failed with, or the reason of the cancellation
 */
export function sendRaw(
  raw: RawAgent,
  request: RawRequest,
  body: Body,
  cancellation?: Cancellation,
): Promise<AwsReply> {
  return new Promise((resolve, reject) => {
    raw.agent.dispatch(
      {
        origin: request.origin,
        method: request.method as Dispatcher.HttpMethod,
        path: request.target,
        headers: flat(request.headers),
        body,
      },
      new ReplyHandler(raw, resolve, reject, cancellation),
    );
  });
}

/** Takes an answer as the client's parser finds it, with nothing in between. */
class ReplyHandler implements Dispatcher.DispatchHandler, Waiting, Cancellable {
  readonly #raw: RawAgent;
  #controller: Dispatcher.DispatchController | undefined;
  readonly #resolve: (reply: AwsReply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #cancellation: Cancellation | undefined;
  #status = 0;
  #headers: Header[] = [];
  #gathered: Buffer[] | undefined;
  #stream: Readable | undefined;

  constructor(
    raw: RawAgent,
    resolve: (reply: AwsReply) => void,
    reject: (error: unknown) => void,
    cancellation: Cancellation | undefined,
  ) {
    this.#raw = raw;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#cancellation = cancellation;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#cancellation?.add(this);
  }

  cancel(reason: Error): void {
    this.#controller?.abort(reason);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = pairs(controller.rawHeaders as readonly (Buffer | string)[]);
    if (knownLength(this.#headers) <= gatheredBytes) {
      this.#gathered = [];
      return;
    }
    const stream = new Readable({
      read: () => this.goOn(),
      destroy: (error, done) => {
        // Whoever does not want the rest of it lets AWS know.
        if (!stream.readableEnded) controller.abort(error ?? new Error('The answer was not read to its end.'));
        done(error);
      },
    });
    // Nobody may have begun to read it when it breaks off.
    stream.on('error', () => undefined);
    this.#stream = stream;
    this.#resolve({ status, headers: this.#headers, body: stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#gathered) this.#gathered.push(chunk);
    else if (this.#stream?.push(chunk) === false && !this.#raw.isEnding) {
      this.#raw.waiting.add(this);
      controller.pause();
    }
  }

  goOn(): void {
    this.#raw.waiting.delete(this);
    this.#controller?.resume();
  }

  onResponseEnd(): void {
    this.#forget();
    if (this.#stream) this.#stream.push(null);
    else {
      const [only] = this.#gathered ?? [];
      const body = this.#gathered?.length === 1 && only ? only : Buffer.concat(this.#gathered ?? []);
      this.#resolve({ status: this.#status, headers: this.#headers, body });
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#forget();
    if (this.#stream) this.#stream.destroy(error);
    else this.#reject(error);
  }

  #forget(): void {
    this.#raw.waiting.delete(this);
    this.#cancellation?.delete(this);
  }
}

function knownLength(headers: readonly Header[]): number {
  for (const [name, value] of headers) {
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(value);
  }
  return Number.POSITIVE_INFINITY;
}

function pairs(raw: readonly (string | Buffer)[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([wireText(raw[i]), wireText(raw[i + 1])]);
  return headers;
}

function wireText(part: string | Buffer | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}

function flat(headers: readonly Header[]): string[] {
  const list: string[] = [];
  for (const [name, value] of headers) list.push(name, value);
  return list;
}
