import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolders } from './data-folders.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rolegate-data-'));
  await mkdir(join(root, 'prepared', 'dynoxide', 'us-east-1'), { recursive: true });
  await writeFile(join(root, 'prepared', 'dynoxide', 'us-east-1', 'tables.db'), 'prepared', { mode: 0o644 });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const open = () => openDataFolders(join(root, 'state'), join(root, 'prepared'), 'dynoxide');
const content = async (folder: string) => readFile(join(folder, 'tables.db'), 'utf8');

describe('the folder of a region', () => {
  it('is a private copy of what was prepared, and nothing is left of the copying', async () => {
    const folder = await (await open()).folderOf('us-east-1');
    expect(await content(folder)).toBe('prepared');
    expect((await stat(join(folder, 'tables.db'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(join(root, 'state', 'data', 'dynoxide'))).toEqual(['us-east-1']);
  });

  it('is empty where nothing was prepared', async () => {
    expect(await readdir(await (await open()).folderOf('eu-west-1'))).toEqual([]);
  });

  it('is kept as it is until a reset', async () => {
    const folders = await open();
    const folder = await folders.folderOf('us-east-1');
    await writeFile(join(folder, 'tables.db'), 'changed');
    expect(await content(await (await open()).folderOf('us-east-1'))).toBe('changed');
    await folders.reset();
    expect(await content(await folders.folderOf('us-east-1'))).toBe('prepared');
    expect(await readdir(join(root, 'state', 'data'))).toEqual(['dynoxide']);
  });

  it('is copied anew when an earlier copy was cut short', async () => {
    const partial = join(root, 'state', 'data', 'dynoxide', 'us-east-1.partial');
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, 'tables.db'), 'pre');
    await writeFile(join(partial, 'rubbish'), '');
    const folder = await (await open()).folderOf('us-east-1');
    expect([await readdir(folder), await content(folder)]).toEqual([['tables.db'], 'prepared']);
  });
});
