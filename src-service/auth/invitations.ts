import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RolegateError } from '../../src-shared/errors.ts';
import type { Backend } from '../backend/backend.ts';

const stored = z.object({
  user: z.string(),
  expiresAt: z.number(),
  /** The authenticator secret that is offered along with it, the same however often it is looked at. */
  totpSecret: z.string(),
});

/** Lets whoever has its token choose a user's password, once and until a time. */
export type Invitation = z.infer<typeof stored> & { revision: string };

/** One-time links by which people choose their first password, or a new one. Only hashes of tokens are kept. */
export interface Invitations {
  create(user: string, lifetime: number, totpSecret: string): Promise<{ token: string; expiresAt: number }>;
  /** @throws RolegateError `not_found` for a token that is unknown, used or over */
  require(token: string): Promise<Invitation>;
  /** Takes it out of use. @returns false when another was quicker */
  use(token: string, invitation: Invitation): Promise<boolean>;
  /** Ends all invitations of a user. */
  revoke(user: string): Promise<void>;
}

const prefix = 'invitations/';

export function createInvitations(backend: Backend, now: () => number): Invitations {
  return {
    async create(user, lifetime, totpSecret) {
      const token = randomBytes(32).toString('base64url');
      const expiresAt = now() + lifetime;
      await backend.put({ key: keyOf(token), value: { user, expiresAt, totpSecret }, expiresAt });
      return { token, expiresAt };
    },
    async require(token) {
      // The lookup is by hash, so how long it takes tells nothing about the token.
      const entry = await backend.get(keyOf(token));
      const invitation = stored.safeParse(entry?.value);
      if (entry && invitation.success) return { ...invitation.data, revision: entry.revision };
      throw new RolegateError('not_found', 'This invitation is not valid: it was used already, or its time is over.', {
        hint: 'Ask your administrator for another one.',
      });
    },
    use: (token, { revision }) => backend.delete(keyOf(token), revision),
    async revoke(user) {
      for (const { key, value } of await backend.range(prefix)) {
        if (stored.safeParse(value).data?.user === user) await backend.delete(key);
      }
    },
  };
}

function keyOf(token: string): string {
  return `${prefix}${createHash('sha256').update(token).digest('base64url')}`;
}
