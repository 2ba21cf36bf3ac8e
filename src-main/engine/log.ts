import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';

const maxBytes = 5 * 1024 * 1024;

/**
 * The log of an engine: `rolegate.log` in the home folder, for this user only. It is for faults of ours; it holds no
 * secret, no item and no key. One that has grown is moved aside at the start.
 */
export interface Log {
  error(error: unknown, details: Record<string, unknown>): void;
}

/** The log of a home. It is opened when there is something to write: most starts have nothing. */
export function createLog(folder: string): Log {
  let opening: Promise<Logger> | undefined;
  return {
    error(error, details) {
      opening ??= openLogger(folder);
      // A log that cannot be written must not bring down what it is about.
      opening.then((logger) => logger.error({ err: error, ...details }, 'fault')).catch(() => undefined);
    },
  };
}

async function openLogger(folder: string): Promise<Logger> {
  const { default: pino } = await import('pino');
  const file = join(folder, 'rolegate.log');
  await makePrivateFolder(folder);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxBytes) await rename(file, `${file}.1`);
  return pino({ base: { pid: process.pid } }, pino.destination({ dest: file, mode: 0o600, sync: true }));
}
