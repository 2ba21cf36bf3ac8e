import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { openLibsqlBackend } from './libsql/libsql.ts';
import { type MigrationStep, migrate } from './migrations.ts';

describe('migrations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolegate-migrations-'));
  let count = 0;
  let backend: Backend;
  beforeEach(async () => {
    await backend?.close();
    backend = await openLibsqlBackend(join(folder, `${count++}.db`));
  });
  afterAll(async () => {
    await backend.close();
    rmSync(folder, { recursive: true });
  });

  const write =
    (key: string): MigrationStep =>
    async (store) => {
      await store.put({ key, value: (((await store.get(key))?.value as number | undefined) ?? 0) + 1 });
    };
  const valueAt = async (key: string) => (await backend.get(key))?.value;

  it('are taken in order, each once, and new ones later', async () => {
    await migrate(backend, Date.now, [write('a/1')]);
    await migrate(backend, Date.now, [write('a/1')]);
    await migrate(backend, Date.now, [write('a/1'), write('a/2')]);
    expect(await valueAt('a/1')).toBe(1);
    expect(await valueAt('a/2')).toBe(1);
  });

  it('are taken by one of several that start together', async () => {
    const steps = [write('a/1'), write('a/2')];
    await Promise.all([migrate(backend, Date.now, steps), migrate(backend, Date.now, steps)]);
    expect(await valueAt('a/1')).toBe(1);
    expect(await valueAt('a/2')).toBe(1);
  });

  it('are taken up again after one broke off', async () => {
    let tries = 0;
    const step: MigrationStep = async () => {
      tries += 1;
      if (tries === 1) throw new Error('broke off');
    };
    await expect(migrate(backend, Date.now, [step])).rejects.toThrow('broke off');
    await migrate(backend, Date.now, [step]);
    expect(tries).toBe(2);
  });

  it('refuse a store from the future', async () => {
    await migrate(backend, Date.now, [write('a/1')]);
    await expect(migrate(backend, Date.now, [])).rejects.toMatchObject({ code: 'unavailable', retryable: false });
  });
});
