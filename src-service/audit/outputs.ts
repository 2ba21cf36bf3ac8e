import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import type { AuditOutput } from './log.ts';

/**
 * Appends the lines of the audit log to a file of mode 0600.
 *
 * @param onError told when the file cannot be written; the store has the events all the same
 */
export async function openJsonlOutput(file: string, onError: (error: Error) => void): Promise<AuditOutput> {
  await makePrivateFolder(dirname(file));
  let output = await append(file, onError);
  /** Lines wait while the file is made anew. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
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
