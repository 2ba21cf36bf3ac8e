import { RolegateError } from '../../src-shared/errors.ts';

const lockedFor = 60_000;
const maxTracked = 10_000;

export interface LockoutOptions {
  /** How many failures in a row there may be. */
  allowedFailures?: number;
  /** What happened too often, in a sentence. */
  sentence?: (name: string) => string;
}

/** Slows down whoever guesses: some failures in a row, five unless told, lock a name for a minute. */
export interface Lockout {
  /** @throws RolegateError `access_denied` while the name is locked. */
  check(user: string): void;
  /** @returns whether the name is locked from now on */
  failed(user: string): boolean;
  succeeded(user: string): void;
  /** Does attempts on one name one after another: as many as come at once would else all be let through to the check. */
  inTurn<Result>(user: string, attempt: () => Promise<Result>): Promise<Result>;
}

export function createLockout(now: () => number, options: LockoutOptions = {}): Lockout {
  const { allowedFailures = 5, sentence = (user) => `Too many failed logins for ${user}.` } = options;
  const failures = new Map<string, { count: number; lastAt: number }>();
  const lastAttempts = new Map<string, Promise<unknown>>();
  return {
    check(user) {
      const known = failures.get(user);
      if (!known || known.count < allowedFailures) return;
      const left = known.lastAt + lockedFor - now();
      if (left <= 0) {
        failures.delete(user);
        return;
      }
      throw new RolegateError('access_denied', sentence(user), {
        hint: `Try again in ${Math.ceil(left / 1000)} seconds.`,
        retryable: true,
      });
    },
    failed(user) {
      const count = (failures.get(user)?.count ?? 0) + 1;
      failures.delete(user);
      failures.set(user, { count, lastAt: now() });
      // Names come from outside, so their number is bounded; the oldest are forgotten first.
      const oldest = failures.keys().next().value;
      if (failures.size > maxTracked && oldest !== undefined) failures.delete(oldest);
      return count === allowedFailures;
    },
    succeeded(user) {
      failures.delete(user);
    },
    inTurn(user, attempt) {
      const result = (lastAttempts.get(user) ?? Promise.resolve()).then(attempt);
      const ended = result.then(
        () => undefined,
        () => undefined,
      );
      lastAttempts.set(user, ended);
      void ended.then(() => {
        if (lastAttempts.get(user) === ended) lastAttempts.delete(user);
      });
      return result;
    },
  };
}
