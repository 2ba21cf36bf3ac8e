import { randomBytes } from 'node:crypto';
import { access, appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { CallInput, CallOutput } from '../../../src-shared/contracts/calls.ts';
import type { ChosenFile } from '../../../src-shared/contracts/jobs.ts';
import { RolegateError } from '../../../src-shared/errors.ts';
import { makePrivateFolder } from '../../../src-shared/files/atomic-write.ts';
import type { FileFormat } from '../../../src-shared/files/item-lines.ts';

/** What a person is asked for in a file dialog. */
export interface FileQuestion {
  to: 'save' | 'open';
  title: string;
  /** The name that a file to save begins with. */
  name?: string;
}

/** Shows the person a file dialog. @returns the path; undefined when nothing was chosen */
export type AskForFile = (question: FileQuestion) => Promise<string | undefined>;

/** Files that the person has chosen. The page knows them by an id, and never names a path. */
export interface ChosenFiles {
  choose(input: CallInput<'jobs.chooseFile'>): Promise<ChosenFile>;
  /**
   * A file that somebody names by its path: a command may, a page may not.
   *
   * @throws RolegateError `access_denied` for a page; `not_found`, `bad_input` or `conflict` where it cannot be used
   */
  name(input: CallInput<'jobs.nameFile'>, isCommand: boolean): Promise<CallOutput<'jobs.nameFile'>>;
  upload(input: CallInput<'jobs.upload'>): Promise<CallOutput<'jobs.upload'>>;
  /** @throws RolegateError `not_found` for an id that no file was chosen under */
  require(fileId: string): { path: string; name: string };
  /** Lets the person say where to save something, or finds a place where there is no dialog. */
  placeFor(title: string, name: string): Promise<string | undefined>;
}

const endings: Record<FileFormat, string> = { 'dynamodb-json': 'jsonl', json: 'json', csv: 'csv' };

/** @param uploads folder for files that come through the page, where there is no dialog */
export function createChosenFiles(uploads: string, askForFile: AskForFile | undefined, now: () => number): ChosenFiles {
  const files = new Map<string, { path: string; name: string }>();

  function keep(path: string): { fileId: string; name: string } {
    const fileId = newId();
    const name = basename(path);
    files.set(fileId, { path, name });
    return { fileId, name };
  }

  async function placeFor(title: string, name: string): Promise<string | undefined> {
    return askForFile ? askForFile({ to: 'save', title, name }) : freeName(await downloads(uploads), name);
  }

  return {
    placeFor,
    async choose(input) {
      if (input.to === 'import') {
        if (!askForFile) return { is: 'no-dialog' };
        const path = await askForFile({ to: 'open', title: 'Import items' });
        if (path === undefined) return { is: 'cancelled' };
        const { size } = await stat(path);
        return { is: 'chosen', ...keep(path), bytes: size };
      }
      const { table, format, gzip } = input;
      const day = new Date(now()).toISOString().slice(0, 10);
      const path = await placeFor(`Export ${table}`, `${table}-${day}.${endings[format]}${gzip ? '.gz' : ''}`);
      return path === undefined ? { is: 'cancelled' } : { is: 'chosen', ...keep(path) };
    },

    async name(input, isCommand) {
      if (!isCommand) throw new RolegateError('access_denied', 'Only a command of yours may name a file by its path.');
      await requireUsable(input);
      return keep(input.path);
    },

    async upload({ fileId, name, offset, base64 }) {
      const known = fileId === undefined ? undefined : files.get(fileId);
      const isUpload = known?.path.startsWith(uploads) ?? false;
      if (fileId !== undefined && !isUpload) throw noSuchFile();
      const id = fileId ?? newId();
      const path = join(uploads, id);
      await makePrivateFolder(uploads);
      const { size } = await stat(path).catch(() => ({ size: 0 }));
      if (size !== offset) throw new RolegateError('conflict', 'A piece of the file is missing. Choose it again.');
      await appendFile(path, Buffer.from(base64, 'base64'), { mode: 0o600 });
      files.set(id, { path, name: basename(name) });
      return { fileId: id };
    },

    require(fileId) {
      const file = files.get(fileId);
      if (!file) throw noSuchFile();
      return file;
    },
  };
}

/** @throws RolegateError where a named file cannot be read, or must not be written */
async function requireUsable(input: CallInput<'jobs.nameFile'>): Promise<void> {
  const { path } = input;
  if (!isAbsolute(path)) throw new RolegateError('bad_input', `${path} is not the whole path of a file.`);
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) throw new RolegateError('bad_input', `${path} is not a file.`);
  if (input.to === 'read') {
    if (!found) throw new RolegateError('not_found', `There is no file ${path}.`);
    return;
  }
  if (found && !input.overwrite) {
    throw new RolegateError('conflict', `${path} is there already.`, {
      hint: 'Choose another name, or say --force to write over it.',
    });
  }
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (is) => is.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new RolegateError('not_found', `There is no folder ${folder}.`);
}

/** Forgets what came through the page, once no job wants it any more. */
export async function forgetUpload(uploads: string, path: string): Promise<void> {
  if (path.startsWith(uploads)) await rm(path, { force: true });
}

function noSuchFile(): RolegateError {
  return new RolegateError('not_found', 'This file is not known any more. Choose it again.');
}

export function newId(): string {
  return randomBytes(12).toString('base64url');
}

/** Where downloads of this person go; a folder of ours where there is no such place. */
async function downloads(uploads: string): Promise<string> {
  const usual = join(homedir(), 'Downloads');
  if (await isThere(usual)) return usual;
  const own = join(uploads, '..', '..', 'exports');
  await mkdir(own, { recursive: true, mode: 0o700 });
  return own;
}

/** The name, or the name with a number: nothing is ever written over without having been asked for. */
async function freeName(folder: string, name: string): Promise<string> {
  const [, stem = name, ending = ''] = /^(.*?)((?:\.[a-z]+)*)$/.exec(name) ?? [];
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${stem} (${number})${ending}`);
    if (!(await isThere(path)) && !(await isThere(`${path}.part`))) return path;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Forgets files that came through the page and that no job wants any more. */
export async function sweepUploads(uploads: string, wanted: ReadonlySet<string | undefined>): Promise<void> {
  const names = await readdir(uploads).catch(() => []);
  await Promise.all(
    names
      .map((name) => join(uploads, name))
      .filter((path) => !wanted.has(path))
      .map((path) => rm(path, { force: true })),
  );
}
