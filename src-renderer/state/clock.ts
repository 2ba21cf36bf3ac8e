import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Something that depends on the time, looked at once a second by the one clock of the page. Only a component whose
 * own answer changes is drawn again, so `derive` should give something plain: a text, a number, a yes or no.
 */
export function useNow<Derived extends string | number | boolean>(derive: (now: number) => Derived): Derived {
  const snapshot = useCallback(() => {
    // While nobody listens the clock stands; whoever comes first must not see an old time.
    if (timer === undefined) now = Date.now();
    return derive(now);
  }, [derive]);
  return useSyncExternalStore(subscribe, snapshot);
}
