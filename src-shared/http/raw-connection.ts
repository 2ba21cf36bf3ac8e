import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Body, Header } from '../contracts/aws-call.ts';
import { onePiece } from './one-piece.ts';
import { MalformedResponse, ResponseParser, type ResponseSink } from './response-parser.ts';

/** A request as it is to stand on the wire. */
export interface RawRequest {
  /** `https://dynamodb.us-east-1.amazonaws.com` */
  origin: string;
  method: string;
  /** Path and query. */
  target: string;
  headers: readonly Header[];
}

/** A request and its answer, which waits for a connection and then has one. */
export interface Exchange extends ResponseSink {
  readonly request: RawRequest;
  /** As it stands on the wire. */
  readonly head: string;
  readonly body: Body;
  /** It has a connection, and is being sent. What goes wrong with a body that streams is its own business. */
  onStart(connection: RawConnection): void;
  /** It has failed, or its answer has broken off. Nothing comes after this, nor after `onEnd`. */
  onError(error: Error): void;
}

/** Time limits, in milliseconds. */
export interface RawTimeouts {
  /** From the end of the request to the head of its answer. */
  headers: number;
  /** Between two pieces of an answer. */
  body: number;
  /** How long a connection that nobody uses is kept, where the server does not say. */
  idle: number;
}

/** What has gone wrong with a connection, as a code. */
export class ConnectionError extends Error {
  readonly code: 'CONNECTION_CUT' | 'HEADERS_TIMEOUT' | 'BODY_TIMEOUT' | 'BODY_LENGTH' | 'MALFORMED';

  constructor(code: ConnectionError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Servers close connections, too; one that is about to be closed is not used any more. */
const idleMargin = 2_000;
const longestIdle = 600_000;

/** One HTTP/1.1 connection, with one request under way at a time. */
export class RawConnection implements ResponseSink {
  readonly #socket: Socket;
  readonly #timeouts: RawTimeouts;
  readonly #onFree: (connection: RawConnection) => void;
  readonly #onClosed: (connection: RawConnection) => void;
  readonly #parser = new ResponseParser(this);
  #exchange: Exchange | undefined;
  #stopSending: (() => void) | undefined;
  #error: Error | undefined;
  /** The time of {@link check} at which it has waited too long. */
  #deadline = Number.POSITIVE_INFINITY;
  #now: number;
  #freeSince: number;
  #hasHead = false;

  constructor(
    socket: Socket,
    timeouts: RawTimeouts,
    now: number,
    onFree: (connection: RawConnection) => void,
    onClosed: (connection: RawConnection) => void,
  ) {
    this.#socket = socket;
    this.#timeouts = timeouts;
    this.#now = now;
    this.#freeSince = now;
    this.#onFree = onFree;
    this.#onClosed = onClosed;
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('end', () => this.#ended());
    socket.on('error', (error: Error) => this.#broken(error));
    socket.on('close', () => this.#closed());
  }

  get isUsable(): boolean {
    return this.#exchange === undefined && this.#error === undefined && this.#socket.writable && this.#socket.readable;
  }

  /** Whether it has been free for so long that the server may have closed it, and nobody has looked since. */
  get isStale(): boolean {
    return this.#freeSince < this.#now;
  }

  /** Sends a request. Only for a connection that is free. */
  start(exchange: Exchange): void {
    const { request, head, body } = exchange;
    this.#exchange = exchange;
    this.#hasHead = false;
    this.#deadline = Number.POSITIVE_INFINITY;
    this.#socket.ref();
    this.#parser.begin(request.method === 'HEAD');
    exchange.onStart(this);
    if (body instanceof Readable) this.#sendStream(head, body, declaredLength(request.headers));
    else {
      this.#socket.write(body ? onePiece(head, body) : head, 'latin1');
      this.#sent();
    }
  }

  /** Breaks off what is under way, and the connection with it. */
  destroy(error: Error): void {
    this.#broken(error);
    this.#socket.destroy();
  }

  pause(): void {
    this.#socket.pause();
    this.#deadline = Number.POSITIVE_INFINITY;
  }

  resume(): void {
    this.#wait(this.#timeouts.body);
    this.#socket.resume();
  }

  /** Called now and then: ends what has waited too long. @param now milliseconds */
  check(now: number): void {
    this.#now = now;
    if (now < this.#deadline) return;
    if (!this.#exchange) this.#socket.destroy();
    else if (this.#hasHead) this.destroy(new ConnectionError('BODY_TIMEOUT', 'The answer did not go on.'));
    else this.destroy(new ConnectionError('HEADERS_TIMEOUT', 'No answer came.'));
  }

  onHead(status: number, headers: Header[], length: number | undefined): void {
    this.#hasHead = true;
    this.#wait(this.#timeouts.body);
    this.#exchange?.onHead(status, headers, length);
  }

  onData(bytes: Buffer): void {
    this.#exchange?.onData(bytes);
  }

  onEnd(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.onEnd();
  }

  #read(bytes: Buffer): void {
    const wasBusy = this.#exchange !== undefined;
    if (wasBusy) this.#wait(this.#timeouts.body);
    try {
      this.#parser.write(bytes);
    } catch (error) {
      this.destroy(error as Error);
      return;
    }
    if (wasBusy && !this.#exchange) this.#free();
  }

  /** The answer is whole, and nothing came after it. */
  #free(): void {
    // An answer before the end of its request: the rest of it would be taken for another.
    const isUsable = this.#parser.mayGoOn && !this.#stopSending && this.#socket.writable;
    this.#stopSending?.();
    const { idleHint } = this.#parser;
    const idle = idleHint === undefined ? this.#timeouts.idle : Math.min(idleHint * 1000 - idleMargin, longestIdle);
    if (!isUsable || idle <= 0) {
      this.#socket.destroy();
      return;
    }
    this.#wait(idle);
    this.#freeSince = this.#now;
    // The reader of the answer may have held it up at its end.
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#socket.unref();
    this.#onFree(this);
  }

  #sent(): void {
    this.#wait(this.#hasHead ? this.#timeouts.body : this.#timeouts.headers);
  }

  /** A request may take as long as it takes; what comes after it may not. */
  #wait(milliseconds: number): void {
    this.#deadline = this.#stopSending ? Number.POSITIVE_INFINITY : this.#now + milliseconds;
  }

  /** Sends a body as it comes, with what was declared of its length, or in chunks. */
  #sendStream(head: string, body: Readable, length: number | undefined): void {
    const socket = this.#socket;
    let left = length ?? Number.POSITIVE_INFINITY;
    const fail = (error: Error) => this.destroy(error);
    const onData = (bytes: Buffer) => {
      left -= bytes.length;
      if (left < 0) fail(wrongLength());
      else if (bytes.length > 0 && !writePiece(socket, bytes, length === undefined)) {
        body.pause();
        socket.once('drain', onDrain);
      }
    };
    const onDrain = () => body.resume();
    const onEnd = () => {
      if (length !== undefined && left > 0) fail(wrongLength());
      else {
        if (length === undefined) socket.write('0\r\n\r\n', 'latin1');
        stop();
        this.#sent();
      }
    };
    const onClose = () => fail(new ConnectionError('CONNECTION_CUT', 'The body broke off.'));
    const stop = () => {
      body.off('data', onData).off('end', onEnd).off('close', onClose);
      socket.off('drain', onDrain);
      this.#stopSending = undefined;
    };
    this.#stopSending = () => {
      stop();
      // Nobody wants the rest.
      body.resume();
    };
    socket.write(head, 'latin1');
    if (body.destroyed) fail(body.errored ?? new ConnectionError('CONNECTION_CUT', 'The body broke off.'));
    else body.on('data', onData).on('end', onEnd).on('close', onClose);
  }

  #ended(): void {
    if (this.#exchange && this.#parser.finish()) this.#socket.destroy();
    else this.destroy(new ConnectionError('CONNECTION_CUT', 'The server has closed the connection.'));
  }

  #closed(): void {
    this.#broken(new ConnectionError('CONNECTION_CUT', 'The connection was closed.'));
    this.#onClosed(this);
  }

  #broken(error: Error): void {
    this.#error ??= error;
    this.#deadline = Number.POSITIVE_INFINITY;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    const body = this.#stopSending && exchange?.body;
    this.#stopSending?.();
    // Whoever sends the body is to stop.
    if (body instanceof Readable) body.destroy();
    exchange?.onError(this.#error instanceof MalformedResponse ? malformed(this.#error) : this.#error);
  }
}

/** One piece of a body, as a chunk where its length was not declared. @returns whether there is room for more */
function writePiece(socket: Socket, bytes: Buffer, isChunk: boolean): boolean {
  if (!isChunk) return socket.write(bytes);
  socket.cork();
  socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1');
  socket.write(bytes);
  const hasRoom = socket.write('\r\n', 'latin1');
  socket.uncork();
  return hasRoom;
}

function declaredLength(headers: readonly Header[]): number | undefined {
  for (const [name, value] of headers) {
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(value);
  }
  return undefined;
}

function wrongLength(): ConnectionError {
  return new ConnectionError('BODY_LENGTH', 'The body does not have the length that was declared.');
}

function malformed(cause: MalformedResponse): ConnectionError {
  return new ConnectionError('MALFORMED', cause.message, cause);
}
