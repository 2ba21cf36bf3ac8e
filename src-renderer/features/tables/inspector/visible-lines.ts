import type { Line, Token } from './json-lines.ts';

/** A line as it is drawn: with folded parts left out and long texts cut. */
export interface VisibleLine {
  /** Number of the line in the whole item; continuation lines share it. */
  index: number;
  depth: number;
  tokens: readonly Token[];
  note?: string | undefined;
  attribute?: string | undefined;
  /** Whether it can be folded, and is. */
  fold?: 'open' | 'folded';
  /** How many lines a folded line hides. */
  hidden?: number;
  /** How many characters of its text are not shown. */
  cut?: number;
}

/** Longer texts are cut here until somebody asks for all of them. */
export const shownCharacters = 500;
/** A shown text is broken into lines of this many characters, so that a 400 KB text is many small lines. */
const chunkCharacters = 2000;

/**
 * The lines to draw.
 *
 * @param folded lines whose inside is hidden
 * @param expanded lines whose long text is shown whole
 */
export function visibleLines(
  lines: readonly Line[],
  folded: ReadonlySet<number>,
  expanded: ReadonlySet<number>,
): VisibleLine[] {
  const visible: VisibleLine[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const { closedBy } = line;
    if (closedBy !== undefined && folded.has(index)) {
      const end = lines[closedBy]!;
      visible.push({
        ...plain(line, index),
        fold: 'folded',
        hidden: closedBy - index - 1,
        tokens: [...line.tokens, ...end.tokens],
      });
      index = closedBy;
    } else if (closedBy !== undefined) {
      visible.push({ ...plain(line, index), fold: 'open' });
    } else if (expanded.has(index)) {
      visible.push(...chunks(line, index));
    } else {
      visible.push(cutLong(line, index));
    }
  }
  return visible;
}

/** Every line that can be folded, but for the item itself. */
export function foldable(lines: readonly Line[]): number[] {
  return lines.flatMap((line, index) => (line.closedBy !== undefined && index > 0 ? [index] : []));
}

function plain(line: Line, index: number): VisibleLine {
  return { index, depth: line.depth, tokens: line.tokens, note: line.note, attribute: line.attribute };
}

function cutLong(line: Line, index: number): VisibleLine {
  const long = line.tokens.find(({ text }) => text.length > shownCharacters);
  if (!long) return plain(line, index);
  const cut = long.text.length - shownCharacters;
  const tokens = line.tokens.map((token) =>
    token === long ? { ...token, text: token.text.slice(0, shownCharacters) } : token,
  );
  return { ...plain(line, index), tokens, cut };
}

/** The whole line in pieces: the first with what stands before the long text, the last with what stands after it. */
function chunks(line: Line, index: number): VisibleLine[] {
  const pieces: VisibleLine[] = [{ ...plain(line, index), tokens: [] }];
  let room = chunkCharacters;
  for (const { kind, text } of line.tokens) {
    let from = 0;
    while (from < text.length) {
      if (room === 0) {
        pieces.push({ index, depth: line.depth, tokens: [] });
        room = chunkCharacters;
      }
      const part = text.slice(from, from + room);
      const piece = pieces.at(-1)!;
      piece.tokens = [...piece.tokens, { kind, text: part }];
      from += part.length;
      room -= part.length;
    }
  }
  return pieces;
}
