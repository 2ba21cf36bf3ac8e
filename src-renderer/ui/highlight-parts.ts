import { wordsOf } from './words.ts';

/** A stretch of a text, and whether it was searched for. */
export interface HighlightPart {
  at: number;
  part: string;
  isHit: boolean;
}

/** Cuts a text where the words of a search begin and end. Put together again, the parts are the text. */
export function highlightParts(text: string, search: string): HighlightPart[] {
  const lower = text.toLowerCase();
  // Lower case can be longer than the original (İ); then positions would not fit, and nothing is marked.
  if (lower.length !== text.length) return [{ at: 0, part: text, isHit: false }];
  const hit = new Array<boolean>(text.length).fill(false);
  for (const word of wordsOf(search)) {
    const at = lower.indexOf(word);
    if (at >= 0) hit.fill(true, at, at + word.length);
  }
  const parts: HighlightPart[] = [];
  for (let at = 0, start = 0; at <= text.length; at++) {
    if (at < text.length && hit[at] === hit[start]) continue;
    if (at > start) parts.push({ at: start, part: text.slice(start, at), isHit: hit[start] === true });
    start = at;
  }
  return parts;
}
