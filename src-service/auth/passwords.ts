import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend } from '../backend/backend.ts';
import { keyPart } from '../backend/entry-text.ts';

/** Keeps passwords as argon2id hashes and checks them. Source of the cost: OWASP Password Storage Cheat Sheet. */
export interface Passwords {
  set(user: string, password: string): Promise<void>;
  has(user: string): Promise<boolean>;
  remove(user: string): Promise<void>;
  /** Whether this is the user's password. Takes as long for a user that does not exist. */
  verify(user: string, password: string): Promise<boolean>;
}

/** @throws RolegateError `bad_input` for a password that is too easily guessed. Source: NIST SP 800-63B §5.1.1.2 */
export function requireGoodPassword(user: string, password: string): void {
  const reason =
    [...password].length < shortest
      ? `A password has ${shortest} characters at least.`
      : new Set(password).size < 4
        ? 'A password of so few different characters is guessed at once.'
        : password.toLowerCase().includes(user.toLowerCase()) && user.length > 2
          ? 'A password must not have your name in it.'
          : undefined;
  if (reason !== undefined) throw new RolegateError('bad_input', reason, { hint: 'Several words make a good one.' });
}

const shortest = 12;
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function createPasswords(backend: Backend): Passwords {
  let decoy: Promise<string> | undefined;
  return {
    async set(user, password) {
      const argon2 = await loadArgon2();
      await backend.put({ key: keyOf(user), value: { hash: await argon2.hash(password, cost) } });
    },
    async has(user) {
      return (await backend.get(keyOf(user))) !== undefined;
    },
    remove: async (user) => void (await backend.delete(keyOf(user))),
    async verify(user, password) {
      const argon2 = await loadArgon2();
      const entry = await backend.get(keyOf(user));
      // Somebody who measures the time must not learn which users exist.
      decoy ??= argon2.hash('a password that nobody has', cost);
      const hash = (entry?.value as { hash?: string } | undefined)?.hash ?? (await decoy);
      const matches = await argon2.verify(hash, password);
      return matches && entry !== undefined;
    },
  };
}

/** A user's name may hold slashes; the key may not. */
function keyOf(user: string): string {
  return `passwords/${keyPart(user)}`;
}

// Loaded at the first login, not at the start: a native library takes a while to open.
function loadArgon2() {
  return import('@node-rs/argon2');
}
