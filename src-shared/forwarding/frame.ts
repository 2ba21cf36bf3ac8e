import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Header } from '../contracts/aws-call.ts';
import { RolegateError } from '../errors.ts';

/**
 * How a request and its answer travel between gateway and app-service over HTTP: four bytes of length (big-endian),
 * that many bytes of JSON (the head), then the body as it is. Heads so outgrow no header limit, and bodies stream.
 */

const maxHeadBytes = 512 * 1024;

/** The content type of framed requests and answers. */
export const frameContentType = 'application/vnd.rolegate.frame';

/** Encodes the head; the body's bytes follow it. */
export function encodeHead(head: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(head), 'utf8');
  if (json.length > maxHeadBytes) {
    throw new RolegateError('limit', 'The request line and headers are larger than 512 KiB.');
  }
  const framed = Buffer.allocUnsafe(4 + json.length);
  framed.writeUInt32BE(json.length, 0);
  json.copy(framed, 4);
  return framed;
}

/**
 * Reads the head off a stream; what is left in the stream is the body.
 *
 * @returns the head as JSON gives it, still to be checked
 * @throws RolegateError `bad_input` when the stream holds no head
 */
export async function readHead(stream: Readable): Promise<unknown> {
  const length = (await take(stream, 4)).readUInt32BE(0);
  if (length > maxHeadBytes) throw notFramed();
  const json = await take(stream, length);
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    throw notFramed();
  }
}

/**
 * A body with trailers behind it: pieces with their length before them, a piece of no bytes, then the trailers as
 * another head.
 *
 * @param trailers asked for once the body has ended
 */
export async function* encodeTrailed(body: Readable, trailers: () => readonly Header[]): AsyncGenerator<Buffer> {
  for await (const piece of body as AsyncIterable<Buffer>) {
    if (piece.length === 0) continue;
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(piece.length, 0);
    yield length;
    yield piece;
  }
  yield Buffer.alloc(4);
  yield encodeHead(trailers());
}

const maxPieceBytes = 16 * 1024 * 1024;
const trailerList = z.array(z.tuple([z.string().max(256), z.string().max(16_384)])).max(64);

/**
 * Takes a body apart that {@link encodeTrailed} has put together.
 *
 * @returns the body, and its trailers once it has ended; the body errs with `bad_input` when it is cut off
 */
export function decodeTrailed(stream: Readable): { body: Readable; trailers: () => readonly Header[] } {
  let found: readonly Header[] = [];
  async function* pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      const length = (await take(stream, 4)).readUInt32BE(0);
      if (length > maxPieceBytes) throw notFramed();
      if (length === 0) break;
      yield await take(stream, length);
    }
    const trailers = trailerList.safeParse(await readHead(stream));
    if (!trailers.success) throw notFramed();
    found = trailers.data;
  }
  return { body: Readable.from(pieces(), { objectMode: false }), trailers: () => found };
}

/** Waits until that many bytes have come and takes them, leaving the rest in the stream. */
function take(stream: Readable, size: number): Promise<Buffer> {
  if (size === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      stream.off('readable', tryRead);
      stream.off('end', onEnd);
      stream.off('error', onError);
      stream.off('close', onEnd);
      settle();
    };
    const tryRead = () => {
      const bytes = stream.read(size) as Buffer | null;
      // At the end of a stream `read` gives what is left, however little.
      if (bytes !== null) finish(() => (bytes.length === size ? resolve(bytes) : reject(notFramed())));
    };
    const onEnd = () => finish(() => reject(notFramed()));
    const onError = (error: Error) => finish(() => reject(error));
    stream.on('readable', tryRead);
    stream.on('end', onEnd);
    stream.on('error', onError);
    stream.on('close', onEnd);
    tryRead();
  });
}

function notFramed(): RolegateError {
  return new RolegateError('bad_input', 'This is no forwarded request.');
}
