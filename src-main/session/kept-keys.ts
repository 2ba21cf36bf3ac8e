import { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';
import type { LocalKeys } from '../../src-shared/local-keys.ts';
import type { SecretStore } from './secret-store.ts';

const keptKeys = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
const stored = z.record(z.string(), keptKeys);

/**
 * Local keys that stay the same whenever the same IAM role of the same app is used again, for tools that store their
 * keys (Terraform, database GUIs).
 */
export interface KeptKeys {
  of(app: string, roleArn: string): Promise<LocalKeys | undefined>;
  keep(app: string, roleArn: string, keys: LocalKeys): Promise<void>;
  drop(app: string, roleArn: string): Promise<void>;
}

/** @param name under which they are in the secret store */
export function createKeptKeys(secrets: SecretStore, name: string): KeptKeys {
  let changing: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Record<string, LocalKeys>> {
    return stored.safeParse(parseJson((await secrets.get(name)) ?? '')).data ?? {};
  }

  /** One change at a time: each reads what the one before has written. */
  function change(alter: (all: Record<string, LocalKeys>) => Record<string, LocalKeys>): Promise<void> {
    const result = changing.then(async () => secrets.set(name, JSON.stringify(alter(await read()))));
    changing = result.catch(() => undefined);
    return result;
  }

  return {
    of: async (app, roleArn) => (await read())[entryOf(app, roleArn)],
    keep: (app, roleArn, keys) =>
      change((all) => {
        const entry = entryOf(app, roleArn);
        const taken = Object.entries(all).some(([key, one]) => key !== entry && one.accessKeyId === keys.accessKeyId);
        if (taken) throw keyIdTaken();
        return { ...all, [entry]: keys };
      }),
    drop: (app, roleArn) =>
      change((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== entryOf(app, roleArn)))),
  };
}

/** Each key id stands for one app session; two of one id could not be told apart. */
export function keyIdTaken(): RolegateError {
  return new RolegateError('conflict', 'This access key ID belongs to another role already.', {
    hint: 'Choose another one.',
  });
}

function entryOf(app: string, roleArn: string): string {
  return JSON.stringify([app, roleArn]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
