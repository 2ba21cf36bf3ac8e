import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JobView } from '../../../src-shared/contracts/jobs.ts';

/**
 * Writes a ledger to where a person wants it: first a line on what the job was and came to, then one for each item that
 * was skipped or failed, with its key, its record in the file and the reason.
 *
 * @param bytes how much of the job's own ledger has been written down
 */
export async function saveLedger(view: JobView, ledger: string, bytes: number, path: string): Promise<void> {
  const { kind, place, to, state, counts, startedAt, endedAt, file, readUnits, writeUnits } = view;
  const head = {
    job: kind,
    ...place,
    ...(to && { to }),
    state,
    counts,
    startedAt: new Date(startedAt).toISOString(),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt).toISOString() }),
    ...(file && { file: file.name }),
    readUnits,
    writeUnits,
  };
  async function* lines(): AsyncGenerator<string | Buffer> {
    yield `${JSON.stringify(head)}\n`;
    if (bytes > 0) yield* createReadStream(ledger, { end: bytes - 1 }) as AsyncIterable<Buffer>;
  }
  const made = `${path}.new`;
  await rm(made, { force: true });
  try {
    await pipeline(Readable.from(lines()), createWriteStream(made, { flags: 'wx', mode: 0o600 }));
    await rename(made, path);
  } catch (error) {
    await rm(made, { force: true });
    throw error;
  }
}
