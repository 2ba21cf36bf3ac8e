import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../src-service/config/duration.ts';

/** Reads a time (`2026-01-31`, `2026-01-31T18:00:00Z`) or how long ago it was (`30m`, `8h`, `7d`). */
export function parseMoment(text: string, now = Date.now()): number {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  const ago = days === undefined ? parseDuration(text) : Number(days) * 86_400_000;
  if (ago !== undefined) return now - ago;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError('A time looks like 2026-01-31T18:00:00Z, or like 8h or 7d for so long ago.');
}

/** A time as people read it in a table, in their own zone. */
export function shownTime(time: number): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
