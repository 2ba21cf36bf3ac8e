import type { Clock } from './clock.ts';

/** Keeps to so many capacity units in a second. What a request costs is known only afterwards, so the next one waits. */
export interface Limiter {
  /** Waits until what was spent is paid for. */
  wait(stop: AbortSignal): Promise<void>;
  spent(units: number): void;
}

/** @param unitsPerSecond no limit without it */
export function createLimiter(unitsPerSecond: number | undefined, clock: Clock): Limiter {
  let freeAt = 0;
  return {
    async wait(stop) {
      const milliseconds = freeAt - clock.now();
      if (milliseconds > 0) await clock.sleep(milliseconds, stop);
    },
    spent(units) {
      if (unitsPerSecond !== undefined) freeAt = Math.max(clock.now(), freeAt) + (units / unitsPerSecond) * 1000;
    },
  };
}
