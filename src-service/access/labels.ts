export type Labels = Readonly<Record<string, string>>;
/** What a role asks of labels: for each key, the values it accepts; a value may be a glob with `*`. */
export type LabelMatchers = Readonly<Record<string, readonly string[]>>;

/**
 * Whether an app's labels satisfy a role's: every key must match, by any one of its values. `'*': '*'` matches all
 * apps; no matchers at all match none.
 */
export function labelsMatch(matchers: LabelMatchers, labels: Labels): boolean {
  const wanted = Object.entries(matchers);
  return (
    wanted.length > 0 &&
    wanted.every(([key, values]) => {
      if (key === '*') return values.includes('*');
      const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
      return label !== undefined && values.some((value) => globMatches(value, label));
    })
  );
}

/**
 * Whether a text matches a pattern in which each `*` stands for any text, also none. Linear in the text's length:
 * the stars are matched greedily from the left, so that no pattern can make it crawl.
 */
export function globMatches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= text.length - last.length;
}
