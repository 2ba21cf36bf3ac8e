import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ResourceFile } from '../../src-service/resources/read-documents.ts';
import { RolegateError } from '../../src-shared/errors.ts';

/**
 * Reads the files that a configuration names under `resources`: files, folders (their `*.yaml` and `*.yml`) and names
 * with `*` in their last part. Each file once, in the order of the list and of their names.
 *
 * @throws RolegateError naming what cannot be read
 */
export async function readResourceFiles(patterns: readonly string[]): Promise<ResourceFile[]> {
  const paths = new Set<string>();
  for (const pattern of patterns) for (const path of await expand(pattern)) paths.add(path);
  return Promise.all([...paths].map(async (file) => ({ file, text: await read(file) })));
}

async function expand(pattern: string): Promise<string[]> {
  if (dirname(pattern).includes('*')) {
    throw new RolegateError('bad_input', `${pattern}: only the name of a file can have a * in it, not its folder.`);
  }
  const name = basename(pattern);
  if (name.includes('*')) {
    const matches = new RegExp(`^${name.split('*').map(escaped).join('[^/]*')}$`);
    return filesOf(dirname(pattern), (file) => matches.test(file));
  }
  const found = await stat(pattern).catch((error: unknown) => {
    throw unreadable(pattern, error);
  });
  return found.isDirectory() ? filesOf(pattern, (file) => /\.ya?ml$/.test(file)) : [pattern];
}

async function filesOf(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'));
    return files
      .map(({ name }) => name)
      .filter(isWanted)
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

function unreadable(path: string, error: unknown): RolegateError {
  const { code = '' } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'There is no such file or folder',
    EACCES: 'It may not be read by this user',
  };
  return new RolegateError('not_found', `${path}: ${reasons[code] ?? 'It cannot be read'}.`, {
    hint: 'The configuration names it under resources.',
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
}
