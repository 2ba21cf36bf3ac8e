import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import { type Kind, kinds } from './document.ts';
import type { ResourceIndex } from './index.ts';
import { parseResourceKey, readStored, resourceKey, resourcePrefix, toResource } from './stored.ts';

/** Keeps an index in step with the store. */
export interface Follower {
  /** Reads these anew, because this process has written them. */
  refresh(ids: readonly { kind: Kind; name: string }[]): Promise<void>;
  /** Changes the index itself, in turn with what is read, and tells of it. @param work gives the kinds that changed */
  change(work: () => readonly Kind[]): Promise<void>;
  /** Tells of kinds of which something changed, once the index has it. */
  onChange(listener: (changed: ReadonlySet<Kind>) => void): void;
  stop(): void;
}

/** Reads everything that is stored into an index, and whatever changes from then on. */
export async function followStore(backend: Backend, index: ResourceIndex, log: Log): Promise<Follower> {
  const listeners = new Set<(changed: ReadonlySet<Kind>) => void>();
  let last: Promise<unknown> = Promise.resolve();

  /** One read after another: an answer that comes late must not go before a newer one. */
  function inTurn(work: () => Promise<readonly Kind[]>): Promise<void> {
    const result = last.then(work).then((changed) => {
      if (changed.length > 0) for (const listener of listeners) listener(new Set(changed));
    });
    last = result.catch(() => undefined);
    return result;
  }

  async function readAll(): Promise<readonly Kind[]> {
    const stored = await readStored(backend);
    index.clearStored();
    for (const { kind, name, resource } of stored) {
      index.setStored(kind, name, resource);
      if (resource.unreadable !== undefined) {
        log.error(`The stored ${kind} ${name} cannot be used.`, { reason: resource.unreadable });
      }
    }
    return kinds;
  }

  async function read(ids: readonly { kind: Kind; name: string }[]): Promise<Kind[]> {
    const entries = await Promise.all(ids.map(({ kind, name }) => backend.get(resourceKey(kind, name))));
    return ids.flatMap(({ kind, name }, position) => {
      const entry = entries[position];
      if (index.findStored(kind, name)?.revision === entry?.revision) return [];
      index.setStored(kind, name, entry && toResource(kind, name, entry));
      return [kind];
    });
  }

  // Watching begins before reading, so that nothing falls in between.
  const stop = backend.watch(resourcePrefix, ({ keys, missed }) => {
    const ids = keys.map(parseResourceKey).filter((id) => id !== undefined);
    inTurn(missed ? readAll : () => read(ids)).catch((error: unknown) =>
      log.error('Changed resources cannot be read.', { reason: String(error) }),
    );
  });
  await inTurn(readAll);
  return {
    refresh: (ids) => inTurn(() => read(ids)),
    change: (work) => inTurn(async () => work()),
    onChange: (listener) => void listeners.add(listener),
    stop,
  };
}
