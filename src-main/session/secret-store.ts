import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SecretStoreKind } from '../../src-shared/contracts/state.ts';
import { writePrivateFile } from '../../src-shared/files/atomic-write.ts';

/** Keeps the few secrets of the client: the login's token, local keys, the local CA's key. Never an AWS key. */
export interface SecretStore {
  kind: SecretStoreKind;
  /** Why nothing will be remembered, when `kind` is `memory`. A sentence. */
  reason?: string;
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export interface SecretStoreOptions {
  /** `ROLEGATE_SESSION_STORE`: `keychain`, `file` or `memory`; the keychain, or else memory, when it is not set. */
  wanted: string | undefined;
  /** Tells this home's entries in the keychain from another's. */
  homeId: string;
  /** Where the file store keeps them. */
  file: string;
  /** Loads the keychain; replaced in tests. */
  loadKeychain?: () => Promise<Keychain>;
}

/** The part of keytar that is used. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const service = 'Rolegate';
/** A keychain that asks for its password in a dialog nobody sees would otherwise hold us up for ever. */
const keychainTimeout = 5_000;

/** Opens the store that was asked for. A keychain that does not work is replaced by memory, which says why. */
export async function openSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
  const { wanted, homeId, file, loadKeychain = loadKeytar } = options;
  if (wanted === 'memory') return memoryStore('ROLEGATE_SESSION_STORE is set to memory.');
  if (wanted === 'file') return fileStore(file);
  try {
    const keychain = await withTimeout(loadKeychain());
    const store = keychainStore(keychain, homeId);
    await store.get('probe');
    return store;
  } catch {
    return memoryStore('This computer has no keychain that Rolegate can use.');
  }
}

async function loadKeytar(): Promise<Keychain> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

function keychainStore(keychain: Keychain, homeId: string): SecretStore {
  const inTurn = sequencer();
  const account = (name: string) => `${homeId}/${name}`;
  return {
    kind: 'keychain',
    get: (name) => inTurn(async () => (await keychain.getPassword(service, account(name))) ?? undefined),
    set: (name, secret) => inTurn(() => keychain.setPassword(service, account(name), secret)),
    delete: (name) =>
      inTurn(async () => {
        await keychain.deletePassword(service, account(name));
      }),
  };
}

/** One file of mode 0600 with all secrets, for hosts without a keychain whose owner asked for it. */
function fileStore(file: string): SecretStore {
  const inTurn = sequencer();
  const read = async () => secretsFile.catch({}).parse(await readJson(file));
  return {
    kind: 'file',
    get: (name) => inTurn(async () => (await read())[name]),
    set: (name, secret) =>
      inTurn(async () => writePrivateFile(file, JSON.stringify({ ...(await read()), [name]: secret }))),
    delete: (name) =>
      inTurn(async () => {
        const { [name]: _, ...others } = await read();
        await writePrivateFile(file, JSON.stringify(others));
      }),
  };
}

function memoryStore(reason: string): SecretStore {
  const secrets = new Map<string, string>();
  return {
    kind: 'memory',
    reason,
    get: async (name) => secrets.get(name),
    set: async (name, secret) => {
      secrets.set(name, secret);
    },
    delete: async (name) => {
      secrets.delete(name);
    },
  };
}

const secretsFile = z.record(z.string(), z.string());

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return {};
  }
}

/** One operation at a time, each with an end: two writers must not lose each other's secrets. */
function sequencer(): <Result>(operation: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (operation) => {
    const result = last.then(() => withTimeout(operation()));
    last = result.catch(() => undefined);
    return result;
  };
}

function withTimeout<Result>(operation: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The keychain did not answer.')), keychainTimeout);
    operation.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
