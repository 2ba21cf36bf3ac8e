import { rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pino, { type Logger } from 'pino';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';

const maxBytes = 5 * 1024 * 1024;

/**
 * Opens the log of an engine: `rolegate.log` in the home folder, for this user only. It is for faults of ours; it
 * holds no secret, no item and no key. One that has grown is moved aside at the start.
 */
export async function openLog(folder: string): Promise<Logger> {
  const file = join(folder, 'rolegate.log');
  await makePrivateFolder(dirname(file));
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxBytes) await rename(file, `${file}.1`);
  return pino({ base: { pid: process.pid } }, pino.destination({ dest: file, mode: 0o600, sync: false }));
}
