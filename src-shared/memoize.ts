/**
 * Remembers the results of a pure function of one string. When there are too many, all are forgotten: simpler than
 * to forget the oldest, and as good where a few inputs come again and again.
 *
 * @param max how many are remembered
 */
export function memoize<Result>(pure: (input: string) => Result, max = 1_000): (input: string) => Result {
  const known = new Map<string, Result>();
  return (input) => {
    const remembered = known.get(input);
    if (remembered !== undefined) return remembered;
    const result = pure(input);
    if (known.size >= max) known.clear();
    known.set(input, result);
    return result;
  };
}
