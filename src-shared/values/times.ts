/** A point in time that a value may stand for. */
export interface AssumedTime {
  /** Milliseconds since the epoch. */
  at: number;
  /** How the value was read. */
  as: 'seconds' | 'milliseconds' | 'ISO 8601';
}

const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const firstSecond = 100_000_000;
const firstMillisecond = 10_000_000_000;
const lastMillisecond = 100_000_000_000_000;

/**
 * The time that a number (seconds from 1973 on, or milliseconds) or a text (ISO 8601) looks like. It is a guess, and
 * whoever shows it says so.
 */
export function assumedTime(value: { type: string; text?: string }): AssumedTime | undefined {
  const { text } = value;
  if (text === undefined) return undefined;
  if (value.type === 'S') {
    if (!iso.test(text)) return undefined;
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : { at, as: 'ISO 8601' };
  }
  if (value.type !== 'N' || !/^\d{9,14}$/.test(text)) return undefined;
  const number = Number(text);
  if (number < firstSecond || number >= lastMillisecond) return undefined;
  return number >= firstMillisecond ? { at: number, as: 'milliseconds' } : { at: number * 1000, as: 'seconds' };
}
