import { describe, expect, it, onTestFinished } from 'vitest';
import { type Backend, type Change, maxValueBytes } from '../backend.ts';

/** How a test comes to backends on a store of its own. */
export interface Store {
  /** Opens the store once more: another replica on the same data. */
  open(): Promise<Backend>;
  /** Moves the clock that all of them go by. */
  sleep(milliseconds: number): void;
}

/** What every backend does; each implementation is put through the same tests. */
export function backendConformance(name: string, newStore: () => Promise<Store>): void {
  async function start(): Promise<Store & { backend: Backend; other: () => Promise<Backend> }> {
    const store = await newStore();
    const open = async () => {
      const backend = await store.open();
      onTestFinished(() => backend.close());
      return backend;
    };
    return { ...store, backend: await open(), other: open };
  }

  describe(`the ${name} backend`, () => {
    it('gives back what was put', async () => {
      const { backend } = await start();
      const value = { text: 'größe \u2028 \u0000 💾', list: [1, null, true], '': {}, __proto: 1.5e300 };
      const revision = await backend.put({ key: 'a/1', value });
      expect(await backend.get('a/1')).toEqual({ key: 'a/1', value, revision });
      const next = await backend.put({ key: 'a/1', value: 'replaced' });
      expect(next).not.toBe(revision);
      expect(await backend.get('a/1')).toEqual({ key: 'a/1', value: 'replaced', revision: next });
      expect(await backend.get('a/2')).toBeUndefined();
    });

    it('creates a key once, also when many try at the same time in several processes', async () => {
      const { backend, other } = await start();
      const both = [backend, await other()];
      const tries = Array.from({ length: 20 }, (_, n) => both[n % 2]?.create({ key: 'lock/a', value: n }));
      const results = await Promise.all(tries);
      expect(results.filter((revision) => revision !== undefined)).toHaveLength(1);
      const winner = results.findIndex((revision) => revision !== undefined);
      expect(await backend.get('lock/a')).toEqual({ key: 'lock/a', value: winner, revision: results[winner] });
    });

    it('swaps only what is still as it was read', async () => {
      const { backend } = await start();
      const first = await backend.put({ key: 'a/1', value: 1 });
      const second = await backend.compareAndSwap({ key: 'a/1', value: 2 }, first);
      expect(second).toBeDefined();
      expect(await backend.compareAndSwap({ key: 'a/1', value: 3 }, first)).toBeUndefined();
      expect(await backend.compareAndSwap({ key: 'a/none', value: 3 }, first)).toBeUndefined();
      expect(await backend.get('a/1')).toEqual({ key: 'a/1', value: 2, revision: second });
    });

    it('loses no update when many count at the same time', async () => {
      const { backend, other } = await start();
      await backend.put({ key: 'count/a', value: 0 });
      const countUp = async (replica: Backend) => {
        for (;;) {
          const entry = await replica.get('count/a');
          const value = (entry?.value as number) + 1;
          if (await replica.compareAndSwap({ key: 'count/a', value }, entry?.revision ?? '')) return;
        }
      };
      const both = [backend, await other()];
      await Promise.all(Array.from({ length: 16 }, (_, n) => countUp(both[n % 2] as Backend)));
      expect((await backend.get('count/a'))?.value).toBe(16);
    });

    it('deletes and says whether there was something, and with a revision only that', async () => {
      const { backend } = await start();
      const old = await backend.put({ key: 'a/1', value: 1 });
      const revision = await backend.put({ key: 'a/1', value: 2 });
      expect(await backend.delete('a/1', old)).toBe(false);
      expect((await backend.get('a/1'))?.value).toBe(2);
      expect(await backend.delete('a/1', revision)).toBe(true);
      expect(await backend.delete('a/1')).toBe(false);
      expect(await backend.delete('a/1', revision)).toBe(false);
      expect(await backend.get('a/1')).toBeUndefined();
      expect(await backend.range('a/')).toEqual([]);
      expect(await backend.compareAndSwap({ key: 'a/1', value: 3 }, revision)).toBeUndefined();
      const again = await backend.create({ key: 'a/1', value: 4 });
      expect(await backend.get('a/1')).toEqual({ key: 'a/1', value: 4, revision: again });
      expect(again).not.toBe(revision);
    });

    it('lists a prefix in key order and nothing beside it', async () => {
      const { backend } = await start();
      for (const key of ['s/b', 's/a', 'sx/a', 'r/z', 's/ü', 's/a/b', 's/B', 's/\u{1f4be}', 's/\ufb00', 's/%_'])
        await backend.put({ key, value: key });
      const keys = async (prefix: string, options = {}) => (await backend.range(prefix, options)).map(({ key }) => key);
      const all = ['s/%_', 's/B', 's/a', 's/a/b', 's/b', 's/ü', 's/\ufb00', 's/\u{1f4be}'];
      expect(await keys('s/')).toEqual(all);
      expect(await keys('s/a')).toEqual(['s/a', 's/a/b']);
      expect(await keys('s/a/')).toEqual(['s/a/b']);
      expect(await keys('s/%')).toEqual(['s/%_']);
      expect(await keys('s/', { limit: 3 })).toEqual(all.slice(0, 3));
      expect(await keys('s/', { limit: 3, after: 's/a' })).toEqual(['s/a/b', 's/b', 's/ü']);
      expect(await keys('s/', { after: 's/\u{1f4be}' })).toEqual([]);
      expect(await keys('s/', { reverse: true, limit: 2 })).toEqual(['s/\u{1f4be}', 's/\ufb00']);
      expect(await keys('s/', { reverse: true, after: 's/a' })).toEqual(['s/B', 's/%_']);
      expect(await keys('nothing/')).toEqual([]);
    });

    it('lists more than fits into one answer', async () => {
      const { backend } = await start();
      const value = 'x'.repeat(100_000);
      const keys = Array.from({ length: 25 }, (_, n) => `many/${String(n).padStart(3, '0')}`);
      await Promise.all(keys.map((key) => backend.put({ key, value })));
      expect((await backend.range('many/')).map(({ key }) => key)).toEqual(keys);
      expect((await backend.range('many/', { limit: 20, after: 'many/002' })).map(({ key }) => key)).toEqual(
        keys.slice(3, 23),
      );
    });

    it('forgets entries when their time has come', async () => {
      const { backend, sleep } = await start();
      const expiresAt = 2_000_000_001_000;
      const revision = await backend.put({ key: 'short/a', value: 1, expiresAt });
      expect(await backend.get('short/a')).toEqual({ key: 'short/a', value: 1, expiresAt, revision });
      expect(await backend.create({ key: 'short/a', value: 2 })).toBeUndefined();
      sleep(1_000);
      expect(await backend.get('short/a')).toBeUndefined();
      expect(await backend.range('short/')).toEqual([]);
      expect(await backend.compareAndSwap({ key: 'short/a', value: 3 }, revision)).toBeUndefined();
      expect(await backend.delete('short/a')).toBe(false);
      const again = await backend.create({ key: 'short/a', value: 4 });
      expect(await backend.get('short/a')).toEqual({ key: 'short/a', value: 4, revision: again });
    });

    it('refuses what is too large with its size, and what is no key', async () => {
      const { backend } = await start();
      const fitting = 'x'.repeat(maxValueBytes - 2);
      await backend.put({ key: 'a/fits', value: fitting });
      expect((await backend.get('a/fits'))?.value).toBe(fitting);
      await expect(backend.put({ key: 'a/1', value: `${fitting}x` })).rejects.toMatchObject({ code: 'limit' });
      for (const key of ['', 'a', '/a', 'a/', `a/${'x'.repeat(1100)}`])
        await expect((async () => backend.put({ key, value: 1 }))()).rejects.toThrow(TypeError);
      for (const prefix of ['', 'a', '/'])
        await expect((async () => backend.range(prefix))()).rejects.toThrow(TypeError);
    });

    it('tells those who watch of writes and deletions, whoever makes them', async () => {
      const { backend, other } = await start();
      const replica = await other();
      const told = new Set<string>();
      const waiting: (() => void)[] = [];
      const stop = backend.watch('w/', ({ keys }: Change) => {
        for (const key of keys) told.add(key);
        for (const look of waiting) look();
      });
      const hasTold = (key: string) =>
        new Promise<void>((resolve) => {
          const look = () => told.has(key) && resolve();
          waiting.push(look);
          look();
        });
      await backend.put({ key: 'w/own', value: 1 });
      await hasTold('w/own');
      await replica.put({ key: 'other/a', value: 1 });
      await replica.put({ key: 'w/others', value: 1 });
      await hasTold('w/others');
      told.clear();
      await replica.delete('w/own');
      await hasTold('w/own');
      expect(await backend.get('w/own')).toBeUndefined();
      expect([...told].filter((key) => !key.startsWith('w/'))).toEqual([]);
      stop();
    });

    it('keeps everything over a restart', async () => {
      const { open } = await newStore();
      const first = await open();
      await first.put({ key: 'kept/a', value: 1 });
      await first.close();
      const second = await open();
      onTestFinished(() => second.close());
      expect((await second.get('kept/a'))?.value).toBe(1);
    });
  });
}
