const count = new Intl.NumberFormat('en-US');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `20,400` */
export const formatCount = (value: number): string => count.format(value);
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
/** `20.4K`, for narrow places */
export const formatShort = (value: number): string => short.format(value);
/** `14:02` */
export const formatClock = (at: number): string => clock.format(at);
/** `Nov 20, 2025` */
export const formatDay = (at: number): string => day.format(at);
/** `Nov 20, 2025, 2:02:11 PM` */
export const formatMoment = (at: number): string => moment.format(at);

/** `1 item`, `2 items` */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** `end of table` as a sentence of its own begins: `End of table`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
