/**
 * How well a text answers a search: its letters must occur in order. Beginnings of words, and letters that follow
 * each other, count for more.
 *
 * @returns undefined when it does not answer it at all; otherwise a score, the higher the better.
 */
export function fuzzyScore(text: string, search: string): number | undefined {
  const wanted = search.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return 0;
  const lower = text.toLowerCase();
  // Jumping to the starts of words can jump over the only place of a later letter; then plain order decides.
  const places = placesOf(text, lower, wanted, true) ?? placesOf(text, lower, wanted, false);
  return places && scoreOf(text, places) + wholeBonus(text, lower, wanted);
}

/** Where the letters stand, each after the one before; undefined when they do not. */
function placesOf(text: string, lower: string, wanted: string, prefersStarts: boolean): number[] | undefined {
  const places: number[] = [];
  let last = -1;
  for (const letter of wanted) {
    let next = lower.indexOf(letter, last + 1);
    if (next < 0) return undefined;
    if (prefersStarts && next !== last + 1) next = nextStart(text, lower, letter, next) ?? next;
    places.push(next);
    last = next;
  }
  return places;
}

function nextStart(text: string, lower: string, letter: string, from: number): number | undefined {
  for (let at = from; at >= 0; at = lower.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return undefined;
}

function scoreOf(text: string, places: readonly number[]): number {
  let score = text.length * -0.02;
  let last = -1;
  for (const at of places) {
    if (at === last + 1) score += 4;
    if (isWordStart(text, at)) score += 6;
    score -= Math.min(at - last - 1, 10) * 0.2;
    last = at;
  }
  return score;
}

/** What was typed, standing there as it was typed, beats letters found here and there. */
function wholeBonus(text: string, lower: string, wanted: string): number {
  const at = lower.indexOf(wanted);
  if (at < 0) return 0;
  return isWordStart(text, at) ? 30 : 15;
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true;
  const [before, here] = [text.charAt(at - 1), text.charAt(at)];
  return /[^A-Za-z0-9]/.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(here));
}

/** Those that answer the search, the best first; equals keep their order. */
export function fuzzyFilter<Entry>(
  entries: readonly Entry[],
  search: string,
  textOf: (entry: Entry) => string,
): readonly Entry[] {
  if (search.trim() === '') return entries;
  return entries
    .map((entry) => ({ entry, score: fuzzyScore(textOf(entry), search) }))
    .filter((scored) => scored.score !== undefined)
    .sort((a, b) => b.score! - a.score!)
    .map(({ entry }) => entry);
}
