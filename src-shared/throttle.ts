/** Lets through what comes now and then, and of what comes in floods only so much. What it does not let through it counts. */
export interface Throttle {
  /**
   * @param key what is counted for itself
   * @param more how many others this one stands for
   * @returns how many were not let through since the last that was, and those that this one stands for; undefined when
   *   this one is not let through
   */
  pass(key: string, more?: number): number | undefined;
}

export interface ThrottleOptions {
  /** How many may come at once after a while without any. */
  atOnce: number;
  perMinute: number;
  now: () => number;
  /** How many keys are remembered; those that did not come for longest are forgotten first. */
  maxKeys?: number;
}

interface Known {
  left: number;
  at: number;
  omitted: number;
}

export function createThrottle({ atOnce, perMinute, now, maxKeys = 10_000 }: ThrottleOptions): Throttle {
  const known = new Map<string, Known>();

  function touch(key: string): Known {
    const one = known.get(key) ?? { left: atOnce, at: now(), omitted: 0 };
    known.delete(key);
    known.set(key, one);
    const oldest = known.keys().next().value;
    if (known.size > maxKeys && oldest !== undefined) known.delete(oldest);
    return one;
  }

  return {
    pass(key, more = 0) {
      const one = touch(key);
      const time = now();
      // A clock that is set back takes nothing away.
      const gained = (Math.max(0, time - one.at) * perMinute) / 60_000;
      one.left = Math.min(atOnce, one.left + gained);
      one.at = time;
      if (one.left < 1) {
        one.omitted += 1 + more;
        return undefined;
      }
      one.left -= 1;
      const omitted = one.omitted + more;
      one.omitted = 0;
      return omitted;
    },
  };
}
