import { useDeferredValue, useMemo, useState } from 'react';
import { type JsonViewKind, jsonLines, type Line } from './json-lines.ts';
import { foldable, type VisibleLine, visibleLines } from './visible-lines.ts';

/** The lines to draw, and how to fold and unfold them. */
export interface LinesControl {
  lines: readonly VisibleLine[];
  toggleFold: (index: number) => void;
  /** Shows the whole of a long text. */
  expand: (index: number) => void;
  foldAll: () => void;
  unfoldAll: () => void;
  canFold: boolean;
}

/** A text this long takes longer to lay out than one should wait for the first lines. */
const longText = 50_000;
/** More lines than a panel shows. */
const firstLines = 200;

/** An item's lines, and what of them is folded or shown whole. Of a large item the first lines come first. */
export function useLines(text: string, keyNames: readonly string[], view: JsonViewKind): LinesControl {
  const isWhole = useDeferredValue(true, text.length < longText);
  const most = isWhole ? undefined : firstLines;
  const lines = useMemo(() => linesOrText(text, keyNames, view, most), [text, keyNames, view, most]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const visible = useMemo(() => visibleLines(lines, folded, expanded), [lines, folded, expanded]);
  const canFold = useMemo(() => foldable(lines).length > 0, [lines]);
  return {
    lines: visible,
    toggleFold: (index) => setFolded((current) => toggled(current, index)),
    expand: (index) => setExpanded((current) => new Set(current).add(index)),
    foldAll: () => setFolded(new Set(foldable(lines))),
    unfoldAll: () => setFolded(new Set()),
    canFold,
  };
}

/** What cannot be laid out is shown as it is. */
function linesOrText(text: string, keyNames: readonly string[], view: JsonViewKind, most?: number): Line[] {
  try {
    return jsonLines(text, keyNames, view, most);
  } catch {
    return [{ depth: 0, tokens: [{ kind: 'string', text }] }];
  }
}

function toggled(set: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(index)) next.add(index);
  return next;
}
