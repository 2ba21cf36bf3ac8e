import { createWriteStream, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import type { AuditOutput } from './log.ts';

/**
 * Appends the lines of the audit log to a file of mode 0600.
 *
 * @param onError told when the file cannot be written; the store has the events all the same
 */
export async function openJsonlOutput(file: string, onError: (error: Error) => void): Promise<AuditOutput> {
  await makePrivateFolder(dirname(file));
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  await opened(stream);
  return streamOutput(stream, onError, () => new Promise((resolve) => stream.end(resolve)));
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
