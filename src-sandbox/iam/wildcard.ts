/**
 * Whether a text matches a pattern of an IAM policy: `*` stands for any text, `?` for one character, everything else
 * for itself. It takes no longer than the product of both lengths, whatever the pattern: patterns come from session
 * policies and texts from object keys, so either may be hostile to a regular expression.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  // Where to go on when what follows the last star does not match here: one character further.
  let star = -1;
  let afterStar = 0;
  while (inText < text.length) {
    const expected = pattern[at];
    if (expected === '*') {
      star = at;
      afterStar = inText;
      at += 1;
    } else if (expected === '?' || expected === text[inText]) {
      at += 1;
      inText += 1;
    } else if (star >= 0) {
      at = star + 1;
      afterStar += 1;
      inText = afterStar;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
