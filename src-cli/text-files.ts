import { readFile } from 'node:fs/promises';
import { RolegateError } from '../src-shared/errors.ts';
import { readStandardInput } from './ask.ts';

/** A file's text under the name that the person gave; `-` is standard input. */
export async function readTextFile(file: string): Promise<{ file: string; text: string }> {
  if (file === '-') return { file: 'standard input', text: await readStandardInput() };
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reasons: Record<string, string> = {
      ENOENT: 'There is no such file',
      EACCES: 'It may not be read',
      EISDIR: 'It is a folder',
    };
    throw new RolegateError('not_found', `${file}: ${reasons[code ?? ''] ?? 'It cannot be read'}.`);
  }
}
