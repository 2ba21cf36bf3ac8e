import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHome, type Home } from './home.ts';
import { lockFolder } from './lock.ts';
import { rememberedTheme } from './remembered-theme.ts';
import { openSettings } from './settings.ts';

let home: Home;
beforeEach(() => {
  home = findHome({ ROLEGATE_HOME: mkdtempSync(join(tmpdir(), 'rolegate-home-')) });
});
afterEach(() => rmSync(home.folder, { recursive: true }));

describe('the home folder', () => {
  it('is where ROLEGATE_HOME says, else where the system keeps such things', () => {
    expect(findHome({ XDG_STATE_HOME: '/state' }, 'linux').folder).toBe('/state/rolegate');
    expect(findHome({}, 'darwin').folder).toMatch(/Library\/Application Support\/Rolegate$/);
    expect(findHome({ LOCALAPPDATA: '/local' }, 'win32').folder).toBe('/local/Rolegate');
  });

  it('keeps the ways to run apart', () => {
    const folders = [
      home.wayFolder('sandbox'),
      home.wayFolder('own'),
      home.wayFolder('server', 'a_1'),
      home.wayFolder('server', 'b_1'),
    ];
    expect(new Set(folders).size).toBe(4);
  });
});

describe('the lock', () => {
  it('is held once, and free again after its release', async () => {
    const lock = await lockFolder(home.folder);
    expect(lock).toBeDefined();
    expect(await lockFolder(home.folder)).toBeUndefined();
    lock?.release();
    const again = await lockFolder(home.folder);
    expect(again).toBeDefined();
    again?.release();
  });

  it('is free when its holder was killed', async () => {
    const script = join(home.folder, 'holder.mjs');
    const libsql = import.meta.resolve('libsql');
    writeFileSync(
      script,
      `import Database from ${JSON.stringify(libsql)};
       new Database(process.argv[2]).exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
       process.send('held');
       setInterval(() => {}, 1000);`,
    );
    const holder = fork(script, [join(home.folder, 'lock.db')]);
    await once(holder, 'message');
    expect(await lockFolder(home.folder)).toBeUndefined();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = await lockFolder(home.folder);
    expect(lock).toBeDefined();
    lock?.release();
  });
});

describe('settings', () => {
  it('have a theme that can be read on its own', async () => {
    expect(rememberedTheme(home.settingsFile)).toBe('system');
    await (await openSettings(home.settingsFile)).update({ theme: 'dark' });
    expect(rememberedTheme(home.settingsFile)).toBe('dark');
    writeFileSync(home.settingsFile, '{"theme":"pink"}');
    expect(rememberedTheme(home.settingsFile)).toBe('system');
  });

  it('begin with the sandbox and the well-known ports', async () => {
    const store = await openSettings(home.settingsFile);
    expect(store.get()).toEqual({ way: 'sandbox', theme: 'system', ports: { proxy: 23456, endpoint: 23457 } });
  });

  it('are there at the next start', async () => {
    const store = await openSettings(home.settingsFile);
    await Promise.all([store.update({ theme: 'dark' }), store.update({ ports: { proxy: 1000, endpoint: 1001 } })]);
    expect((await openSettings(home.settingsFile)).get()).toMatchObject({ theme: 'dark', ports: { proxy: 1000 } });
  });

  it('that cannot be understood count as none', async () => {
    for (const text of ['', '{', '[]', '{"way":"moon"}', 'null']) {
      writeFileSync(home.settingsFile, text);
      expect((await openSettings(home.settingsFile)).get().way).toBe('sandbox');
    }
  });

  it('hold but for the one that is wrong, which is named and stays in the file', async () => {
    const gatewayLimits = { headerBytes: 'many' };
    writeFileSync(home.settingsFile, JSON.stringify({ theme: 'dark', gatewayLimits, tunnelsTo: ['10.0.0.0/8'] }));
    const store = await openSettings(home.settingsFile);
    expect(store.get()).toMatchObject({ theme: 'dark', tunnelsTo: ['10.0.0.0/8'] });
    expect(store.get().gatewayLimits).toBeUndefined();
    expect(store.problems).toEqual([expect.stringMatching(/^settings\.json, gatewayLimits\.headerBytes: .*number/)]);
    await store.update({ theme: 'light' });
    expect(JSON.parse(readFileSync(home.settingsFile, 'utf8'))).toMatchObject({ theme: 'light', gatewayLimits });
  });

  it('hold nothing that was not asked for', async () => {
    await (await openSettings(home.settingsFile)).update({ theme: 'light' });
    expect(JSON.parse(readFileSync(home.settingsFile, 'utf8'))).toEqual({
      way: 'sandbox',
      theme: 'light',
      ports: { proxy: 23456, endpoint: 23457 },
    });
  });
});
