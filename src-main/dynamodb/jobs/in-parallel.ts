/** Does something with each of them, so many at a time. The first that fails ends it, once those under way have ended. */
export async function inParallel<Entry, Result>(
  entries: readonly Entry[],
  most: number,
  work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let failure: { error: unknown } | undefined;
  const worker = async () => {
    while (next < entries.length && !failure) {
      const index = next++;
      try {
        results[index] = await work(entries[index] as Entry);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, entries.length) }, worker));
  if (failure) throw failure.error;
  return results;
}

/** A list in parts of so many. */
export function inParts<Entry>(entries: readonly Entry[], size: number): Entry[][] {
  const parts: Entry[][] = [];
  for (let at = 0; at < entries.length; at += size) parts.push(entries.slice(at, at + size));
  return parts;
}
