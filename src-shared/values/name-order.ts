/**
 * Entries in the order in which people read an item: the key's attributes first, then the others by the alphabet.
 * The order that DynamoDB sends means nothing, and may be another one each time.
 */
export function inOrder<Value>(
  entries: Iterable<readonly [string, Value]>,
  keyNames: readonly string[],
): (readonly [string, Value])[] {
  const rank = (name: string) => {
    const index = keyNames.indexOf(name);
    return index < 0 ? keyNames.length : index;
  };
  return [...entries].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
