import { readdir, stat } from 'node:fs/promises';
import { lockFolder } from '../../src-main/home/lock.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/** What a folder that a service has worked in holds. */
const ownFiles = ['lock.db', 'state.db', 'audit-key.pem'];

/**
 * Looks whether a folder can be a service's own. It is made private, so it must not be one that others need.
 *
 * @throws RolegateError `bad_input` for a folder that others can look into and that holds something else
 */
export async function checkDataDir(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) return;
  if (!found.isDirectory()) throw new RolegateError('bad_input', `${folder} is no folder, and data_dir needs one.`);
  const isPrivate = process.platform === 'win32' || (found.mode & 0o077) === 0;
  const names = isPrivate ? [] : await readdir(folder).catch(() => ['?']);
  if (names.length === 0 || names.some((name) => ownFiles.includes(name))) return;
  throw new RolegateError('bad_input', `The folder ${folder} holds other things, and others can look into it.`, {
    hint: 'The service keeps its secrets in data_dir and makes it private. Name a folder that is for nothing else.',
  });
}

/**
 * Takes the folder for this process, making it where there is none.
 *
 * @returns gives it free
 * @throws RolegateError `conflict` when another service works in it, `access_denied` when it cannot be used
 */
export async function takeDataDir(folder: string): Promise<() => void> {
  await checkDataDir(folder);
  try {
    const lock = await lockFolder(folder);
    if (lock) return lock.release;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = /^E(ACCES|PERM|ROFS)$/.test(code) ? 'this user may not write there' : `it cannot be used (${code})`;
    throw new RolegateError('access_denied', `The folder ${folder} is needed, and ${reason}.`, {
      hint: 'Name another one as data_dir, or make it and give it to the user that runs the service.',
      cause: error,
    });
  }
  throw new RolegateError('conflict', `The folder ${folder} is in use by another app-service.`, {
    hint: 'End that one first. Replicas that share a table in DynamoDB have a data_dir of their own each.',
  });
}
