import { z } from 'zod';
import { compileRegex } from '../../access/regex.ts';
import { parseDuration } from '../../config/duration.ts';
import { type Finding, name, text } from '../document.ts';

const minute = 60_000;

/** A minute or more, such as `8h`; kept as it is written. */
export const duration = text.superRefine((value, context) => {
  const milliseconds = parseDuration(value);
  if (milliseconds !== undefined && milliseconds >= minute) return;
  context.addIssue({ code: 'custom', message: `"${value}" is no duration of a minute or more, such as 8h or 30m.` });
});

/** An address of somebody else's: https, or http on this machine (for tests and development). */
export const httpsUrl = text.refine(isHttpsUrl, 'it must be an address that begins with https://.');

function isHttpsUrl(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.username !== '' || url.password !== '') return false;
  const isLoopback = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
}

export const roleNames = z.array(name).min(1, 'it needs one role at least.');

/** What is wrong with the value of a mapping (`claims_to_roles`): text, glob, or `^regex$` that must be one. */
export function mappingFindings(path: (string | number)[], value: string): Finding[] {
  if (!value.startsWith('^') || !value.endsWith('$')) return [];
  const regex = compileRegex(value);
  return typeof regex === 'string' ? [{ path, message: regex }] : [];
}
