import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Backend } from '../backend/backend.ts';
import type { Kind } from './document.ts';
import { redactedName } from './redacted.ts';

/**
 * Where a resource of a name stands among the others of its kind: by this, lists are ordered and read page by page. It
 * stays the same whatever else comes and goes, and is told to whoever may see the list.
 */
export type PlaceOf = (name: string) => string;

export interface Places {
  of(kind: Kind): Promise<PlaceOf>;
}

const key = 'places/key';
const stored = z.object({ key: z.string().min(43) });

/**
 * Places are names, but for tokens, whose names are secrets. Theirs is what is shown of the name, and a hash of it under
 * a key: without the key, whoever has the hash could try names against it. The key is in the store, since the next page
 * may be asked of another replica.
 */
export function createPlaces(backend: Backend): Places {
  let reading: Promise<string> | undefined;

  async function readKey(): Promise<string> {
    const made = { key: randomBytes(32).toString('base64url') };
    if ((await backend.create({ key, value: made })) !== undefined) return made.key;
    return stored.parse((await backend.get(key))?.value).key;
  }

  return {
    async of(kind) {
      if (kind !== 'token') return (name) => name;
      reading ??= readKey();
      // What could not be read is read again the next time.
      reading.catch(() => {
        reading = undefined;
      });
      const secret = await reading;
      return (name) => `${redactedName(name)} ${createHmac('sha256', secret).update(name).digest('base64url')}`;
    },
  };
}
