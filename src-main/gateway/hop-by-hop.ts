import type { Header } from '../../src-shared/contracts/aws-call.ts';
import { headerNames } from '../../src-shared/http/header-names.ts';

/** Headers of one connection only (RFC 9110 §7.6.1). */
const isOfOneConnection = headerNames([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const nothing: ReadonlySet<string> = new Set();
const never = () => false;

/**
 * Headers that go on with a message: without those of its connection, and without those that `Connection` names.
 *
 * @param isLeftOut tells which others do not
 */
export function endToEnd(headers: readonly Header[], isLeftOut: (name: string) => boolean = never): Header[] {
  const named = namedByConnection(headers);
  const isNamed = named.size === 0 ? never : (name: string) => named.has(name.toLowerCase());
  return headers.filter(([name]) => !isOfOneConnection(name) && !isLeftOut(name) && !isNamed(name));
}

/**
 * The headers that a message's `Connection` says to be of this connection only, lower case; `close`, `keep-alive` and
 * those that always are, are not among them.
 */
export function namedByConnection(headers: readonly Header[]): ReadonlySet<string> {
  let named: Set<string> | undefined;
  for (const [name, value] of headers) {
    if (name.length !== connection.length || name.toLowerCase() !== connection || usual.test(value)) continue;
    for (const part of value.toLowerCase().split(',')) {
      const other = part.trim();
      if (other === '' || other === 'close' || isOfOneConnection(other)) continue;
      named ??= new Set();
      named.add(other);
    }
  }
  return named ?? nothing;
}

const connection = 'connection';
const usual = /^(?:keep-alive|close)$/i;
