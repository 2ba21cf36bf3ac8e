import { useEffect, useRef } from 'react';
import type { CellPosition } from './moves.ts';

/** So far apart, in pixels and milliseconds, two clicks can be one double click. */
const farthest = 4;
const longest = 700;

/**
 * Double clicks on cells. The first click opens the inspector, which takes room from the grid: the second one may meet
 * something else at the same place, and still means the cell.
 *
 * @returns what is to be told of each click on a cell
 */
export function useDoubleClick(onDoubleClick: (position: CellPosition) => void) {
  const last = useRef<{ position: CellPosition; event: MouseEvent } | undefined>(undefined);
  const latest = useRef(onDoubleClick);
  latest.current = onDoubleClick;
  useEffect(() => {
    const listener = (event: MouseEvent) => {
      const first = last.current;
      last.current = undefined;
      if (!first || event.timeStamp - first.event.timeStamp > longest) return;
      const distance = Math.hypot(event.clientX - first.event.clientX, event.clientY - first.event.clientY);
      if (distance > farthest) return;
      event.preventDefault();
      latest.current(first.position);
    };
    document.addEventListener('dblclick', listener, true);
    return () => document.removeEventListener('dblclick', listener, true);
  }, []);
  return (position: CellPosition, event: MouseEvent) => {
    // Of the two clicks, the first one is on what was meant.
    if (event.detail < 2) last.current = { position, event };
  };
}
