import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RolegateError } from '../../../src-shared/errors.ts';
import type { Backend } from '../../backend/backend.ts';
import { keyPart } from '../../backend/entry-text.ts';
import { type Passkey, passkeyId, storedPasskey } from './passkey.ts';

const stored = z.strictObject({
  /** The user as authenticators know them (the user handle): random, so that it tells nothing. */
  handle: z.string(),
  passkeys: z.array(storedPasskey),
});
const owner = z.strictObject({ user: z.string() });

/** As many as one user may have. */
const maxPasskeys = 20;
const maxTries = 10;

/** Passkeys of local users. */
export interface Passkeys {
  of(user: string): Promise<Passkey[]>;
  /** The user handle, which is made when it is first asked for. */
  handle(user: string): Promise<string>;
  /** Whose passkey it is. */
  find(credential: string): Promise<{ user: string; handle: string; passkey: Passkey } | undefined>;
  /** @throws RolegateError `conflict` for one that is kept already, `limit` for one too many */
  add(user: string, passkey: Passkey): Promise<void>;
  /**
   * Notes a use.
   *
   * @returns false, changing nothing, when the counter has not gone on: then there are two of it
   */
  use(user: string, credential: string, counter: number, now: number): Promise<boolean>;
  /** @throws RolegateError `not_found` */
  rename(user: string, id: string, name: string): Promise<void>;
  /** @throws RolegateError `not_found` @returns what it was */
  remove(user: string, id: string): Promise<Passkey>;
  removeAll(user: string): Promise<void>;
}

export function createPasskeys(backend: Backend): Passkeys {
  async function read(user: string) {
    const entry = await backend.get(keyOf(user));
    const kept = stored.safeParse(entry?.value);
    return entry && kept.success ? { revision: entry.revision, value: kept.data } : undefined;
  }

  /** Changes a user's passkeys, whoever else does so at the same time. */
  async function change<Result>(
    user: string,
    edit: (passkeys: readonly Passkey[]) => { passkeys?: Passkey[]; result: Result },
  ): Promise<Result> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const found = await read(user);
      const { passkeys, result } = edit(found?.value.passkeys ?? []);
      if (!passkeys) return result;
      const entry = { key: keyOf(user), value: { handle: found?.value.handle ?? newHandle(), passkeys } };
      const revision = found ? await backend.compareAndSwap(entry, found.revision) : await backend.create(entry);
      if (revision !== undefined) return result;
    }
    throw new RolegateError('conflict', 'The passkeys are being changed elsewhere.', { hint: 'Try again.' });
  }

  const edited = (user: string, id: string, edit: (passkey: Passkey) => Passkey | undefined) =>
    change(user, (passkeys) => {
      const result = passkeys.find(({ credential }) => passkeyId(credential) === id);
      if (!result) throw new RolegateError('not_found', 'There is no such passkey any more.');
      return { passkeys: passkeys.flatMap((one) => (one === result ? (edit(one) ?? []) : [one])), result };
    });

  return {
    of: async (user) => (await read(user))?.value.passkeys ?? [],

    async handle(user) {
      const found = await read(user);
      if (found) return found.value.handle;
      await backend.create({ key: keyOf(user), value: { handle: newHandle(), passkeys: [] } });
      return (await read(user))?.value.handle ?? newHandle();
    },

    async find(credential) {
      const whose = owner.safeParse((await backend.get(ownerKey(credential)))?.value);
      const kept = whose.success ? await read(whose.data.user) : undefined;
      const passkey = kept?.value.passkeys.find((one) => one.credential === credential);
      if (!whose.success || !kept || !passkey) return undefined;
      return { user: whose.data.user, handle: kept.value.handle, passkey };
    },

    async add(user, passkey) {
      const key = ownerKey(passkey.credential);
      if ((await backend.create({ key, value: { user } })) === undefined) {
        throw new RolegateError('conflict', 'This passkey is in use already.');
      }
      try {
        await change(user, (passkeys) => {
          if (passkeys.length >= maxPasskeys)
            throw new RolegateError('limit', 'You have 20 passkeys, which is the most.');
          return { passkeys: [...passkeys, passkey], result: undefined };
        });
      } catch (error) {
        await backend.delete(key);
        throw error;
      }
    },

    use: (user, credential, counter, now) =>
      change(user, (passkeys) => {
        const used = passkeys.find((one) => one.credential === credential);
        // Web Authentication Level 3, §7.2 step 22: both 0 means that it does not count.
        const isFurther = used && (counter > used.counter || (counter === 0 && used.counter === 0));
        if (!isFurther) return { result: false };
        const next = { ...used, counter, usedAt: now };
        return { passkeys: passkeys.map((one) => (one === used ? next : one)), result: true };
      }),

    rename: async (user, id, name) => void (await edited(user, id, (passkey) => ({ ...passkey, name }))),

    async remove(user, id) {
      const removed = await edited(user, id, () => undefined);
      await backend.delete(ownerKey(removed.credential));
      return removed;
    },

    async removeAll(user) {
      const found = await read(user);
      await backend.delete(keyOf(user));
      for (const { credential } of found?.value.passkeys ?? []) await backend.delete(ownerKey(credential));
    },
  };
}

function newHandle(): string {
  return randomBytes(32).toString('base64url');
}

function keyOf(user: string): string {
  return `passkeys/${keyPart(user)}`;
}

function ownerKey(credential: string): string {
  return `passkey-owners/${passkeyId(credential)}`;
}
