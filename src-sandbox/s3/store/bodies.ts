import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makePrivateFolder } from '../../../src-shared/files/atomic-write.ts';
import type { Digester } from '../checksums/algorithms.ts';
import type { ByteRange } from '../ranges.ts';
import type { Segment } from './types.ts';

/** Bytes that are on disk and belong to nothing yet. */
export interface StagedBody {
  file: string;
  size: number;
}

const readSize = 256 * 1024;

/**
 * The files that hold the bytes of objects and parts. A file is written once, under a name that was never used
 * before, and never changed; which of them mean something, the database says.
 *
 *     bodies/     what the database knows
 *     incoming/   what is being uploaded; left over from a crash, it is removed at the next start
 */
export class BodyFiles {
  readonly #folder: string;
  readonly #readers = new Map<string, number>();
  /** Files that are to go when their last reader is done. */
  readonly #doomed = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<void> {
    await rm(join(this.#folder, 'incoming'), { recursive: true, force: true });
    await makePrivateFolder(join(this.#folder, 'incoming'));
    await makePrivateFolder(join(this.#folder, 'bodies'));
  }

  /**
   * Writes what a stream brings to a new file, in constant memory.
   *
   * @param digesters are told every byte that is written
   * @param decoder what the bytes go through first
   * @throws what the stream throws; nothing stays behind then
   */
  async stage(
    source: AsyncIterable<Uint8Array>,
    digesters: readonly Digester[],
    decoder: Transform = new PassThrough(),
  ): Promise<StagedBody> {
    const file = randomBytes(15).toString('base64url');
    let size = 0;
    const meter = new Transform({
      transform(bytes: Buffer, _encoding, done) {
        size += bytes.length;
        for (const digester of digesters) digester.update(bytes);
        done(null, bytes);
      },
    });
    try {
      await pipeline(source, decoder, meter, createWriteStream(this.#incoming(file), { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await this.discard(file);
      throw error;
    }
    return { file, size };
  }

  /** Makes a staged file one that the database may name. */
  async keep({ file }: StagedBody): Promise<void> {
    await rename(this.#incoming(file), this.#body(file));
  }

  /** Removes a staged file. */
  async discard(file: string): Promise<void> {
    await rm(this.#incoming(file), { force: true });
  }

  /** A second name for a file's bytes, staged; a second copy where the file system has no such thing. */
  async stageCopy({ file, size }: Segment): Promise<StagedBody> {
    const copy = randomBytes(15).toString('base64url');
    const [from, to] = [this.#body(file), this.#incoming(copy)];
    await link(from, to).catch(() => copyFile(from, to));
    return { file: copy, size };
  }

  /** Removes files, those that are being read once they no longer are. */
  async remove(files: readonly string[]): Promise<void> {
    const free = files.filter((file) => !this.#readers.has(file));
    for (const file of files) if (this.#readers.has(file)) this.#doomed.add(file);
    await Promise.all(free.map((file) => rm(this.#body(file), { force: true })));
  }

  /**
   * Reads a stretch of an object's bytes. The files stay until the stream is closed, even if they are removed
   * meanwhile.
   */
  read(segments: readonly Segment[], range: ByteRange): Readable {
    const pieces = piecesOf(segments, range);
    const files = pieces.map(({ file }) => file);
    for (const file of files) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1);
    const stream = Readable.from(this.#bytesOf(pieces), { objectMode: false, highWaterMark: readSize });
    stream.once('close', () => this.#release(files));
    return stream;
  }

  async *#bytesOf(pieces: readonly Piece[]): AsyncGenerator<Buffer> {
    for (const { file, start, end } of pieces) {
      yield* createReadStream(this.#body(file), { start, end, highWaterMark: readSize });
    }
  }

  #release(files: readonly string[]): void {
    for (const file of files) {
      const left = (this.#readers.get(file) ?? 1) - 1;
      if (left > 0) {
        this.#readers.set(file, left);
        continue;
      }
      this.#readers.delete(file);
      if (this.#doomed.delete(file)) void rm(this.#body(file), { force: true });
    }
  }

  #incoming(file: string): string {
    return join(this.#folder, 'incoming', file);
  }

  #body(file: string): string {
    return join(this.#folder, 'bodies', file);
  }
}

interface Piece {
  file: string;
  start: number;
  /** The last byte, included. */
  end: number;
}

/** Which bytes of which files make up a range of the whole. */
export function piecesOf(segments: readonly Segment[], { first, last }: ByteRange): Piece[] {
  const pieces: Piece[] = [];
  let offset = 0;
  for (const { file, size } of segments) {
    const start = Math.max(first - offset, 0);
    const end = Math.min(last - offset, size - 1);
    if (start <= end) pieces.push({ file, start, end });
    offset += size;
  }
  return pieces;
}
