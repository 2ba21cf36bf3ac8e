import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Cancellation } from '../../src-shared/cancellation.ts';
import { type AwsReply, headerValue } from '../../src-shared/contracts/aws-call.ts';
import { onePiece } from '../../src-shared/http/one-piece.ts';
import type { AnsweredRequest, Answering, ReceivedRequest } from './answer-request.ts';
import { stoppedHalfWay, tookTooLong } from './patience.ts';
import { type QuickHead, readQuickHead } from './quick-head.ts';
import { RefusedRequest } from './refusal.ts';
import { chunkedBody, replyHead } from './reply-head.ts';
import { wholeBytes } from './request-body.ts';
import type { Entry } from './target-host.ts';

/** Takes over a connection at a request that is unusual or large. @param bytes what there is of it */
export type HandOver = (socket: Socket, entry: Entry, bytes: Buffer) => void;

/** What all connections of a listener have in common. */
export interface QuickParts {
  answering: Answering;
  handOver: HandOver;
  /** Where a connection takes itself out when it is over. */
  all: Set<QuickConnection>;
  /** The time when connections were last looked at: near enough for limits of seconds, and it costs nothing. */
  clock: { now: number };
}

/** A request whose head is there. */
interface Begun {
  head: QuickHead;
  received: ReceivedRequest;
}

/** A body in more pieces than this is unusual. */
const mostPieces = 256;
const nothing = () => undefined;

/**
 * One connection, with one request under way at a time:
 *
 *     new, idle -> reading -> answering -> writing -> idle
 *
 * and from each of them to `over`, when it is closed, given up or left to Node's HTTP server.
 */
export class QuickConnection {
  readonly #socket: Socket;
  readonly #entry: Entry;
  readonly #parts: QuickParts;
  readonly #gone = new Cancellation();
  #state: 'new' | 'idle' | 'reading' | 'answering' | 'writing' | 'over' = 'new';
  /** What has arrived, and not been made use of. */
  #arrived: Buffer[] = [];
  #bytes = 0;
  #begun: Begun | undefined;
  /** The body of an answer, while it is being written. */
  #streaming: Readable | undefined;
  #startedAt = 0;
  /** When it was opened, something of a request came, or an answer was done. */
  #since: number;
  /** How much of what was written had gone out when it was last looked at, */
  #sent = 0;
  /** and when its client had last taken something, or there was nothing to take. */
  #takenAt: number;

  constructor(socket: Socket, entry: Entry, parts: QuickParts) {
    this.#socket = socket;
    this.#entry = entry;
    this.#parts = parts;
    this.#since = parts.clock.now;
    this.#takenAt = parts.clock.now;
    // Whoever is at the other end may go away at any time.
    socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onClose).on('error', nothing);
  }

  /** Called now and then: ends what has waited too long. */
  check(): void {
    const { answering, clock } = this.#parts;
    const { headersTimeout, idleTimeout, bodyTimeout, totalTimeout } = answering.limits;
    const waited = clock.now - this.#since;
    if (this.#takesNothingFor(bodyTimeout)) this.#socket.destroy();
    else if (this.#state === 'new' || this.#state === 'idle') {
      if (waited > (this.#state === 'new' ? headersTimeout : idleTimeout)) this.#socket.destroy();
    } else if (this.#state === 'reading' && waited > bodyTimeout) this.#giveUp(stoppedHalfWay(bodyTimeout));
    else if (clock.now - this.#startedAt > totalTimeout) this.#giveUp(tookTooLong(totalTimeout));
  }

  /** Whether its client has not taken any of what there is for it for so long. An answer may pause for longer. */
  #takesNothingFor(milliseconds: number): boolean {
    const { now } = this.#parts.clock;
    const { bytesWritten, writableLength } = this.#socket;
    const sent = bytesWritten - writableLength;
    if (writableLength === 0 || sent !== this.#sent) this.#takenAt = now;
    this.#sent = sent;
    return now - this.#takenAt > milliseconds;
  }

  readonly #onData = (bytes: Buffer): void => {
    if (this.#state === 'over') return;
    this.#arrived.push(bytes);
    this.#bytes += bytes.length;
    if (this.#state === 'answering' || this.#state === 'writing') {
      // Two requests at a time: the second waits, and so does all that comes after it.
      this.#socket.pause();
      return;
    }
    this.#since = this.#parts.clock.now;
    if (this.#begun) this.#read(this.#begun);
    else this.#begin(bytes);
  };

  /** Who sends nothing any more does not wait for an answer either; Node's HTTP server sees it so, too. */
  readonly #onEnd = (): void => {
    this.#socket.end();
  };

  readonly #onClose = (): void => {
    this.#over();
    this.#streaming?.destroy();
    this.#gone.cancel(new Error('The tool closed its connection.'));
  };

  #begin(bytes: Buffer): void {
    const { answering, clock } = this.#parts;
    const head = readQuickHead(bytes, answering.limits.headerBytes);
    if (!head || head.length > wholeBytes) {
      this.#leave();
      return;
    }
    const { request } = head;
    const more = { entry: this.#entry, requestId: randomUUID(), gone: this.#gone, onRead: nothing };
    this.#begun = { head, received: { request, body: null, ...more } };
    this.#startedAt = clock.now;
    this.#read(this.#begun);
  }

  #read({ head: { bodyStart, length }, received }: Begun): void {
    const whole = bodyStart + length;
    if (this.#bytes < whole) {
      this.#state = 'reading';
      if (this.#arrived.length > mostPieces) this.#leave();
      return;
    }
    // The next request is there already: its client does not wait for one answer before it asks for another.
    if (this.#bytes > whole) {
      this.#leave();
      return;
    }
    if (length > 0) received.body = this.#takeArrived().subarray(bodyStart);
    else this.#takeArrived();
    void this.#answer(received);
  }

  async #answer(received: ReceivedRequest): Promise<void> {
    const { answering } = this.#parts;
    this.#state = 'answering';
    let answered: AnsweredRequest | undefined;
    try {
      answered = await answering.answer(received);
      const writing = this.#write(answered.reply, received.request.method);
      if (writing) await writing;
    } catch (thrown) {
      const error = answered?.bodyFailure() ?? thrown;
      if (this.#state === 'answering') this.#write(answering.refusal(received, error), received.request.method);
      else if (this.#state === 'writing') {
        // An answer that has begun cannot become an error any more; the tool must see it break off.
        answering.report(error, this.#gone);
        this.#socket.destroy();
      }
    }
    this.#next();
  }

  /** @returns a promise for an answer that streams */
  #write(reply: AwsReply, method: string): Promise<void> | undefined {
    const { status, headers, body } = reply;
    const { idleTimeout } = this.#parts.answering.limits;
    if (this.#state !== 'answering') {
      // It was given up meanwhile, or its client has gone.
      if (!(body instanceof Uint8Array)) body.destroy();
      return undefined;
    }
    if (hasNoBody(status, method)) {
      this.#send(replyHead(reply, 'none', idleTimeout));
      if (!(body instanceof Uint8Array)) body.resume();
      return undefined;
    }
    if (body instanceof Uint8Array) {
      this.#send(onePiece(replyHead(reply, body.length, idleTimeout), body));
      return undefined;
    }
    const length = headerValue(headers, 'content-length');
    this.#send(replyHead(reply, length === undefined ? 'chunked' : Number(length), idleTimeout));
    return this.#stream(length === undefined ? pipeline(body, chunkedBody(), nothing) : body);
  }

  /** A pipeline into the socket would leave a listener on it with each answer. */
  async #stream(body: Readable): Promise<void> {
    this.#streaming = body;
    body.pipe(this.#socket, { end: false });
    await finished(body);
    this.#streaming = undefined;
  }

  #send(piece: string | Buffer): void {
    this.#state = 'writing';
    this.#socket.write(piece, 'latin1');
  }

  /** Waits for the next request, which may be there already. */
  #next(): void {
    if (this.#state !== 'writing') return;
    // Who does not take answers gets no more of them.
    if (this.#socket.writableNeedDrain) {
      this.#socket.once('drain', () => this.#next());
      return;
    }
    this.#state = 'idle';
    this.#since = this.#parts.clock.now;
    this.#begun = undefined;
    if (this.#bytes > 0) this.#leave();
  }

  /** Tells a client that nobody can wait for it any longer, if it can still be told, and hangs up. */
  #giveUp(sentence: string): void {
    const received = this.#begun?.received;
    if (!received || (this.#state !== 'reading' && this.#state !== 'answering')) {
      this.#socket.destroy();
      return;
    }
    this.#state = 'answering';
    const error = new RefusedRequest('request_timeout', sentence);
    this.#write(this.#parts.answering.refusal(received, error), received.request.method);
    this.#state = 'over';
    this.#socket.end(() => this.#socket.destroy());
  }

  /** Leaves the connection to Node's HTTP server, with what there is of a request. */
  #leave(): void {
    this.#over();
    this.#socket.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose);
    this.#parts.handOver(this.#socket, this.#entry, this.#takeArrived());
  }

  #over(): void {
    this.#state = 'over';
    this.#parts.all.delete(this);
  }

  #takeArrived(): Buffer {
    const [only] = this.#arrived;
    const all = this.#arrived.length === 1 && only ? only : Buffer.concat(this.#arrived);
    this.#arrived = [];
    this.#bytes = 0;
    return all;
  }
}

/** Source: RFC 9112 §6.3. */
function hasNoBody(status: number, method: string): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}
