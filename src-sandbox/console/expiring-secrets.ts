import { randomBytes } from 'node:crypto';

/** Values that are found by an unguessable name until their time is over. */
export class ExpiringSecrets<Value> {
  readonly #entries = new Map<string, { value: Value; expiresAt: number }>();
  readonly #now: () => number;

  /** @param now the time in milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Keeps a value.
   *
   * @param expiresAt milliseconds since the epoch
   * @returns its name: 256 random bits, URL-safe
   */
  add(value: Value, expiresAt: number): string {
    const now = this.#now();
    for (const [name, entry] of this.#entries) {
      if (entry.expiresAt <= now) this.#entries.delete(name);
    }
    const name = randomBytes(32).toString('base64url');
    this.#entries.set(name, { value, expiresAt });
    return name;
  }

  /** The value with this name, if its time is not over. */
  find(name: string): Value | undefined {
    const entry = this.#entries.get(name);
    return entry && entry.expiresAt > this.#now() ? entry.value : undefined;
  }

  /** Like {@link find}, and nobody finds it again. */
  take(name: string): Value | undefined {
    const value = this.find(name);
    this.#entries.delete(name);
    return value;
  }
}
