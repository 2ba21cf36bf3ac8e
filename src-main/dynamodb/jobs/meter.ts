import type { Clock } from './clock.ts';

/** How fast something goes, lately. */
export interface Meter {
  add(items: number): void;
  /** In a second. */
  rate(): number;
}

const spanMs = 10_000;
const slots = 20;

/** Looks back ten seconds, or as far as there is something to look back on. */
export function createMeter(clock: Clock): Meter {
  const startedAt = clock.now();
  let samples: { at: number; items: number }[] = [];
  return {
    add(items) {
      const at = clock.now();
      const last = samples.at(-1);
      if (last && at - last.at < spanMs / slots) last.items += items;
      else samples.push({ at, items });
    },
    rate() {
      const now = clock.now();
      samples = samples.filter(({ at }) => now - at <= spanMs);
      const span = Math.min(spanMs, now - startedAt);
      return span <= 0 ? 0 : (samples.reduce((sum, { items }) => sum + items, 0) * 1000) / span;
    },
  };
}
