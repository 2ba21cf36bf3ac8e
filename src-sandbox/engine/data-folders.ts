import { chmod, constants, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RolegateError } from '../../src-shared/errors.ts';
import { makePrivateFolder } from '../../src-shared/files/atomic-write.ts';
import type { EngineName } from './engine.ts';

/**
 * Where the engines keep their data: one folder for each region.
 *
 *     <preparedDir>/<engine>/<region>/     made by the build, only read
 *     <stateDir>/data/<engine>/<region>/   copied from there when a region is first asked for, kept between starts
 */
export interface DataFolders {
  /** The region's folder, made or copied if it is not there yet. */
  folderOf(region: string): Promise<string>;
  /** Forgets what was written: the next {@link folderOf} begins with the prepared data again. No engine may be running. */
  reset(): Promise<void>;
}

/**
 * Opens the data of a state folder.
 *
 * @throws RolegateError when there is neither data in it nor any prepared data to begin with
 */
export async function openDataFolders(stateDir: string, preparedDir: string, engine: EngineName): Promise<DataFolders> {
  const data = join(stateDir, 'data', engine);
  const prepared = join(preparedDir, engine);
  if (!(await isFolder(prepared)) && !(await isFolder(data))) {
    throw new RolegateError('not_found', `The sandbox's prepared tables for ${engine} are missing from ${prepared}.`, {
      hint: 'Build Rolegate again, or install it again.',
    });
  }
  await makePrivateFolder(data);
  const reset = async () => {
    // Moved away in one step first: half-deleted data must never be taken for data.
    const doomed = `${data}.old`;
    await rm(doomed, { recursive: true, force: true });
    await rename(data, doomed);
    await makePrivateFolder(data);
    await rm(doomed, { recursive: true, force: true });
  };
  return { folderOf: (region) => folderOf(join(data, region), join(prepared, region)), reset };
}

async function folderOf(folder: string, prepared: string): Promise<string> {
  if (await isFolder(folder)) return folder;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  if (await isFolder(prepared)) await copyFiles(prepared, partial);
  await rename(partial, folder);
  return folder;
}

/** Copies the files of a folder that has no folders in it. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    const target = join(to, name);
    await copyFile(join(from, name), target, constants.COPYFILE_FICLONE);
    await chmod(target, 0o600);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
