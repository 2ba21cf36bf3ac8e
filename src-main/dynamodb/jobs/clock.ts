/** Time, as a job needs it: tests bring their own. */
export interface Clock {
  now(): number;
  /** Waits, unless it is told to stop. @throws the signal's reason when it is aborted */
  sleep(milliseconds: number, stop: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, stop) =>
    new Promise((resolve, reject) => {
      if (stop.aborted) {
        reject(stop.reason);
        return;
      }
      const timer = setTimeout(() => {
        stop.removeEventListener('abort', end);
        resolve();
      }, milliseconds);
      const end = () => {
        clearTimeout(timer);
        reject(stop.reason);
      };
      stop.addEventListener('abort', end, { once: true });
    }),
};
