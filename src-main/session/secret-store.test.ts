import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Keychain, openSecretStore } from './secret-store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rolegate-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A keychain as the operating system has one, for what cannot be had on every machine. */
function fakeKeychain(entries = new Map<string, string>()): Keychain {
  const key = (service: string, account: string) => JSON.stringify([service, account]);
  return {
    getPassword: async (service, account) => entries.get(key(service, account)) ?? null,
    setPassword: async (service, account, password) => void entries.set(key(service, account), password),
    deletePassword: async (service, account) => entries.delete(key(service, account)),
  };
}

describe.each(['keychain', 'file', 'memory'] as const)('the %s store', (wanted) => {
  const open = (keychain = fakeKeychain()) =>
    openSecretStore({ wanted, homeId: 'home', file, loadKeychain: async () => keychain });

  it('gives back what was set, until it is deleted', async () => {
    const store = await open();
    expect(store.kind).toBe(wanted);
    expect(await store.get('login')).toBeUndefined();
    await Promise.all([store.set('login', 'one'), store.set('ca', 'two')]);
    expect([await store.get('login'), await store.get('ca')]).toEqual(['one', 'two']);
    await store.delete('login');
    expect([await store.get('login'), await store.get('ca')]).toEqual([undefined, 'two']);
  });
});

describe('the file store', () => {
  const open = () => openSecretStore({ wanted: 'file', homeId: 'home', file });

  it.skipIf(process.platform === 'win32')('is for this user only', async () => {
    await (await open()).set('a', 'b');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is there at the next start', async () => {
    await (await open()).set('a', 'b');
    expect(await (await open()).get('a')).toBe('b');
  });

  it('begins anew when its file cannot be understood', async () => {
    writeFileSync(file, '{"a":');
    const store = await open();
    expect(await store.get('a')).toBeUndefined();
    await store.set('a', 'b');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 'b' });
  });
});

describe('the keychain store', () => {
  it('keeps two homes apart', async () => {
    const keychain = fakeKeychain();
    const open = (homeId: string) =>
      openSecretStore({ wanted: undefined, homeId, file, loadKeychain: async () => keychain });
    const [one, other] = [await open('one'), await open('other')];
    await one.set('login', 'token');
    expect(await other.get('login')).toBeUndefined();
  });

  it.each([
    ['cannot be loaded', () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'))],
    [
      'refuses',
      async () => ({ ...fakeKeychain(), getPassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus')) }),
    ],
  ])('is replaced by memory when it %s, and says so', async (_, loadKeychain) => {
    const store = await openSecretStore({ wanted: undefined, homeId: 'home', file, loadKeychain });
    expect(store.kind).toBe('memory');
    expect(store.reason).toBe('This computer has no keychain that Rolegate can use.');
  });

  it('is given up after five seconds without an answer', async () => {
    vi.useFakeTimers();
    try {
      const silent: Keychain = { ...fakeKeychain(), getPassword: () => new Promise(() => undefined) };
      const opening = openSecretStore({ wanted: 'keychain', homeId: 'home', file, loadKeychain: async () => silent });
      await vi.advanceTimersByTimeAsync(5_000);
      expect((await opening).kind).toBe('memory');
    } finally {
      vi.useRealTimers();
    }
  });
});
