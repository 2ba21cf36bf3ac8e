/**
 * The names of some items' attributes, item by item as they are first seen.
 *
 * Within one item they go by the alphabet: the order in its text means nothing to DynamoDB and may be another one
 * with each read; columns must not follow it.
 */
export function namesAsSeen(items: readonly (readonly string[])[]): string[] {
  const seen = new Set<string>();
  for (const names of items) {
    for (const name of [...names].sort()) seen.add(name);
  }
  return [...seen];
}
