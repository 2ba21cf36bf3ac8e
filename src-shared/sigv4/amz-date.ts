import { memoize } from '../memoize.ts';

/** Dates as Signature Version 4 writes them (`20150830T123600Z`), and as HTTP does. */

const basicFormat = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** Formats a time in milliseconds as ISO 8601 basic format in UTC. */
export function formatAmzDate(time: number): string {
  return formatSecond(Math.floor(time / 1000));
}

// All requests of a second share their date; the tools' clocks and ours may be some seconds apart.
const formatSecond = memoize(
  (second: number) => `${new Date(second * 1000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
  64,
);

/**
 * Reads an `X-Amz-Date` or a `Date` header.
 *
 * @returns milliseconds since the epoch, or undefined when it is no date
 */
export function parseAmzDate(text: string): number | undefined {
  const time = parseDate(text);
  return Number.isNaN(time) ? undefined : time;
}

const parseDate = memoize((text) => {
  const match = basicFormat.exec(text);
  if (match) return Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  return /GMT$|UTC$|[+-]\d{4}$|Z$/.test(text) ? Date.parse(text) : Number.NaN;
}, 64);
