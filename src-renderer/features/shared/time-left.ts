const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** From here on the time left is shown as a warning. */
export const soon = 10 * minute;

/** How a time left is to be seen. */
export type Urgency = 'fine' | 'soon' | 'over';

/** How urgent this many milliseconds are. */
export function urgencyOf(left: number): Urgency {
  if (left <= 0) return 'over';
  return left < soon ? 'soon' : 'fine';
}

/** `11 h 52 m`, `52 m`, and in the last ten minutes `9 m 05 s`. Always the same width within each range. */
export function formatTimeLeft(left: number): string {
  if (left <= 0) return 'expired';
  const hours = Math.floor(left / hour);
  const minutes = Math.floor((left % hour) / minute);
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} m`;
  if (left >= soon) return `${minutes} m`;
  return `${minutes} m ${String(Math.floor((left % minute) / second)).padStart(2, '0')} s`;
}
