import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RolegateError } from '../src-shared/errors.ts';
import { askYesNo } from './ask.ts';
import { note, printError } from './output.ts';

/**
 * Lets the person change a text in their editor, until it can be used or they give up.
 *
 * @param use does something with the changed text; what it throws is shown, and the text can be changed again
 * @param readNow what is there by now, which is put beside the text when somebody else has changed it meanwhile
 * @returns undefined when the text was left as it was
 * @throws RolegateError with the place of the text, when they give up: nobody's work is thrown away
 */
export async function editText<Result>(
  name: string,
  before: string,
  use: (text: string) => Promise<Result>,
  readNow: () => Promise<string>,
): Promise<Result | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'rolegate-edit-'));
  const file = join(folder, `${name.replace(/[^\w.-]/g, '_').slice(0, 80)}.yaml`);
  await writeFile(file, before, { mode: 0o600 });
  for (;;) {
    await runEditor(file);
    const text = await readFile(file, 'utf8');
    if (text.trim() === '' || text === before) {
      await rm(folder, { recursive: true, force: true });
      return undefined;
    }
    try {
      const result = await use(text);
      await rm(folder, { recursive: true, force: true });
      return result;
    } catch (error) {
      printError(error);
      if (error instanceof RolegateError && error.code === 'conflict') await putBeside(file, readNow);
      if (await askYesNo('Edit it again? [y/N] ')) continue;
      throw new RolegateError('cancelled', 'Nothing was changed.', { hint: `Your text is kept in ${file}.` });
    }
  }
}

/** Whoever goes on with a text that others have changed needs to see theirs, and its revision. */
async function putBeside(file: string, readNow: () => Promise<string>): Promise<void> {
  const now = await readNow().catch(() => undefined);
  if (now === undefined) return;
  const other = file.replace(/\.yaml$/, '.now.yaml');
  await writeFile(other, now, { mode: 0o600 });
  note(`What is there now is in ${other}.`);
  note('To write yours all the same, bring both together, and take over the revision from there.');
}

async function runEditor(file: string): Promise<void> {
  const editor = process.env['VISUAL'] || process.env['EDITOR'] || (process.platform === 'win32' ? 'notepad' : 'vi');
  // An editor may come with options ("code --wait"), as it does for git.
  const [command = editor, ...options] = editor.split(/\s+/);
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, [...options, file], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  }).catch(() => null);
  if (code === 0) return;
  note(`Your text is kept in ${file}.`);
  throw new RolegateError('cancelled', `The editor ${command} could not be used.`, {
    hint: 'Set EDITOR to the editor that you use, such as EDITOR=nano.',
  });
}
