import type { AttributeValue } from '../../../src-shared/values/attribute-value.ts';

const second = 1000;
const steps: readonly [unit: Intl.RelativeTimeFormatUnit, length: number][] = [
  ['year', 365 * 86_400 * second],
  ['day', 86_400 * second],
  ['hour', 3600 * second],
  ['minute', 60 * second],
  ['second', second],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
/** DynamoDB leaves alone what expired longer ago than this: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html */
const tooOld = 5 * 365 * 86_400 * second;
/** The last second that a date can hold. */
const lastSecond = 8_640_000_000_000;

/**
 * When an item expires by the attribute that its table's time to live goes by: "Expires in 3 days", "Expired 2 hours
 * ago". DynamoDB takes the number as seconds since 1970, whatever was meant by it. Pure.
 */
export function expiryWords(value: AttributeValue, now: number): string {
  if (value.type !== 'N') return 'Never expires: time to live goes by a number';
  const at = Number(value.text) * second;
  if (!Number.isFinite(at) || Math.abs(at) > lastSecond * second) return 'Never expires: this is no time in seconds';
  const ago = now - at;
  if (ago > tooOld) return 'Expired more than five years ago, so DynamoDB leaves it';
  const [unit, length] = steps.find(([, step]) => Math.abs(ago) >= step) ?? (['second', second] as const);
  const count = Math.trunc(Math.abs(ago) / length);
  if (count === 0) return 'Expires now';
  return ago > 0 ? `Expired ${relative.format(-count, unit)}` : `Expires ${relative.format(count, unit)}`;
}
