import { highlightParts } from './highlight-parts.ts';

/** A text in which what was searched for stands out. */
export function Highlight({ text, search }: { text: string; search: string }) {
  return highlightParts(text, search).map(({ at, part, isHit }) =>
    isHit ? (
      <mark key={at} className="rounded-[2px] bg-accent-soft text-accent-text">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
