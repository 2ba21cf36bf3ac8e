import { createHash, randomBytes } from 'node:crypto';
import { RolegateError } from '../../src-shared/errors.ts';
import { type Entry, maxValueBytes } from './backend.ts';

const maxKeyBytes = 1024;

/** A new revision. Random, so that replicas need not agree on a counter. */
export function newRevision(): string {
  return randomBytes(12).toString('base64url');
}

/**
 * An entry's value as the JSON text that is stored.
 *
 * @throws RolegateError `limit` for a value that is too large
 */
export function valueText({ key, value }: Entry): string {
  const text = JSON.stringify(value);
  const size = Buffer.byteLength(text);
  if (size <= maxValueBytes) return text;
  const [kind] = key.split('/');
  throw new RolegateError('limit', `This is too large to be stored: ${size} bytes of ${kind}.`, {
    hint: `At most ${maxValueBytes} bytes fit.`,
  });
}

/** Takes a key apart at its first slash. @throws TypeError for a key of one part: a fault of ours */
export function keyParts(key: string): [first: string, rest: string] {
  const slash = key.indexOf('/');
  if (slash < 1 || slash === key.length - 1 || Buffer.byteLength(key) > maxKeyBytes) {
    throw new TypeError(`"${key.slice(0, 80)}" is no key: it needs two parts, and 1024 bytes are the most.`);
  }
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** Takes the prefix of a range apart at its first slash. @throws TypeError for one that spans several first parts */
export function prefixParts(prefix: string): [first: string, rest: string] {
  const slash = prefix.indexOf('/');
  if (slash < 1) throw new TypeError(`"${prefix.slice(0, 80)}" is no prefix: it needs a first part and its slash.`);
  return [prefix.slice(0, slash), prefix.slice(slash + 1)];
}

/**
 * Any text as one part of a key, short enough for every store. Percent-encoded while that is short; else its hash,
 * behind a colon, which no percent-encoded text has.
 */
export function keyPart(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed());
  return encoded.length <= 600 ? encoded : `:${createHash('sha256').update(name).digest('hex')}`;
}
