import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { openLibsqlBackend } from './libsql.ts';

/** What every backend does; each implementation is put through the same tests. */
describe.each([['libsql', openLibsqlBackend]] as const)('the %s backend', (_, open) => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-backend-'));
  let time = 1_000;
  let file: string;
  let backend: Backend;
  let count = 0;

  beforeEach(async () => {
    time = 1_000;
    file = join(folder, `store-${count++}`, 'state.db');
    backend = await open(file, () => time);
  });
  afterEach(async () => {
    await backend.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back what was put', async () => {
    await backend.put({ key: 'a/1', value: { text: 'größe', list: [1, null, true] } });
    expect(await backend.get('a/1')).toEqual({ key: 'a/1', value: { text: 'größe', list: [1, null, true] } });
    await backend.put({ key: 'a/1', value: 'replaced' });
    expect((await backend.get('a/1'))?.value).toBe('replaced');
    expect(await backend.get('a/2')).toBeUndefined();
  });

  it('creates a key once, also when many try at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => backend.create({ key: 'lock', value: n })));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect((await backend.get('lock'))?.value).toBe(results.indexOf(true));
  });

  it('deletes and says whether there was something', async () => {
    await backend.put({ key: 'a', value: 1 });
    expect(await backend.delete('a')).toBe(true);
    expect(await backend.delete('a')).toBe(false);
    expect(await backend.get('a')).toBeUndefined();
  });

  it('lists a prefix in key order and nothing beside it', async () => {
    for (const key of ['s/b', 's/a', 'sx', 'r/z', 's/ü', 's/']) await backend.put({ key, value: key });
    expect((await backend.range('s/')).map((entry) => entry.key)).toEqual(['s/', 's/a', 's/b', 's/ü']);
  });

  it('forgets entries when their time has come', async () => {
    await backend.put({ key: 'short', value: 1, expiresAt: 2_000 });
    expect(await backend.get('short')).toEqual({ key: 'short', value: 1, expiresAt: 2_000 });
    time = 2_000;
    expect(await backend.get('short')).toBeUndefined();
    expect(await backend.range('')).toEqual([]);
    expect(await backend.delete('short')).toBe(false);
    expect(await backend.create({ key: 'short', value: 2 })).toBe(true);
  });

  it('keeps everything over a restart, in a file for this user only', async () => {
    await backend.put({ key: 'kept', value: 1 });
    await backend.close();
    backend = await open(file, () => time);
    expect((await backend.get('kept'))?.value).toBe(1);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
