import { join } from 'node:path';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';

/** While it is held, no other process works in the folder. The operating system frees it when the process dies. */
export interface FolderLock {
  release(): void;
}

/**
 * Tries to take a folder's lock.
 *
 * The lock is SQLite's: an exclusive transaction on a small file, which the operating system lets go of however the
 * process ends. A file with a process id in it would have to be judged stale, and two could judge at the same time.
 *
 * @returns undefined when another process holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  await makePrivateFolder(folder);
  const { default: Database } = await import('libsql');
  const database = new Database(join(folder, 'lock.db'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return { release: () => database.close() };
}
