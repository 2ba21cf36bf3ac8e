import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkDataDir } from './data-dir.ts';
import { defaultConfigFile, prepareService } from './prepare.ts';
import { readResourceFiles } from './resource-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-prepare-'));
  return () => rmSync(folder, { recursive: true, force: true });
});
const write = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};
const role = (name: string) => `kind: role\nversion: v8\nmetadata: {name: ${name}}\nspec: {}\n`;

describe('the files of an operator', () => {
  it('are found by name, by folder and by pattern, each once and in order', async () => {
    for (const name of ['b.yaml', 'a.yml', 'notes.txt', '.hidden.yaml']) write(name, 'x');
    mkdirSync(join(folder, 'sub.yaml'));
    const names = async (...patterns: string[]) =>
      (await readResourceFiles(patterns.map((one) => join(folder, one)))).map(({ file }) => basename(file));
    expect(await names('.')).toEqual(['a.yml', 'b.yaml']);
    expect(await names('b.yaml', '*.y*ml')).toEqual(['b.yaml', 'a.yml']);
    expect(await names('none-*.yaml')).toEqual([]);
    await expect(names('none.yaml')).rejects.toThrow('none.yaml: There is no such file or folder.');
    await expect(names('no/*.yaml')).rejects.toThrow('There is no such file or folder.');
    await expect(names('*/x.yaml')).rejects.toThrow('not its folder');
  });

  it('are read with the configuration, and what they miss may be in the store', async () => {
    write(
      'roles.yaml',
      `${role('dev')}---\nkind: user\nversion: v2\nmetadata: {name: al}\nspec: {roles: [devs, editor]}\n`,
    );
    write(
      'apps.yaml',
      'kind: app\nversion: v3\nmetadata: {name: aws}\nspec: {uri: "https://console.aws.amazon.com"}\n',
    );
    const config = write(
      'rolegate.yaml',
      'cluster: x\nresources: [roles.yaml, apps.yaml]\napps: [{name: aws, uri: "https://console.aws.amazon.com"}]\n',
    );
    const { resources, resourceFiles, notes } = await prepareService(config, { AWS_REGION: 'eu-west-1' });
    expect(resources.map(({ document }) => document.kind)).toEqual(['role', 'user', 'app']);
    expect(resourceFiles).toBe(2);
    expect(notes).toEqual([
      `${join(folder, 'roles.yaml')}:9:16: There is no role devs. Did you mean dev? It may still be in the store.`,
      `The app aws is in the configuration and in ${join(folder, 'apps.yaml')}. The one of the configuration holds.`,
    ]);
  });

  it.skipIf(process.platform === 'win32')('that hold secrets are not for everybody', async () => {
    const file = 'cluster: x\nupstream_proxy: {url: "http://me:secret@proxy:3128"}\n';
    const config = write('rolegate.yaml', file);
    const notes = async () => (await prepareService(config, { AWS_REGION: 'eu-west-1' })).notes;
    expect(await notes()).toEqual([]);
    chmodSync(config, 0o644);
    expect(await notes()).toEqual([
      `${config} holds the password of the proxy, and everybody on this host may read it: chmod o-r.`,
    ]);
  });
});

describe('the configuration', () => {
  it('is where the environment says, or in the system’s place', () => {
    expect(defaultConfigFile({ ROLEGATE_CONFIG: '/x.yaml' })).toBe('/x.yaml');
    if (process.platform !== 'win32') expect(defaultConfigFile({})).toBe('/etc/rolegate.yaml');
  });

  it('that is not there is shown how to write', async () => {
    await expect(prepareService(join(folder, 'none.yaml'))).rejects.toMatchObject({
      message: `There is no configuration ${join(folder, 'none.yaml')}.`,
      hint: expect.stringContaining('listen: 0.0.0.0:3080'),
    });
  });
});

describe.skipIf(process.platform === 'win32')('the data folder', () => {
  it('is one that is private, new, empty, or a service’s already', async () => {
    const shared = join(folder, 'shared');
    await checkDataDir(shared);
    mkdirSync(shared);
    chmodSync(shared, 0o755);
    await checkDataDir(shared);
    writeFileSync(join(shared, 'passwd'), '');
    await expect(checkDataDir(shared)).rejects.toThrow('holds other things, and others can look into it');
    writeFileSync(join(shared, 'state.db'), '');
    await checkDataDir(shared);
    await expect(checkDataDir(join(shared, 'passwd'))).rejects.toThrow('is no folder');
  });
});
