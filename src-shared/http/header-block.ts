import type { Header } from '../contracts/aws-call.ts';
import { token } from './header-syntax.ts';

/** Others may write more into a value than we do; this would be the end of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const endOfValue = /[\u0000\r\n]/;

/**
 * Takes the header lines of an HTTP/1.1 message apart (RFC 9112 §5), in order and case as they came. Nothing is let pass
 * that two readers could take for two different things: a name with a space, a line that goes on in the next.
 *
 * @param text the head without the empty line at its end, latin1
 * @param firstEnd where its first line ends; less than 0 where it has no other
 * @returns undefined for what is malformed
 */
export function readHeaderBlock(text: string, firstEnd: number): Header[] | undefined {
  const headers: Header[] = [];
  for (let at = firstEnd; at >= 0; ) {
    const next = text.indexOf('\r\n', at + 2);
    const colon = text.indexOf(':', at + 2);
    if (colon < 0 || (next >= 0 && colon > next)) return undefined;
    const name = text.slice(at + 2, colon);
    const value = withoutSpace(text, colon + 1, next < 0 ? text.length : next);
    if (!token.test(name) || endOfValue.test(value)) return undefined;
    headers.push([name, value]);
    at = next;
  }
  return headers;
}

/** A part of a text without the spaces and tabs round it. */
function withoutSpace(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
