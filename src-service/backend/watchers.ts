import type { Change } from './backend.ts';

/** Who watches which prefix. */
export interface Watchers {
  add(prefix: string, listener: (change: Change) => void): () => void;
  /** The prefixes that somebody watches, each once. */
  prefixes(): string[];
  tell(keys: readonly string[], missed?: boolean): void;
  isEmpty(): boolean;
}

/** @param onCount told when there is a first watcher, and when the last has gone */
export function createWatchers(onCount: (any: boolean) => void): Watchers {
  const all = new Set<{ prefix: string; listener: (change: Change) => void }>();
  return {
    add(prefix, listener) {
      const watcher = { prefix, listener };
      all.add(watcher);
      if (all.size === 1) onCount(true);
      return () => {
        if (all.delete(watcher) && all.size === 0) onCount(false);
      };
    },
    prefixes: () => [...new Set([...all].map(({ prefix }) => prefix))],
    tell(keys, missed = false) {
      for (const { prefix, listener } of [...all]) {
        const own = keys.filter((key) => key.startsWith(prefix));
        if (own.length > 0 || missed) listener({ keys: [...new Set(own)], missed });
      }
    },
    isEmpty: () => all.size === 0,
  };
}
