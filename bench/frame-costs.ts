/** An event of Chromium's trace, as far as it is read here. Times are in microseconds. */
export interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  /** CPU time of its thread. */
  tdur?: number;
}

/**
 * What the main thread of a page has worked for each frame, in milliseconds of CPU time: all of its tasks from the one
 * that begins a frame up to the next of those.
 */
export function frameCosts(events: readonly TraceEvent[]): number[] {
  const first = events.find(({ name }) => name === 'FireAnimationFrame');
  if (!first) return [];
  const onMain = events.filter(({ pid, tid }) => pid === first.pid && tid === first.tid).sort((a, b) => a.ts - b.ts);
  const tasks = onMain.filter(({ name }) => name === 'RunTask');
  const begins = onMain.filter(({ name }) => name === 'FireAnimationFrame');
  const costs: number[] = [];
  let next = 0;
  for (const [place, task] of tasks.entries()) {
    // A task begins a frame when the frame's callbacks are within it.
    const end = tasks[place + 1]?.ts ?? Number.POSITIVE_INFINITY;
    const begun = begins[next];
    if (begun && begun.ts >= task.ts && begun.ts < end) {
      while ((begins[next]?.ts ?? Number.POSITIVE_INFINITY) < end) next++;
      costs.push(0);
    }
    if (costs.length > 0) costs[costs.length - 1] = (costs.at(-1) ?? 0) + (task.tdur ?? 0) / 1000;
  }
  // What the first and the last one are made of is not all there.
  return costs.slice(1, -1);
}
