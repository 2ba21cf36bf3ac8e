import type { Header } from '../contracts/aws-call.ts';
import { readHeaderBlock } from './header-block.ts';
import { isNamed } from './header-names.ts';

/** What came is no answer of HTTP/1.1. */
export class MalformedResponse extends Error {}

/** Is told what the parser finds, in order. */
export interface ResponseSink {
  /** The final answer's head. @param length bytes of its body, where that is known */
  onHead(status: number, headers: Header[], length: number | undefined): void;
  onData(bytes: Buffer): void;
  onEnd(): void;
}

const endOfHead = Buffer.from('\r\n\r\n');
const maxHeadBytes = 256 * 1024;
const maxLineBytes = 4096;
const maxTrailerBytes = 64 * 1024;
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/;
const chunkSize = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i;
const lineFeed = 0x0a;

/**
 * Takes the answers of one HTTP/1.1 connection apart as they arrive (RFC 9112). Strict where leniency would let two
 * parties see two different answers: a length said twice must be the same, and lines end in CR LF.
 */
export class ResponseParser {
  readonly #sink: ResponseSink;
  #state: 'none' | 'head' | 'body' | 'untilClose' | 'size' | 'chunk' | 'afterChunk' | 'trailers' = 'none';
  #isHead = false;
  /** The beginning of a head, or of a line, that is not whole yet. */
  #pending: Buffer | undefined;
  #left = 0;
  #trailerBytes = 0;
  #keeps = true;
  /** How long the server keeps the connection when nobody uses it, in seconds, where it has said so. */
  idleHint: number | undefined;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** Waits for the answer to one more request. @param isHead whether that is HEAD, whose answer has no body */
  begin(isHead: boolean): void {
    this.#state = 'head';
    this.#isHead = isHead;
  }

  /** Whether another request may follow on this connection. */
  get mayGoOn(): boolean {
    return this.#keeps && this.#state === 'none';
  }

  /** @throws MalformedResponse, and whatever the sink throws */
  write(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      switch (this.#state) {
        case 'none':
          // Nobody has asked for this; whoever sends it cannot be followed any more.
          throw new MalformedResponse('More was answered than was asked for.');
        case 'head':
          at = this.#readHead(bytes, at);
          break;
        case 'untilClose':
          this.#sink.onData(at === 0 ? bytes : bytes.subarray(at));
          return;
        case 'body':
        case 'chunk':
          at = this.#readData(bytes, at);
          break;
        default:
          at = this.#readLine(bytes, at);
      }
    }
  }

  /** The connection has ended. @returns whether that ends the answer, too; otherwise it has broken off */
  finish(): boolean {
    if (this.#state !== 'untilClose') return false;
    this.#end();
    return true;
  }

  #readHead(bytes: Buffer, from: number): number {
    const before = this.#pending?.length ?? 0;
    const all = this.#pending ? Buffer.concat([this.#pending, bytes.subarray(from)]) : bytes;
    const start = this.#pending ? 0 : from;
    const end = all.indexOf(endOfHead, Math.max(start, before - 3));
    if ((end < 0 ? all.length : end) - start > maxHeadBytes) throw new MalformedResponse('The head is too large.');
    if (end < 0) {
      this.#pending = start === 0 ? all : all.subarray(start);
      return bytes.length;
    }
    this.#pending = undefined;
    this.#takeHead(all.toString('latin1', start, end));
    return from + (end + endOfHead.length - start) - before;
  }

  #takeHead(text: string): void {
    const firstEnd = text.indexOf('\r\n');
    const [, minor, digits] = statusLine.exec(firstEnd < 0 ? text : text.slice(0, firstEnd)) ?? [];
    if (digits === undefined) throw new MalformedResponse('There is no status line.');
    const status = Number(digits);
    const headers = readHeaderBlock(text, firstEnd);
    if (!headers) throw new MalformedResponse('A header is malformed.');
    const framing = new Framing(minor === '1');
    for (const [name, value] of headers) framing.take(name, value);
    if (status === 101) throw new MalformedResponse('The server speaks another protocol.');
    // Not the final answer (100 Continue, 103 Early Hints).
    if (status < 200) return;
    this.#keeps = framing.keeps;
    this.idleHint = framing.idleHint;
    this.#frame(status, headers, framing);
  }

  /** Source: RFC 9112 §6.3. */
  #frame(status: number, headers: Header[], { isChunked, length }: Framing): void {
    if (this.#isHead || status === 204 || status === 304) {
      this.#sink.onHead(status, headers, 0);
      this.#end();
    } else if (isChunked) {
      this.#state = 'size';
      this.#sink.onHead(status, headers, undefined);
    } else if (length === undefined) {
      this.#state = 'untilClose';
      this.#keeps = false;
      this.#sink.onHead(status, headers, undefined);
    } else {
      this.#state = 'body';
      this.#left = length;
      this.#sink.onHead(status, headers, length);
      if (length === 0) this.#end();
    }
  }

  #readData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    this.#left -= end - at;
    this.#sink.onData(bytes.subarray(at, end));
    if (this.#left === 0) {
      if (this.#state === 'body') this.#end();
      else this.#state = 'afterChunk';
    }
    return end;
  }

  #readLine(bytes: Buffer, from: number): number {
    const feed = bytes.indexOf(lineFeed, from);
    const part = bytes.subarray(from, feed < 0 ? bytes.length : feed + 1);
    const line = this.#pending ? Buffer.concat([this.#pending, part]) : part;
    if (line.length > maxLineBytes) throw new MalformedResponse('A line between chunks is too long.');
    this.#pending = feed < 0 ? line : undefined;
    if (feed < 0) return bytes.length;
    const text = line.toString('latin1');
    if (!text.endsWith('\r\n')) throw new MalformedResponse('A line between chunks does not end in CR LF.');
    this.#takeLine(text.slice(0, -2));
    return feed + 1;
  }

  #takeLine(line: string): void {
    if (this.#state === 'size') {
      const [, digits] = chunkSize.exec(line) ?? [];
      if (digits === undefined) throw new MalformedResponse('A chunk has no size.');
      this.#left = Number.parseInt(digits, 16);
      this.#state = this.#left === 0 ? 'trailers' : 'chunk';
      this.#trailerBytes = 0;
    } else if (this.#state === 'afterChunk') {
      if (line !== '') throw new MalformedResponse('A chunk is longer than it says.');
      this.#state = 'size';
    } else if (line === '') this.#end();
    else {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > maxTrailerBytes) throw new MalformedResponse('The trailers are too large.');
    }
  }

  #end(): void {
    this.#state = 'none';
    this.#sink.onEnd();
  }
}

/** What the headers say of where the body ends, and of the connection. */
class Framing {
  isChunked = false;
  length: number | undefined;
  keeps: boolean;
  idleHint: number | undefined;

  constructor(keeps: boolean) {
    this.keeps = keeps;
  }

  take(name: string, value: string): void {
    // Of most headers the length tells that they are not meant.
    switch (name.length) {
      case 10:
        if (isNamed(name, 'connection')) this.#takeConnection(value);
        else if (isNamed(name, 'keep-alive')) this.#takeKeepAlive(value);
        break;
      case 14:
        if (isNamed(name, 'content-length')) this.#takeLength(value);
        break;
      case 17:
        if (isNamed(name, 'transfer-encoding')) this.#takeEncoding(value);
    }
  }

  #takeConnection(value: string): void {
    const options = value.toLowerCase().split(',');
    if (options.some((option) => option.trim() === 'close')) this.keeps = false;
  }

  #takeKeepAlive(value: string): void {
    const seconds = /(?:^|[\s,])timeout=(\d{1,9})/i.exec(value)?.[1];
    if (seconds !== undefined) this.idleHint = Number(seconds);
  }

  #takeLength(value: string): void {
    const length = /^\d{1,15}$/.test(value) ? Number(value) : undefined;
    const isSecond = this.isChunked || (this.length !== undefined && this.length !== length);
    if (length === undefined || isSecond) throw new MalformedResponse('The length of the body is not clear.');
    this.length = length;
  }

  #takeEncoding(value: string): void {
    // No other encoding was asked for, and both framings at once are how answers are smuggled.
    if (value.toLowerCase() !== 'chunked' || this.isChunked || this.length !== undefined) {
      throw new MalformedResponse('The length of the body is not clear.');
    }
    this.isChunked = true;
  }
}
