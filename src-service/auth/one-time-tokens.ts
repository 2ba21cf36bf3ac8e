import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Backend } from '../backend/backend.ts';

/** Tokens that stand for something until a time, and can be taken once. Only their hashes are kept. */
export interface OneTimeTokens<Value> {
  /** @param token a new one by default; given where it has to be known before its value is */
  create(value: Value, expiresAt: number, token?: string): Promise<string>;
  /** What a token stands for, leaving it good. */
  read(token: string): Promise<Value | undefined>;
  /** What a token stands for; of however many that take it at the same time, one gets it. */
  take(token: string): Promise<Value | undefined>;
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** @param prefix the first part of their keys, with its slash and as much more as is wanted */
export function createOneTimeTokens<Schema extends z.ZodType>(
  backend: Backend,
  prefix: string,
  schema: Schema,
): OneTimeTokens<z.output<Schema>> {
  // The lookup is by hash, so how long it takes tells nothing about the token.
  const keyOf = (token: string) => `${prefix}${createHash('sha256').update(token).digest('base64url')}`;

  async function find(token: string) {
    const entry = await backend.get(keyOf(token));
    const value = schema.safeParse(entry?.value);
    return entry && value.success ? { value: value.data, entry } : undefined;
  }

  return {
    async create(value, expiresAt, token = newToken()) {
      await backend.put({ key: keyOf(token), value, expiresAt });
      return token;
    },
    read: async (token) => (await find(token))?.value,
    async take(token) {
      const found = await find(token);
      if (!found) return undefined;
      return (await backend.delete(found.entry.key, found.entry.revision)) ? found.value : undefined;
    },
  };
}
