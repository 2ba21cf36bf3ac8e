import type { Header } from '../contracts/aws-call.ts';

/**
 * The framing of the `aws-chunked` content encoding: chunks with their size in hex and, where they are signed, their
 * signature; a chunk of no bytes at the end; then trailers, if there are any.
 * Source: S3 API Reference, "Signature calculations for the Authorization header: transferring a payload in multiple
 * chunks", with and without trailing headers.
 */

/** What is wrong with a chunked body, in a sentence. */
export class ChunkError extends Error {
  readonly kind: 'malformed' | 'signature';

  constructor(kind: 'malformed' | 'signature', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Is told what the parser finds, in order. */
export interface ChunkSink {
  /** A chunk begins. */
  begin(size: number, signature: string | undefined): void;
  /** Some of its bytes. */
  data(bytes: Buffer): void;
  /** It is whole. */
  end(): void;
}

const maxLineBytes = 4096;
const maxTrailerBytes = 16 * 1024;
const chunkLine = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i;
const lineFeed = 0x0a;

/** Takes a chunked body apart as it arrives; no chunk is ever held as a whole. */
export class ChunkParser {
  readonly #sink: ChunkSink;
  #state: 'line' | 'data' | 'afterData' | 'trailers' = 'line';
  #line = '';
  #left = 0;
  #trailerBytes = 0;
  readonly trailers: Header[] = [];

  constructor(sink: ChunkSink) {
    this.#sink = sink;
  }

  /** @throws ChunkError `malformed`, and whatever the sink throws */
  write(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'data') {
        const taken = bytes.subarray(at, at + this.#left);
        at += taken.length;
        this.#left -= taken.length;
        this.#sink.data(taken);
        if (this.#left === 0) {
          this.#sink.end();
          this.#state = 'afterData';
        }
        continue;
      }
      const feed = bytes.indexOf(lineFeed, at);
      const end = feed < 0 ? bytes.length : feed;
      this.#line += bytes.toString('latin1', at, end);
      if (this.#line.length > maxLineBytes)
        throw new ChunkError('malformed', 'A chunk header of the body is too long.');
      at = end + 1;
      if (feed >= 0) {
        const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
        this.#line = '';
        this.#takeLine(line);
      }
    }
  }

  /** @throws ChunkError when the body ended before its last chunk */
  finish(): void {
    // A last trailer may lack its line break.
    if (this.#state === 'trailers' && this.#line !== '') this.#takeLine(this.#line.trimEnd());
    if (this.#state !== 'trailers') throw new ChunkError('malformed', 'The chunked body ends before its last chunk.');
  }

  #takeLine(line: string): void {
    if (this.#state === 'line') this.#beginChunk(line);
    else if (this.#state === 'trailers') this.#takeTrailer(line);
    else if (line === '') this.#state = 'line';
    else throw new ChunkError('malformed', 'A chunk of the body is longer than it says.');
  }

  #beginChunk(line: string): void {
    const match = chunkLine.exec(line);
    if (!match) throw new ChunkError('malformed', 'The body has a chunk without a readable size and signature.');
    this.#left = Number.parseInt(match[1] ?? '', 16);
    this.#sink.begin(this.#left, match[2]?.toLowerCase());
    if (this.#left > 0) this.#state = 'data';
    else {
      this.#sink.end();
      this.#state = 'trailers';
    }
  }

  #takeTrailer(line: string): void {
    if (line === '') return;
    this.#trailerBytes += line.length;
    const colon = line.indexOf(':');
    if (colon < 1 || this.#trailerBytes > maxTrailerBytes) {
      throw new ChunkError('malformed', 'What follows the last chunk of the body are no trailers.');
    }
    this.trailers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
}
