import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dynamoDbLine } from '../../../src-shared/files/item-lines.ts';
import type { Sink } from './pages.ts';

/** A file that grows only at its end, and whose length is known exactly: what was written beyond it never happened. */
export interface GrowingFile {
  readonly bytes: number;
  append(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it (0600) and cuts off what lies behind these bytes: it was written and never written down. */
export async function openGrowingFile(path: string, bytes: number): Promise<GrowingFile> {
  // Not through a link that somebody has put there.
  const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  const handle: FileHandle = await open(path, flags, 0o600);
  await handle.truncate(bytes);
  let length = bytes;
  return {
    get bytes() {
      return length;
    },
    async append(text) {
      const buffer = Buffer.from(text);
      let written = 0;
      while (written < buffer.length) {
        const { bytesWritten } = await handle.write(buffer, written, buffer.length - written, length + written);
        written += bytesWritten;
      }
      length += buffer.length;
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** Writes items into a file, a line each. */
export function fileSink(file: GrowingFile): Sink {
  return {
    async take(page) {
      const lines = page.items.map(dynamoDbLine).join('');
      return {
        done: page.items.length,
        entries: page.entries,
        commit: () => file.append(lines),
      };
    },
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

/** Only counts. */
export function countSink(): Sink {
  return { take: async ({ found, entries }) => ({ done: found, entries }) };
}
