import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a whole file or nothing: into a temporary file beside it, which then takes its place. Readers see the old
 * content or the new, never half of either, also when the machine goes down in between.
 *
 * @param mode permissions of the file; 0600 unless the file is meant for others
 */
export async function writeFileAtomically(file: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', mode);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a folder (and those above it) that only this user can look into. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // An existing folder keeps its permissions through mkdir; ours must not be open to others.
  if (process.platform !== 'win32') await chmod(folder, 0o700);
}

/** Like {@link writeFileAtomically}, making the folder first. */
export async function writePrivateFile(file: string, content: string | Uint8Array): Promise<void> {
  await makePrivateFolder(dirname(file));
  await writeFileAtomically(file, content);
}
