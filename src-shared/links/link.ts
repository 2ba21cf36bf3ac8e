import { z } from 'zod';
import { accountId, regionName } from '../contracts/common.ts';
import { tableName } from '../contracts/table-reading.ts';
import { RolegateError } from '../errors.ts';
import { criteria } from '../reading/criteria-schema.ts';
import { fromBase64Url } from './base64url.ts';

/**
 * A link to a table, or to a query of it: `rolegate://open?account=…&region=…&table=…`. Anybody can make one, and any
 * web page can follow it, so it names things and does nothing: what it leads to is shown first, and nothing is read
 * before a person says so.
 */
export const appLink = z.strictObject({
  account: accountId,
  region: regionName,
  table: tableName,
  /** The role that it was made with, to be offered first. */
  role: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/)
    .optional(),
  /** What was filled in, as JSON. */
  query: z.string().max(6000).optional(),
});
export type AppLink = z.infer<typeof appLink>;

export const linkScheme = 'rolegate:';
const longest = 12_000;
const start = /^rolegate:\/\/open\/?\?([\x21-\x7e]*)$/;
const names = ['account', 'region', 'table', 'role', 'query'] as const;

/**
 * Reads a link, and takes nothing that it does not know.
 *
 * @throws RolegateError `bad_input` that says what is wrong with it, without repeating what stands in it
 */
export function parseLink(text: string): AppLink {
  const parameters = text.length <= longest ? start.exec(text)?.[1] : undefined;
  if (parameters === undefined) throw bad('It is not a link to a table.');
  const values = new URLSearchParams(parameters);
  const found: Record<string, string> = {};
  for (const [name, value] of values) {
    if (!names.some((known) => known === name)) throw bad('It says something that Rolegate does not know.');
    if (Object.hasOwn(found, name)) throw bad(`It says twice what its ${name} is.`);
    found[name] = value;
  }
  const { query: encoded, ...rest } = found;
  const query = encoded === undefined ? undefined : queryText(encoded);
  const link = appLink.safeParse({ ...rest, ...(query !== undefined && { query }) });
  if (link.success) return link.data;
  throw bad(`Its ${String(link.error.issues[0]?.path[0] ?? 'text')} cannot be read.`);
}

/** The one link among a program's arguments; undefined where there is none, or more than one. */
export function linkAmong(argumentsOf: readonly string[]): string | undefined {
  const links = argumentsOf.filter((one) => one.startsWith(linkScheme));
  return links.length === 1 ? links[0] : undefined;
}

function queryText(encoded: string): string {
  if (!/^[A-Za-z0-9_-]*$/.test(encoded)) throw bad('Its query cannot be read.');
  try {
    const text = fromBase64Url(encoded);
    // What does not fit the schema is left out; what is left of it is what is shown, and used.
    return JSON.stringify(criteria.parse(JSON.parse(text)));
  } catch {
    throw bad('Its query cannot be read.');
  }
}

function bad(why: string): RolegateError {
  return new RolegateError('bad_input', `This link cannot be opened. ${why}`, {
    hint: 'Ask whoever sent it for a new one: "Copy link" beside the name of the table makes it.',
  });
}
