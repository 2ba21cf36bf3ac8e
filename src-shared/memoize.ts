/** Remembers the result of a pure function of one object, for as long as that object lives. It must not change. */
export function memoizeByObject<Input extends object, Result>(
  pure: (input: Input) => Result,
): (input: Input) => Result {
  const known = new WeakMap<Input, { result: Result }>();
  return (input) => {
    let remembered = known.get(input);
    if (!remembered) {
      remembered = { result: pure(input) };
      known.set(input, remembered);
    }
    return remembered.result;
  };
}

/**
 * Remembers the results of a pure function of one string or number. When there are too many, all are forgotten: simpler than
 * to forget the oldest, and as good where a few inputs come again and again.
 *
 * @param max how many are remembered
 */
export function memoize<Result, Input extends string | number = string>(
  pure: (input: Input) => Result,
  max = 1_000,
): (input: Input) => Result {
  const known = new Map<Input, Result>();
  return (input) => {
    const remembered = known.get(input);
    if (remembered !== undefined) return remembered;
    const result = pure(input);
    if (known.size >= max) known.clear();
    known.set(input, result);
    return result;
  };
}
