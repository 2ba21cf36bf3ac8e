import type * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';

const writeDelay = 150;

/**
 * A store whose value outlives the page, in localStorage under `rolegate.<name>`. What is found there may be from
 * an older version, or from anybody: what does not fit the schema is as if it were not there. Where there is no
 * storage, the store works for as long as the page does.
 */
export function persistedStore<Value extends object>(
  name: string,
  schema: z.ZodMiniType<Value>,
  initial: Value,
): StoreApi<Value> {
  const key = `rolegate.${name}`;
  const store = createStore<Value>(() => read(key, schema) ?? initial);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    save(key, store.getState());
  };
  // Dragging a splitter changes the value many times a second.
  store.subscribe(() => {
    timer ??= setTimeout(write, writeDelay);
  });
  globalThis.addEventListener?.('pagehide', () => {
    if (timer !== undefined) write();
  });
  return store;
}

function read<Value>(key: string, schema: z.ZodMiniType<Value>): Value | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function save(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the memory, not the work.
  }
}

/** Keeps the newest entries of a record that would otherwise grow for ever. */
export function newest<Value>(record: Readonly<Record<string, Value>>, limit: number): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).slice(-limit));
}
