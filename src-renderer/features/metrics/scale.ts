/** A point of a line: when, and how much. */
export type Point = readonly [at: number, value: number];

/**
 * The round value at or above the largest one, so that a chart's labels are round: 1, 2, 2.5 or 5 times a power of ten.
 */
export function roundTop(largest: number): number {
  if (!(largest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= largest * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** A chart's number, short: `0.04`, `12.5`, `1.2 K`. Whoever wants all digits points at it or reads the table. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${trimmed(value / 1e9)} G`;
  if (size >= 1e6) return `${trimmed(value / 1e6)} M`;
  if (size >= 1e4) return `${trimmed(value / 1e3)} K`;
  return trimmed(value);
}

function trimmed(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

/**
 * Points for every period of the range. CloudWatch gives no point for a minute without a request, which for a sum
 * means nothing at all: that is drawn as zero.
 */
export function withZeros(points: readonly Point[], from: number, to: number, period: number): Point[] {
  const known = new Map(points.map(([at, value]) => [at, value]));
  const filled: Point[] = [];
  for (let at = from; at < to; at += period) filled.push([at, known.get(at) ?? 0]);
  return filled;
}

/**
 * An SVG path through the points of a box of 1000 by 100. A gap of more than a period is left open: nothing was
 * measured there. A point alone is a short stroke, or it would not be seen.
 */
export function linePath(points: readonly Point[], from: number, to: number, period: number, top: number): string {
  const x = (at: number) => (((at - from) / (to - from)) * 1000).toFixed(1);
  const y = (value: number) => (100 - (value / top) * 100).toFixed(2);
  let path = '';
  points.forEach(([at, value], place) => {
    const before = points[place - 1]?.[0];
    const isStart = before === undefined || at - before > period * 1.5;
    path += `${isStart ? 'M' : 'L'}${x(at)} ${y(value)}`;
    const after = points[place + 1]?.[0];
    if (isStart && (after === undefined || after - at > period * 1.5)) path += 'h2';
  });
  return path;
}

const minute = 60_000;
const hour = 60 * minute;
const labelSteps = [5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 24 * hour, 48 * hour];
const mostLabels = 6;
/** How much of a chart's width its edges are: a label there would be cut. */
const edge = 0.04;

/**
 * The times at which a chart has labels: round ones of the clock, none at the very edges.
 *
 * @param offset how many milliseconds the clock on the wall is ahead of UTC
 */
export function labelledTimes(from: number, to: number, offset = -new Date(to).getTimezoneOffset() * minute): number[] {
  const step = labelSteps.find((one) => (to - from) / one <= mostLabels) ?? to - from;
  const margin = (to - from) * edge;
  const times: number[] = [];
  for (let at = Math.ceil((from + margin + offset) / step) * step - offset; at <= to - margin; at += step)
    times.push(at);
  return times;
}

/** The point at a time, if something was measured in its period. */
export function pointAt(points: readonly Point[], at: number): Point | undefined {
  return points.find(([time]) => time === at);
}
