/**
 * The names of some items' attributes: those that most items have first, equals by the alphabet.
 *
 * The order in the items' own text means nothing to DynamoDB, and may be another one with each read; columns must
 * not follow it.
 */
export function namesByFrequency(items: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const name of items.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([nameA, countA], [nameB, countB]) => countB - countA || (nameA < nameB ? -1 : 1))
    .map(([name]) => name);
}
