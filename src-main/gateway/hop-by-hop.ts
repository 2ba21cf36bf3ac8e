import type { Header } from '../../src-shared/contracts/aws-call.ts';

/** Headers of one connection only (RFC 9110 §7.6.1). */
const ofOneConnection: ReadonlySet<string> = new Set([
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

/** Headers that go on with a message: without those of its connection, and without those that `Connection` names. */
export function endToEnd(headers: readonly Header[], without: ReadonlySet<string> = nothing): Header[] {
  const named = namedByConnection(headers);
  return headers.filter(([name]) => {
    const key = name.toLowerCase();
    return !ofOneConnection.has(key) && !without.has(key) && !named.has(key);
  });
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
      if (other === '' || other === 'close' || ofOneConnection.has(other)) continue;
      named ??= new Set();
      named.add(other);
    }
  }
  return named ?? nothing;
}

const connection = 'connection';
const usual = /^(?:keep-alive|close)$/i;
