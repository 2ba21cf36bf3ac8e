import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ItemRow } from '../item-row.ts';
import { JsonLine } from './json-line.tsx';
import type { LinesControl } from './use-lines.ts';

const lineHeight = 20;
const overscan = 12;

/** The lines of an item, of which only what can be seen is drawn. Long ones wrap, so each is measured. */
export function JsonView({ control, row, label }: { control: LinesControl; row: ItemRow; label: string }) {
  const scroller = useRef<HTMLElement>(null);
  const { lines } = control;
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan,
    paddingStart: 6,
    paddingEnd: 12,
  });
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so with the keyboard too.
      tabIndex={0}
      className="ring-inside min-h-0 flex-1 select-text overflow-y-auto font-mono text-sm leading-5"
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            <JsonLine line={lines[index]!} control={control} row={row} />
          </div>
        ))}
      </div>
    </section>
  );
}
