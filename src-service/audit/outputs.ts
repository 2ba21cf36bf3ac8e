import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import type { AuditOutput } from './log.ts';

/**
 * Appends the lines of the audit log to a file of mode 0600. A line that was cut when its process was killed is taken
 * out; `lastLine` is the one before it.
 *
 * @param onError told when the file cannot be written; the store has the events all the same
 */
export async function openJsonlOutput(
  file: string,
  onError: (error: Error) => void,
): Promise<AuditOutput & { lastLine: string | undefined }> {
  await makePrivateFolder(dirname(file));
  const lastLine = await mendEnd(file);
  let output = await append(file, onError);
  /** Lines wait while the file is made anew. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    lastLine,
    write: (lines) => inTurn(() => output.write(lines)),
    prune: (upTo) =>
      inTurn(async () => {
        await output.close();
        try {
          await keepAfter(file, upTo);
        } finally {
          output = await append(file, onError);
        }
      }),
    close: () => inTurn(() => output.close()),
  };
}

/** Cuts off a line without an end. @returns the last whole line */
async function mendEnd(file: string): Promise<string | undefined> {
  const handle = await open(file, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    const end = await lastLineEnd(handle, size);
    if (end < size) await handle.truncate(end);
    const start = await lastLineEnd(handle, Math.max(0, end - 1));
    const line = Buffer.alloc(end - start);
    await handle.read(line, 0, line.length, start);
    return line.length === 0 ? undefined : line.toString('utf8').trimEnd();
  } finally {
    await handle.close();
  }
}

/** Where the last line that ends before a place ends; 0 where none does. */
async function lastLineEnd(handle: FileHandle, before: number): Promise<number> {
  const piece = Buffer.alloc(64 * 1024);
  for (let end = before; end > 0; ) {
    const start = Math.max(0, end - piece.length);
    const { bytesRead } = await handle.read(piece, 0, end - start, start);
    const found = piece.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (found >= 0) return start + found + 1;
    end = start;
  }
  return 0;
}

async function append(file: string, onError: (error: Error) => void): Promise<AuditOutput> {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  await opened(stream);
  return streamOutput(stream, onError, () => new Promise((resolve) => stream.end(resolve)));
}

/** Writes the file anew without events up to a number. A line that is none stays: it is for `verify` to tell. */
async function keepAfter(file: string, upTo: number): Promise<void> {
  const temporary = `${file}.pruned`;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  async function* kept() {
    for await (const line of lines) if (Number(/^\{"seq":(\d+),/.exec(line)?.[1] ?? upTo + 1) > upTo) yield `${line}\n`;
  }
  await pipeline(kept, createWriteStream(temporary, { mode: 0o600 }));
  await rename(temporary, file);
}

/** Prints the lines of the audit log to standard output, for whatever collects it. */
export function stdoutOutput(onError: (error: Error) => void): AuditOutput {
  return streamOutput(process.stdout, onError, async () => undefined);
}

function streamOutput(stream: Writable, onError: (error: Error) => void, close: () => Promise<void>): AuditOutput {
  let broken = false;
  const onFailure = (error: Error) => {
    broken = true;
    onError(error);
  };
  stream.on('error', onFailure);
  return {
    async write(lines) {
      if (broken || stream.write(`${lines.join('\n')}\n`)) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          for (const event of ['drain', 'error', 'close']) stream.off(event, done);
          resolve();
        };
        for (const event of ['drain', 'error', 'close']) stream.once(event, done);
      });
    },
    async close() {
      if (!broken) await close();
      stream.off('error', onFailure);
    },
  };
}

function opened(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
}
